//! Matrix as JSON.

use serde_json::{Value, json};

use crate::{
    diag::render::json_document,
    plan::{
        Action, CellCounts, MagentoUpgrade, MatrixCell, MatrixRow, ModulePlan, UpgradeMatrix,
        render::json::{lists, steps},
    },
};

/// Renders a matrix as one JSON document: that of a plan, with the upgrades and the matrix.
#[must_use]
pub fn json(matrix: &UpgradeMatrix<'_>) -> Value {
    let plans: Vec<&ModulePlan<'_>> = matrix.plans().collect();
    let mut document = json_document(lists(&plans));
    let places = matrix.rows.iter().flat_map(|row| {
        matrix.columns(row).filter_map(move |(upgrade, cell)| Some((row, upgrade, cell.plan()?)))
    });
    let places = places.flat_map(|(row, upgrade, plan)| plan.integrations().map(move |_| (row, upgrade)));
    if let Some(Value::Array(integrations)) = document.get_mut("integrations") {
        for (integration, (row, upgrade)) in integrations.iter_mut().zip(places) {
            integration["spec"] = row.spec.into();
            integration["upgrade"] = self::upgrade(upgrade);
        }
    }
    // The commands of a module are the same in all shops.
    let first = |row: &'_ MatrixRow<'_>| {
        row.plans().map(|plan| steps(plan).collect::<Vec<_>>()).find(|it| !it.is_empty())
    };
    document["steps"] = matrix.rows.iter().filter_map(first).flatten().collect();
    document["upgrades"] = matrix.upgrades.iter().map(upgrade).collect();
    document["matrix"] = matrix.rows.iter().map(row).collect();
    document
}

fn upgrade(upgrade: &MagentoUpgrade) -> Value {
    json!({
        "shop": upgrade.shop,
        "from": upgrade.from.to_string(),
        "to": upgrade.to.to_string(),
    })
}

fn row(row: &MatrixRow<'_>) -> Value {
    json!({
        "spec": row.spec,
        "module": row.module.map(|module| module.as_str()),
        "cells": row.cells.iter().map(cell).collect::<Vec<_>>(),
    })
}

fn cell(cell: &MatrixCell<'_>) -> Value {
    let plan = match cell {
        MatrixCell::Absent => return Value::Null,
        MatrixCell::Failed => return json!({ "action": "error" }),
        MatrixCell::Planned(plan) => plan,
    };
    let CellCounts { actions, permissions, routes } = CellCounts::of(plan);
    let count = |action| actions.get(&action).copied().unwrap_or_default();
    let worst = actions.keys().next_back().copied().unwrap_or(Action::Keep);
    let delta = |[gained, lost]: [usize; 2]| json!({ "gained": gained, "lost": lost });
    json!({
        "action": worst.as_str(),
        "stops": count(Action::Abort),
        "resets": count(Action::Reset),
        "unknown": count(Action::Unknown),
        "permissions": delta(permissions),
        "routes": delta(routes),
        "in_target": plan.beyond_target().is_empty(),
    })
}
