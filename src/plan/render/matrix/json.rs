//! Matrix as JSON.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    diag::render::versioned,
    plan::{
        Action, CellCounts, MagentoUpgrade, MatrixCell, MatrixRow, ModulePlan, UpgradeMatrix,
        render::json::{JsonPlan, JsonPlanned, JsonStep, document, json_integrations, steps},
    },
};

/// Effects of upgrades of Magento: a plan, with the upgrades and the matrix.
#[derive(Serialize, JsonSchema)]
pub(crate) struct JsonUpgrades<'a> {
    #[serde(flatten)]
    plan: JsonPlan<'a, UpgradedIntegration<'a>>,
    /// Upgrades that were planned, in the order of the cells.
    upgrades: Vec<JsonUpgrade<'a>>,
    /// Effects on each spec.
    matrix: Vec<JsonRow<'a>>,
}

/// Effect of an upgrade on an integration.
#[derive(Serialize, JsonSchema)]
struct UpgradedIntegration<'a> {
    #[serde(flatten)]
    planned: JsonPlanned<'a>,
    /// Path of the spec.
    spec: &'a str,
    /// The upgrade.
    upgrade: JsonUpgrade<'a>,
}

/// Upgrade of Magento.
#[derive(Serialize, JsonSchema)]
struct JsonUpgrade<'a> {
    /// Catalog file of the shop; null for Magento itself.
    shop: Option<&'a str>,
    /// Release before.
    from: String,
    /// Release after.
    to: String,
}

/// Effects on a spec.
#[derive(Serialize, JsonSchema)]
struct JsonRow<'a> {
    /// Path of the spec.
    spec: &'a str,
    /// Name of the module; null if the spec has errors.
    module: Option<&'a str>,
    /// Effects, one for each of `upgrades`; null if the spec is not for the shop.
    cells: Vec<Option<JsonCell>>,
}

/// Effect of an upgrade on a spec.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum JsonCell {
    /// The spec has errors.
    Failed {
        /// Always `error`.
        #[schemars(extend("enum" = ["error"]))]
        action: &'static str,
    },
    /// Numbers of integrations.
    Planned {
        /// The worst action.
        #[schemars(extend("enum" = ["keep", "ignored", "unknown", "update", "create", "orphan", "reset", "abort"]))]
        action: &'static str,
        /// Integrations at which `setup:upgrade` stops.
        stops: usize,
        /// Integrations that are reset.
        resets: usize,
        /// Integrations whose fate is unknown.
        unknown: usize,
        /// Permissions gained and lost.
        permissions: DifferenceCounts,
        /// Routes gained and lost.
        routes: DifferenceCounts,
        /// False if the spec does not target the release after: it was not checked for it.
        in_target: bool,
    },
}

/// Numbers of differences.
#[derive(Serialize, JsonSchema)]
struct DifferenceCounts {
    /// Only after the upgrade.
    gained: usize,
    /// Only before the upgrade.
    lost: usize,
}

/// Renders a matrix as one JSON document.
#[must_use]
pub fn json(matrix: &UpgradeMatrix<'_>) -> Value {
    let plans: Vec<&ModulePlan<'_>> = matrix.plans().collect();
    let places = matrix.rows.iter().flat_map(|row| {
        matrix.columns(row).filter_map(move |(upgrade, cell)| Some((row, upgrade, cell.plan()?)))
    });
    let integrations = places.flat_map(|(row, upgrade, plan)| {
        json_integrations(plan).map(move |planned| UpgradedIntegration {
            planned,
            spec: row.spec,
            upgrade: self::upgrade(upgrade),
        })
    });
    // The commands of a module are the same in all shops.
    let steps = matrix.rows.iter().filter_map(first_steps).flatten().collect();
    versioned(&JsonUpgrades {
        plan: document(&plans, integrations).with_steps(steps),
        upgrades: matrix.upgrades.iter().map(upgrade).collect(),
        matrix: matrix.rows.iter().map(row).collect(),
    })
}

fn first_steps<'a>(row: &'a MatrixRow<'_>) -> Option<Vec<JsonStep<'a>>> {
    row.plans().map(|plan| steps(plan).collect::<Vec<_>>()).find(|it| !it.is_empty())
}

fn upgrade(upgrade: &MagentoUpgrade) -> JsonUpgrade<'_> {
    JsonUpgrade { shop: upgrade.shop.as_deref(), from: upgrade.from.to_string(), to: upgrade.to.to_string() }
}

fn row<'a>(row: &'a MatrixRow<'_>) -> JsonRow<'a> {
    JsonRow {
        spec: row.spec,
        module: row.module.map(|module| module.as_str()),
        cells: row.cells.iter().map(cell).collect(),
    }
}

fn cell(cell: &MatrixCell<'_>) -> Option<JsonCell> {
    let plan = match cell {
        MatrixCell::Absent => return None,
        MatrixCell::Failed => return Some(JsonCell::Failed { action: "error" }),
        MatrixCell::Planned(plan) => plan,
    };
    let CellCounts { actions, permissions, routes } = CellCounts::of(plan);
    let count = |action| actions.get(&action).copied().unwrap_or_default();
    let worst = actions.keys().next_back().copied().unwrap_or(Action::Keep);
    let delta = |[gained, lost]: [usize; 2]| DifferenceCounts { gained, lost };
    Some(JsonCell::Planned {
        action: worst.as_str(),
        stops: count(Action::Abort),
        resets: count(Action::Reset),
        unknown: count(Action::Unknown),
        permissions: delta(permissions),
        routes: delta(routes),
        in_target: plan.beyond_target().is_empty(),
    })
}
