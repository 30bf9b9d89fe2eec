//! Wording of cells.

use crate::{
    diag::plural,
    plan::{
        Action, CellCounts, MatrixCell, MatrixRow, ModulePlan, Planned, UpgradeMatrix, matrix::is_quiet,
        render::wording::fault,
    },
};

/// Severity of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Severity {
    Quiet,
    Changed,
    Broken,
}

/// Lines of a cell.
pub(super) fn lines(cell: &MatrixCell<'_>) -> Vec<(Severity, String)> {
    let plan = match cell {
        MatrixCell::Absent => return Vec::new(),
        MatrixCell::Failed => return vec![(Severity::Broken, "error".to_owned())],
        MatrixCell::Planned(plan) => plan,
    };
    let CellCounts { actions, permissions, routes } = CellCounts::of(plan);
    let mut lines: Vec<(Severity, String)> =
        actions.iter().rev().map(|(action, count)| of_action(*action, *count)).collect();
    let [gained, lost] = routes;
    if lost > 0 {
        lines.push((Severity::Broken, format!("{} lost", plural(lost, "route"))));
    }
    if permissions != [0, 0] {
        let signed = [('+', permissions[0]), ('-', permissions[1])].into_iter();
        let signed = signed.filter(|(_, count)| *count > 0).map(|(sign, count)| format!(" {sign}{count}"));
        lines.push((Severity::Changed, format!("permissions{}", signed.collect::<String>())));
    }
    if lines.is_empty() {
        lines.push((Severity::Quiet, Action::Keep.symbol().to_owned()));
    }
    if gained > 0 {
        lines.push((Severity::Quiet, format!("{} gained", plural(gained, "route"))));
    }
    lines
}

fn of_action(action: Action, count: usize) -> (Severity, String) {
    match action {
        Action::Abort => (Severity::Broken, plural(count, "stop")),
        Action::Reset => (Severity::Broken, plural(count, "reset")),
        action => (Severity::Changed, format!("{count} {}", action.as_str())),
    }
}

/// Rows to show; the rest is folded into [`folded`].
pub(super) fn shown<'m, 'a>(
    matrix: &'m UpgradeMatrix<'a>,
    folds: bool,
) -> impl Iterator<Item = &'m MatrixRow<'a>> {
    matrix.rows.iter().filter(move |row| !folds || !row.is_quiet())
}

/// Line for the rows that are not shown.
pub(super) fn folded(matrix: &UpgradeMatrix<'_>, folds: bool) -> Option<String> {
    let count = matrix.rows.iter().filter(|row| folds && row.is_quiet()).count();
    let other = if count < matrix.rows.len() { "other " } else { "" };
    (count > 0).then(|| format!("{}: nothing changes", plural(count, &format!("{other}spec"))))
}

/// Notes about releases in which every `setup:upgrade` resets, each once.
pub(super) fn faults(matrix: &UpgradeMatrix<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    for fault in matrix.plans().filter_map(fault) {
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
    faults
}

/// Details of a row.
pub(super) struct RowDetails {
    /// Upgrades that they hold for.
    pub(super) upgrades: String,
    /// Integrations, rendered.
    pub(super) body: String,
}

/// Details of the integrations of a row that are not quiet, each rendered by `body`; those that are the same after
/// several upgrades once.
pub(super) fn details(
    matrix: &UpgradeMatrix<'_>,
    row: &MatrixRow<'_>,
    body: impl Fn(&ModulePlan<'_>, &Planned) -> String,
) -> Vec<RowDetails> {
    let mut bodies: Vec<(String, Vec<String>)> = Vec::new();
    for (upgrade, cell) in matrix.columns(row) {
        let all = cell.plan().into_iter().flat_map(|plan| plan.integrations().map(move |it| (plan, it)));
        for (plan, planned) in all.filter(|(_, planned)| !is_quiet(planned)) {
            let (body, upgrade) = (body(plan, planned), upgrade.to_string());
            match bodies.iter_mut().find(|(known, _)| *known == body) {
                Some((_, upgrades)) => upgrades.push(upgrade),
                None => bodies.push((body, vec![upgrade])),
            }
        }
    }
    let mut details: Vec<RowDetails> = Vec::new();
    for (body, upgrades) in bodies {
        let upgrades = upgrades.join(", ");
        match details.iter_mut().find(|it| it.upgrades == upgrades) {
            Some(details) => details.body += &body,
            None => details.push(RowDetails { upgrades, body }),
        }
    }
    details
}
