//! Changes as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Layout, text::Summary};
use crate::{
    diag::render::{JSON_VERSION, to_json},
    diff::{Change, Comparison, Cut, Hunk, Status, count},
    tree::sha256,
};

/// Changes that a build would make.
#[derive(Serialize, JsonSchema)]
pub(crate) struct JsonDiff<'a> {
    /// Version of the document; another number means that a key changed or went away.
    version: u32,
    /// Generated files.
    files: Vec<JsonFile<'a>>,
    /// Lock files that change although no generated file does.
    locks: Vec<String>,
    /// Numbers of files and lines.
    summary: Summary,
}

/// Generated file.
#[derive(Serialize, JsonSchema)]
struct JsonFile<'a> {
    /// Name of the module.
    module: &'a str,
    /// Path of the file, with the directory of the module.
    path: String,
    /// Difference between the file on disk and the generated one.
    #[schemars(extend("enum" = ["created", "changed", "deleted", "hand-edited", "in-the-way", "unchanged"]))]
    status: &'static str,
    /// Conflict that stops `build`; otherwise null.
    conflict: Option<String>,
    /// SHA-256 of the file on disk; null if there is none.
    old_sha256: Option<String>,
    /// SHA-256 of the generated file; null if it would be deleted.
    new_sha256: Option<String>,
    /// True if it is too large for a diff.
    too_large: bool,
    /// Number of added lines.
    added: usize,
    /// Number of removed lines.
    removed: usize,
    /// Pieces that differ; none in an unchanged file.
    hunks: Vec<Piece>,
}

/// Piece of a file that differs.
#[derive(Serialize, JsonSchema)]
struct Piece {
    /// First line on disk, from 1.
    old_start: usize,
    /// Number of lines on disk.
    old_lines: usize,
    /// First generated line, from 1.
    new_start: usize,
    /// Number of generated lines.
    new_lines: usize,
    /// Lines of the piece, with their context.
    lines: Vec<Text>,
}

/// Line of a file.
#[derive(Serialize, JsonSchema)]
struct Text {
    /// Side that has the line: both, the file on disk, or the generated one.
    #[schemars(extend("enum" = ["context", "removed", "added"]))]
    kind: &'static str,
    /// Text without the line feed; invalid UTF-8 becomes U+FFFD.
    text: String,
    /// True if a line feed ends it.
    terminated: bool,
}

/// Renders one JSON document.
#[must_use]
pub fn json(comparisons: &[Comparison], layout: Layout) -> String {
    let mut summary = Summary::default();
    let mut files = Vec::new();
    for comparison in comparisons {
        for change in &comparison.changes.files {
            let file = file(comparison, change, layout);
            summary.add(change.status, (file.added, file.removed));
            files.push(file);
        }
    }
    let locks = comparisons.iter().filter_map(Comparison::lone_lock).map(Into::into).collect();
    let document = JsonDiff { version: JSON_VERSION, files, locks, summary };
    to_json(&document)
}

fn file<'a>(comparison: &'a Comparison, change: &Change, layout: Layout) -> JsonFile<'a> {
    let hunks = match change.status {
        // A seeded file belongs to the user.
        Status::Unchanged => Vec::new(),
        _ => change.hunks(Cut { context: layout.context, marks_words: false }),
    };
    let (added, removed) = count(&hunks);
    JsonFile {
        module: &comparison.module,
        path: comparison.shown(change).into_string(),
        status: change.status.as_str(),
        conflict: change.conflict(),
        old_sha256: change.before.as_deref().map(sha256),
        new_sha256: change.after.as_deref().map(sha256),
        too_large: change.is_too_large(),
        added,
        removed,
        hunks: hunks.iter().map(piece).collect(),
    }
}

fn piece(hunk: &Hunk<'_>) -> Piece {
    let lines = hunk.lines.iter().map(|line| Text {
        kind: line.kind.as_str(),
        text: line.text().map(|(_, piece)| piece).collect(),
        terminated: line.is_terminated(),
    });
    Piece {
        old_start: hunk.old.start + 1,
        old_lines: hunk.old.len(),
        new_start: hunk.new.start + 1,
        new_lines: hunk.new.len(),
        lines: lines.collect(),
    }
}
