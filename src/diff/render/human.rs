//! Coloured hunks with marked words, and a heading for each file.

use std::fmt::Write as _;

use super::{
    Layout,
    text::{BOLD, HEADER, Summary, of_line, of_status},
};
use crate::{
    diag::{printable, printable_line},
    diff::{Change, Comparison, Cut, Hunk, Line, count, hunk::TOO_LARGE},
};

/// End of the heading of a file whose lines are left out.
const FOLDED: &str = " (to see its lines: `magespec diff --unfold`)";

/// Renders a diff for people, with the changed words marked.
#[must_use]
pub fn human(comparisons: &[Comparison], layout: Layout) -> String {
    framed(comparisons, layout, lines)
}

/// Writes a heading for each file, its `body`, and a summary.
pub(super) fn framed(
    comparisons: &[Comparison],
    layout: Layout,
    body: impl Fn(&mut String, &[Hunk<'_>]),
) -> String {
    let mut out = String::new();
    let mut summary = Summary::default();
    for comparison in comparisons {
        let lock = comparison.changes.lock_change();
        let mut is_after_folded = false;
        for change in comparison.reading_order(&lock) {
            let hunks = change.hunks(Cut { context: layout.context, marks_words: true });
            let counts = count(&hunks);
            summary.add(change.status, counts);
            let is_folded = change.is_folded(layout);
            head(&mut out, comparison, change, counts, is_folded);
            is_after_folded = is_folded;
            if !is_folded {
                body(&mut out, &hunks);
                out.push('\n');
            }
        }
        if is_after_folded {
            out.push('\n');
        }
    }
    for lock in comparisons.iter().filter_map(Comparison::lone_lock) {
        let _ = writeln!(out, "{} will be written", printable_line(lock.as_str()));
    }
    let _ = writeln!(out, "{BOLD}{summary}{BOLD:#}");
    out
}

/// Heading of a file: path, status and numbers, and the conflict that stops `build`.
fn head(
    out: &mut String,
    comparison: &Comparison,
    change: &Change,
    (added, removed): (usize, usize),
    is_folded: bool,
) {
    let style = of_status(change.status);
    let path = comparison.shown(change);
    let _ = writeln!(
        out,
        "{style}{}{style:#} {BOLD}{}{BOLD:#} {}{}",
        change.status.as_str(),
        printable_line(path.as_str()),
        if change.is_too_large() { TOO_LARGE.to_owned() } else { format!("+{added} −{removed}") },
        if is_folded { FOLDED } else { "" }
    );
    if let Some(conflict) = change.conflict() {
        let _ = writeln!(out, "  {}: `build` stops here", printable_line(&conflict));
    }
}

/// Hunks of a file, in colour.
#[must_use]
pub fn hunks(change: &Change, layout: Layout) -> String {
    let mut out = String::new();
    lines(&mut out, &change.hunks(Cut { context: layout.context, marks_words: true }));
    out
}

fn lines(out: &mut String, hunks: &[Hunk<'_>]) {
    for hunk in hunks {
        let _ = writeln!(out, "{HEADER}{}{HEADER:#}", hunk.header());
        hunk.lines.iter().for_each(|line| text(out, line));
    }
}

fn text(out: &mut String, line: &Line<'_>) {
    let style = of_line(line.kind, false);
    let _ = write!(out, "{style}{}{style:#}", line.kind.sign());
    for (is_marked, piece) in line.text() {
        let style = of_line(line.kind, is_marked);
        let _ = write!(out, "{style}{}{style:#}", printable(&piece));
    }
    out.push('\n');
    if !line.is_terminated() {
        out.push_str("\\ No newline at end of file\n");
    }
}
