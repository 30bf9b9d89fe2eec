//! Differing lines of two files with their context.

use std::{borrow::Cow, ops::Range};

use similar::{ChangeTag, DiffOp, DiffTag, InlineChangeOptions, TextDiff, group_diff_ops};

use super::Change;

/// Longest run of changed lines, in bytes, that is compared word by word.
const MAX_WORDS: usize = 64 * 1024;

/// Kind of a line in a hunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// In both files.
    Context,
    /// Only in the old file.
    Removed,
    /// Only in the new file.
    Added,
}

impl LineKind {
    /// Sign in front of the line in a unified diff.
    #[must_use]
    pub const fn sign(self) -> char {
        match self {
            Self::Context => ' ',
            Self::Removed => '-',
            Self::Added => '+',
        }
    }

    /// Kind in a word, as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Context => "context",
            Self::Removed => "removed",
            Self::Added => "added",
        }
    }
}

/// Line of a hunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its kind.
    pub kind: LineKind,
    /// Number in the old file, from 0; none if it is not in it.
    pub old: Option<usize>,
    /// Number in the new file, from 0; none if it is not in it.
    pub new: Option<usize>,
    /// Bytes in pieces, including the line feed; pieces that differ from the other file's line are marked.
    pub pieces: Vec<(bool, &'a [u8])>,
}

impl Line<'_> {
    /// Returns true if it ends with a line feed; the last line of a file may not.
    #[must_use]
    pub fn is_terminated(&self) -> bool {
        self.pieces.last().is_some_and(|(_, bytes)| bytes.ends_with(b"\n"))
    }

    /// Pieces as text without the line feed; invalid UTF-8 becomes U+FFFD.
    pub fn text(&self) -> impl Iterator<Item = (bool, Cow<'_, str>)> {
        let text = self.pieces.iter().map(|&(marked, bytes)| {
            (marked, String::from_utf8_lossy(bytes.strip_suffix(b"\n").unwrap_or(bytes)))
        });
        text.filter(|(_, text)| !text.is_empty())
    }
}

/// Differing lines with their context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk<'a> {
    /// Lines of the old file, from 0.
    pub old: Range<usize>,
    /// Lines of the new file, from 0.
    pub new: Range<usize>,
    /// Lines, removed before added.
    pub lines: Vec<Line<'a>>,
}

impl Hunk<'_> {
    /// `@@ -1,3 +1,4 @@`.
    #[must_use]
    pub fn header(&self) -> String {
        format!("@@ -{} +{} @@", numbers(&self.old), numbers(&self.new))
    }
}

/// Highest line number of all hunks, from 1.
pub(super) fn last_number(hunks: &[Hunk<'_>]) -> usize {
    hunks.last().map_or(0, |hunk| hunk.old.end.max(hunk.new.end))
}

/// Range in the notation of unified diffs, from 1; an empty range has the number of the line before it.
fn numbers(range: &Range<usize>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => (range.start + 1).to_string(),
        length => format!("{},{length}", range.start + 1),
    }
}

/// Options for hunks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Number of context lines.
    pub context: usize,
    /// True to mark differing words.
    pub marks_words: bool,
}

/// Description of a file that is not compared.
pub(super) const TOO_LARGE: &str = "too large for a diff";

/// Largest file that is compared line by line.
const MAX_BYTES: usize = 16 << 20;

impl Change {
    /// Returns true if a file is too large for a diff.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        [&self.before, &self.after].into_iter().flatten().any(|bytes| bytes.len() > MAX_BYTES)
    }

    /// Computes the hunks between the file on disk and the generated file; none if it is too large. Only `\n` ends a
    /// line.
    #[must_use]
    pub fn hunks(&self, cut: Cut) -> Vec<Hunk<'_>> {
        if self.is_too_large() {
            return Vec::new();
        }
        hunks(&lines(self.before.as_deref()), &lines(self.after.as_deref()), cut)
    }
}

/// Counts added and removed lines.
#[must_use]
pub fn count(hunks: &[Hunk<'_>]) -> (usize, usize) {
    let count = |kind| hunks.iter().flat_map(|hunk| &hunk.lines).filter(|line| line.kind == kind).count();
    (count(LineKind::Added), count(LineKind::Removed))
}

fn lines(bytes: Option<&[u8]>) -> Vec<&[u8]> {
    bytes.unwrap_or_default().split_inclusive(|&byte| byte == b'\n').collect()
}

/// Lines of two files with their differences.
struct ComparedLines<'a, 'b> {
    old: &'b [&'a [u8]],
    new: &'b [&'a [u8]],
    diff: TextDiff<'a, 'a, [u8]>,
}

fn hunks<'a>(old: &[&'a [u8]], new: &[&'a [u8]], cut: Cut) -> Vec<Hunk<'a>> {
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(old, new);
    let groups = group_diff_ops(diff.ops().to_vec(), cut.context);
    let compared = ComparedLines { old, new, diff };
    groups.into_iter().filter_map(|ops| compared.hunk(&ops, cut.marks_words)).collect()
}

impl<'a> ComparedLines<'a, '_> {
    fn hunk(&self, ops: &[DiffOp], marks_words: bool) -> Option<Hunk<'a>> {
        let (first, last) = (ops.first()?, ops.last()?);
        let mut lines = Vec::new();
        for op in ops {
            if marks_words && op.tag() == DiffTag::Replace && self.length(op) <= MAX_WORDS {
                // No deadline: the marks must not depend on the machine.
                let options = InlineChangeOptions::new();
                let changes = self.diff.iter_inline_changes_with_options_deadline(op, options, None);
                lines.extend(changes.map(|change| {
                    let lengths = change.values().iter().map(|(marked, piece)| (*marked, piece.len()));
                    self.line(change.tag(), change.old_index(), change.new_index(), lengths)
                }));
            } else {
                lines.extend(self.diff.iter_changes(op).map(|change| {
                    let whole = [(false, change.value().len())].into_iter();
                    self.line(change.tag(), change.old_index(), change.new_index(), whole)
                }));
            }
        }
        Some(Hunk {
            old: first.old_range().start..last.old_range().end,
            new: first.new_range().start..last.new_range().end,
            lines,
        })
    }

    fn line(
        &self,
        tag: ChangeTag,
        old: Option<usize>,
        new: Option<usize>,
        lengths: impl Iterator<Item = (bool, usize)>,
    ) -> Line<'a> {
        let (kind, line) = match tag {
            ChangeTag::Equal => (LineKind::Context, self.new_line(new)),
            ChangeTag::Delete => (LineKind::Removed, old.and_then(|at| self.old.get(at).copied())),
            ChangeTag::Insert => (LineKind::Added, self.new_line(new)),
        };
        let mut rest = line.unwrap_or_default();
        let mut piece = |(marked, length): (bool, usize)| {
            let (piece, behind) = rest.split_at_checked(length)?;
            rest = behind;
            Some((marked, piece))
        };
        Line { kind, old, new, pieces: lengths.map_while(&mut piece).collect() }
    }

    fn new_line(&self, at: Option<usize>) -> Option<&'a [u8]> {
        at.and_then(|at| self.new.get(at).copied())
    }

    /// Bytes of the lines of an operation.
    fn length(&self, op: &DiffOp) -> usize {
        let old = self.old.get(op.old_range()).unwrap_or_default();
        let new = self.new.get(op.new_range()).unwrap_or_default();
        old.iter().chain(new).map(|line| line.len()).sum()
    }
}
