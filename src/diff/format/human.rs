//! Hunks in colour, the changed words marked, a line of its own for each file.

use std::fmt::Write as _;

use super::{
    Comparison, Layout, Summary,
    style::{self, BOLD, HEADER, of_line},
    visible::visible,
};
use crate::diff::{Change, Cut, Line};

pub(super) fn render(comparisons: &[Comparison], layout: Layout) -> String {
    let mut out = String::new();
    for comparison in comparisons {
        for change in comparison.differing() {
            head(&mut out, comparison, change);
            out.push_str(&hunks(change, layout));
            out.push('\n');
        }
    }
    tail(&mut out, comparisons);
    out
}

/// What is behind all files: the locks that are to be written, and the numbers.
pub(super) fn tail(out: &mut String, comparisons: &[Comparison]) {
    for lock in comparisons.iter().filter_map(Comparison::lone_lock) {
        let _ = writeln!(out, "{lock} is to be written");
    }
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}", Summary::of(comparisons));
}

/// Path, status and numbers of a file, and what keeps `build` from writing it.
pub(super) fn head(out: &mut String, comparison: &Comparison, change: &Change) {
    let style = style::of_status(change.status);
    let path = comparison.shown(change);
    let (added, removed) = change.counts();
    let _ = writeln!(
        out,
        "{style}{}{style:#} {BOLD}{}{BOLD:#} +{added} −{removed}",
        change.status.as_str(),
        visible(path.as_str())
    );
    if let Some(conflict) = change.conflict() {
        let _ = writeln!(out, "  {conflict}: `build` stops here");
    }
}

/// The lines in which what is on disk differs from what is made, in colour.
#[must_use]
pub fn hunks(change: &Change, layout: Layout) -> String {
    let mut out = String::new();
    for hunk in change.hunks(Cut { context: layout.context, marks_words: true }) {
        let _ = writeln!(out, "{HEADER}{}{HEADER:#}", hunk.header());
        for line in &hunk.lines {
            text(&mut out, line);
        }
    }
    out
}

fn text(out: &mut String, line: &Line<'_>) {
    let style = of_line(line.kind, false);
    let _ = write!(out, "{style}{}{style:#}", line.kind.sign());
    for (is_marked, piece) in line.text() {
        let style = of_line(line.kind, is_marked);
        let _ = write!(out, "{style}{}{style:#}", visible(&piece));
    }
    out.push('\n');
    if !line.is_terminated() {
        out.push_str("\\ No newline at end of file\n");
    }
}
