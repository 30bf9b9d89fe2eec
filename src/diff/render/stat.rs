//! Bar of pluses and minuses for each file, like `git diff --stat`.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::{
    Layout,
    text::{Summary, of_line, quoted},
};
use crate::diff::{Comparison, Cut, LineKind, Status, count, hunk::TOO_LARGE};

struct Row {
    path: String,
    status: Status,
    added: usize,
    removed: usize,
    is_too_large: bool,
}

/// Renders the number of changed lines per file, like git.
#[must_use]
pub fn stat(comparisons: &[Comparison], layout: Layout) -> String {
    let rows: Vec<Row> = comparisons.iter().flat_map(rows).collect();
    let widest = rows.iter().map(|row| row.path.width()).max().unwrap_or_default();
    let most = rows.iter().map(|row| row.added + row.removed).max().unwrap_or_default();
    let digits = most.to_string().len();
    // " path | 12 +++--"
    let room = layout.width.saturating_sub(widest + digits + 5).max(10);
    let mut out = String::new();
    for row in &rows {
        let (pluses, minuses) = bar(row.added, row.removed, most, room);
        let padding = " ".repeat(widest - row.path.width());
        let (plus, minus) = (of_line(LineKind::Added, false), of_line(LineKind::Removed, false));
        let bar = format!("{plus}{}{plus:#}{minus}{}{minus:#}", "+".repeat(pluses), "-".repeat(minuses));
        let conflict = if row.status.is_conflict() { " (conflict)" } else { "" };
        let bar = if row.is_too_large { TOO_LARGE.to_owned() } else { bar };
        let _ =
            writeln!(out, " {}{padding} | {:>digits$} {bar}{conflict}", row.path, row.added + row.removed);
    }
    for lock in comparisons.iter().filter_map(Comparison::lone_lock) {
        let _ = writeln!(out, " {} will be written", quoted(lock.as_str()));
    }
    let mut summary = Summary::default();
    rows.iter().for_each(|row| summary.add(row.status, (row.added, row.removed)));
    let (added, removed) = summary.lines();
    let counted = |count: usize, one: &str, more: &str| match count {
        0 => String::new(),
        1 => format!(", 1 {one}"),
        count => format!(", {count} {more}"),
    };
    let files = if summary.differing() == 1 { "file" } else { "files" };
    let added = counted(added, "insertion(+)", "insertions(+)");
    let removed = counted(removed, "deletion(-)", "deletions(-)");
    let _ = writeln!(out, " {} {files} changed{added}{removed}", summary.differing());
    out
}

fn rows(comparison: &Comparison) -> Vec<Row> {
    let rows = comparison.reading_order(&None).into_iter().map(|change| {
        let (added, removed) = count(&change.hunks(Cut { context: 0, marks_words: false }));
        let path = quoted(comparison.shown(change).as_str());
        Row { path, status: change.status, added, removed, is_too_large: change.is_too_large() }
    });
    rows.collect()
}

/// Scales the pluses and minuses of a file so that the most changed file fills the width and each change has at least
/// one sign.
fn bar(added: usize, removed: usize, most: usize, room: usize) -> (usize, usize) {
    let scaled = |count: usize| if most <= room || count == 0 { count } else { (count * room / most).max(1) };
    (scaled(added), scaled(removed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_scaled_to_the_room() {
        assert_eq!(bar(3, 2, 5, 10), (3, 2));
        assert_eq!(bar(100, 0, 100, 10), (10, 0));
        assert_eq!(bar(1, 99, 100, 10), (1, 9));
        assert_eq!(bar(0, 0, 100, 10), (0, 0));
    }
}
