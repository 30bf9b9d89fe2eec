//! Matrix as Markdown for a review comment.

use super::cell::{RowDetails, Severity, details, faults, folded, lines, shown};
use crate::{
    markup::markdown::{code, prose},
    plan::{
        ModulePlan, UpgradeMatrix,
        render::{
            markdown::{instructions, integration},
            wording::summary,
        },
    },
};

/// Renders a matrix as Markdown. `folds` leaves out the rows without changes.
#[must_use]
pub fn markdown(matrix: &UpgradeMatrix<'_>, folds: bool) -> String {
    let mut text = "## Upgrades of Magento\n\n".to_owned();
    if shown(matrix, folds).next().is_some() {
        text += &format!("{}\n", table(matrix, folds));
    }
    if let Some(line) = folded(matrix, folds) {
        text += &format!("{line}.\n\n");
    }
    for fault in faults(matrix) {
        text += &format!("> {}\n\n", prose(&fault));
    }
    for row in &matrix.rows {
        for RowDetails { upgrades, body } in details(matrix, row, |plan, it| integration(plan, it, "####")) {
            text += &format!("### {}, {}\n{body}\n", code(row.title()), code(upgrades));
        }
    }
    let plans: Vec<&ModulePlan<'_>> = matrix.plans().collect();
    if let Some(plan) = plans.iter().find(|plan| !plan.instructions.is_empty()) {
        text += &format!("{}\n", instructions("### To run in each shop", &plan.instructions));
    }
    text += &format!("{}\n", summary(&plans));
    text
}

fn table(matrix: &UpgradeMatrix<'_>, folds: bool) -> String {
    let head: String = matrix.upgrades.iter().map(|it| format!(" {} |", code(it))).collect();
    let mut text = format!("| Spec |{head}\n|---|{}\n", "---|".repeat(matrix.upgrades.len()));
    for row in shown(matrix, folds) {
        let cells = row.cells.iter().map(|cell| {
            let lines = lines(cell).into_iter().map(|(severity, line)| match severity {
                Severity::Broken => format!("**{line}**"),
                Severity::Changed | Severity::Quiet => line,
            });
            format!(" {} |", lines.collect::<Vec<_>>().join("<br>"))
        });
        text += &format!("| {} |{}\n", code(row.title()), cells.collect::<String>());
    }
    text
}
