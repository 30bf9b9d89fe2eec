//! Two columns: the file on disk and the generated file.

use std::fmt::{self, Write as _};

use anstyle::Style;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::{
    Layout, human,
    text::{DIM, HEADER, of_line, pairs},
};
use crate::{
    diag::printable,
    diff::{Comparison, Hunk, Line, LineKind, hunk::last_number},
};

/// Minimum width of either side; narrower terminals wrap lines themselves.
const NARROWEST: usize = 10;

const TAB: usize = 4;

/// Renders two columns: the files on disk and the generated files.
#[must_use]
pub fn side_by_side(comparisons: &[Comparison], layout: Layout) -> String {
    human::framed(comparisons, layout, |out, hunks| file(out, hunks, layout))
}

/// Widths of the parts of a row: `12 text | 13 text`.
struct ColumnWidths {
    number: usize,
    text: usize,
}

fn file(out: &mut String, hunks: &[Hunk<'_>], layout: Layout) {
    let number = last_number(hunks).to_string().len();
    let text = (layout.width.saturating_sub(3) / 2).saturating_sub(number + 1).max(NARROWEST);
    let columns = ColumnWidths { number, text };
    for hunk in hunks {
        let _ = writeln!(out, "{HEADER}{}{HEADER:#}", hunk.header());
        for (left, right) in pairs(&hunk.lines, |line| line.kind) {
            columns.row(out, left, right);
        }
    }
}

impl ColumnWidths {
    fn row(&self, out: &mut String, left: Option<&Line<'_>>, right: Option<&Line<'_>>) {
        let between = match (left, right) {
            (Some(left), Some(_)) if left.kind == LineKind::Context => ' ',
            (Some(_), Some(_)) => '|',
            (Some(_), None) => '<',
            (None, _) => '>',
        };
        let (left_rows, right_rows) = (self.wrap(left), self.wrap(right));
        let number = |at: Option<usize>, row| match at.filter(|_| row == 0) {
            Some(at) => (at + 1).to_string(),
            None => String::new(),
        };
        let width = self.number;
        for row in 0..left_rows.len().max(right_rows.len()) {
            let (old, new) =
                (number(left.and_then(|line| line.old), row), number(right.and_then(|line| line.new), row));
            let empty = Cell::default();
            let (left, right) = (left_rows.get(row).unwrap_or(&empty), right_rows.get(row).unwrap_or(&empty));
            let padding = " ".repeat(self.text.saturating_sub(left.width));
            let _ = write!(out, "{DIM}{old:>width$}{DIM:#} {left}{padding} {between}");
            if right.width > 0 || !new.is_empty() {
                let _ = write!(out, " {DIM}{new:>width$}{DIM:#} {right}");
            }
            out.push('\n');
        }
    }

    /// Wraps the text of a line into rows.
    fn wrap(&self, line: Option<&Line<'_>>) -> Vec<Cell> {
        let Some(line) = line else { return Vec::new() };
        let mut cells = vec![Cell::default()];
        for (is_marked, piece) in line.text() {
            let style = of_line(line.kind, is_marked);
            for cluster in printable(&piece).graphemes(true) {
                self.push(&mut cells, style, cluster);
            }
        }
        if !line.is_terminated() {
            "⏎̸".graphemes(true).for_each(|sign| self.push(&mut cells, DIM, sign));
        }
        cells
    }

    fn push(&self, cells: &mut Vec<Cell>, style: Style, cluster: &str) {
        let at = cells.last().map_or(0, |cell| cell.width);
        let tab = " ".repeat(TAB - at % TAB);
        let cluster = if cluster == "\t" { tab.as_str() } else { cluster };
        if at + cluster.width() > self.text {
            cells.push(Cell::default());
        }
        if let Some(cell) = cells.last_mut() {
            cell.width += cluster.width();
            match cell.runs.last_mut() {
                Some((last, run)) if *last == style => run.push_str(cluster),
                _ => cell.runs.push((style, cluster.to_owned())),
            }
        }
    }
}

/// Part of a line that fits its column.
#[derive(Default)]
struct Cell {
    /// Runs of text with one style each.
    runs: Vec<(Style, String)>,
    /// Width in columns.
    width: usize,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.runs.iter().try_for_each(|(style, run)| write!(f, "{style}{run}{style:#}"))
    }
}
