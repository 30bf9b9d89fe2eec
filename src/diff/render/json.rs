//! Changes as JSON.

use serde::Serialize;

use super::{Layout, text::Summary};
use crate::{
    diag::render::{JSON_VERSION, to_json},
    diff::{Change, Comparison, Cut, Hunk, Status, count},
    tree::sha256,
};

#[derive(Serialize)]
struct JsonDiff<'a> {
    version: u32,
    files: Vec<JsonFile<'a>>,
    /// Lock files that change although no generated file does.
    locks: Vec<String>,
    summary: Summary,
}

#[derive(Serialize)]
struct JsonFile<'a> {
    module: &'a str,
    path: String,
    status: &'static str,
    /// Conflict that stops `build`.
    conflict: Option<String>,
    old_sha256: Option<String>,
    new_sha256: Option<String>,
    /// True if it is too large for a diff.
    too_large: bool,
    added: usize,
    removed: usize,
    hunks: Vec<Piece>,
}

/// Line numbers, from 1.
#[derive(Serialize)]
struct Piece {
    old_start: usize,
    old_lines: usize,
    new_start: usize,
    new_lines: usize,
    lines: Vec<Text>,
}

#[derive(Serialize)]
struct Text {
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
