//! Matrix for a terminal.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr as _;

use super::cell::{RowDetails, Severity, details, faults, folded, lines, shown};
use crate::{
    diag::{printable_line, styled},
    plan::{
        Action, ModulePlan, UpgradeMatrix,
        render::{
            human::{instructions, integration},
            wording::summary,
        },
    },
};

const BOLD: Style = Style::new().bold();
const RED: Style = AnsiColor::Red.on_default();
const YELLOW: Style = AnsiColor::Yellow.on_default();

/// Line of a cell, with its style.
type CellLine = (Style, String);

/// Renders a matrix as coloured text. `folds` leaves out the rows without changes.
#[must_use]
pub fn human(matrix: &UpgradeMatrix<'_>, folds: bool) -> String {
    let mut text = String::new();
    if shown(matrix, folds).next().is_some() {
        text += &format!("{}\n", table(matrix, folds));
    }
    if let Some(line) = folded(matrix, folds) {
        text += &format!("{line}\n\n");
    }
    for fault in faults(matrix) {
        text += &format!("{} {}\n\n", styled(RED, Action::Reset.symbol()), printable_line(&fault));
    }
    for row in &matrix.rows {
        for RowDetails { upgrades, body } in details(matrix, row, |plan, it| integration(plan, it) + "\n") {
            text += &format!("{}\n\n{body}", styled(BOLD, format!("{}, {upgrades}", row.title())));
        }
    }
    let plans: Vec<&ModulePlan<'_>> = matrix.plans().collect();
    if let Some(plan) = plans.iter().find(|plan| !plan.instructions.is_empty()) {
        text += &instructions("To upgrade the modules with Magento, run in each shop:", &plan.instructions);
    }
    text += &styled(BOLD, summary(&plans));
    text + "\n"
}

fn table(matrix: &UpgradeMatrix<'_>, folds: bool) -> String {
    let plain = |text: String| vec![(Style::new(), text)];
    let head = matrix.upgrades.iter().map(|upgrade| {
        let mut head = Vec::new();
        if matrix.upgrades.iter().any(|it| it.shop.is_some()) {
            head.push((BOLD, upgrade.shop.clone().unwrap_or_else(|| "Magento".to_owned())));
        }
        head.push((BOLD, format!("{} -> {}", upgrade.from, upgrade.to)));
        head
    });
    let mut rows = vec![[vec![(BOLD, "Spec".to_owned())]].into_iter().chain(head).collect::<Vec<_>>()];
    rows.extend(shown(matrix, folds).map(|row| {
        let cells = row.cells.iter().map(|cell| {
            lines(cell).into_iter().map(|(severity, line)| (style(severity), line)).collect::<Vec<_>>()
        });
        [plain(row.title().to_owned())].into_iter().chain(cells).collect()
    }));
    aligned(&rows)
}

const fn style(severity: Severity) -> Style {
    match severity {
        Severity::Quiet => Style::new(),
        Severity::Changed => YELLOW,
        Severity::Broken => RED,
    }
}

/// Aligns the columns of rows whose cells have several lines.
fn aligned(rows: &[Vec<Vec<CellLine>>]) -> String {
    let width = |line: &str| printable_line(line).width();
    let mut widths = vec![0; rows.first().map_or(0, Vec::len)];
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = cell.iter().map(|(_, line)| width(line)).fold(*widest, usize::max);
        }
    }
    let mut text = String::new();
    for row in rows {
        for at in 0..row.iter().map(Vec::len).max().unwrap_or_default() {
            let mut line = String::new();
            let mut missing = 0;
            for (cell, widest) in row.iter().zip(&widths) {
                if let Some((style, text)) = cell.get(at) {
                    line += &" ".repeat(missing);
                    line += &styled(*style, text);
                    missing = widest - width(text);
                } else {
                    missing += widest;
                }
                missing += 2;
            }
            text += &format!("{line}\n");
        }
    }
    text
}
