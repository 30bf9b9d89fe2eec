//! Upgrades of Magento for many modules: a row for each spec, a column for each upgrade.

use std::{collections::BTreeMap, fmt};

use super::{Action, Delta, ModulePlan, Planned};
use crate::names::{MagentoVersion, ModuleName};

/// Upgrade of Magento, of one shop if it has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MagentoUpgrade {
    /// Catalog file of the shop.
    pub shop: Option<String>,
    /// Release before.
    pub from: MagentoVersion,
    /// Release after.
    pub to: MagentoVersion,
}

impl fmt::Display for MagentoUpgrade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(shop) = &self.shop {
            write!(f, "{shop} ")?;
        }
        write!(f, "{} -> {}", self.from, self.to)
    }
}

/// Effects of some upgrades on some specs.
#[derive(Debug)]
pub struct UpgradeMatrix<'a> {
    /// Its columns.
    pub upgrades: Vec<MagentoUpgrade>,
    /// Its rows, in the order of the specs.
    pub rows: Vec<MatrixRow<'a>>,
}

/// Row of a matrix.
#[derive(Debug)]
pub struct MatrixRow<'a> {
    /// Path of the spec.
    pub spec: &'a str,
    /// Its module; none if it has errors.
    pub module: Option<&'a ModuleName>,
    /// One for each upgrade.
    pub cells: Vec<MatrixCell<'a>>,
}

/// Effect of one upgrade on one spec.
#[derive(Debug)]
pub enum MatrixCell<'a> {
    /// The spec is not for this shop.
    Absent,
    /// The spec has errors, or its module is unreadable.
    Failed,
    /// The plan.
    Planned(Box<ModulePlan<'a>>),
}

/// Number of effects in a cell, over all integrations of the spec.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CellCounts {
    /// Integrations by action, except those that are kept.
    pub actions: BTreeMap<Action, usize>,
    /// Gained and lost permissions.
    pub permissions: [usize; 2],
    /// Gained and lost routes.
    pub routes: [usize; 2],
}

impl<'a> UpgradeMatrix<'a> {
    /// All plans, row by row.
    pub fn plans(&self) -> impl Iterator<Item = &ModulePlan<'a>> {
        self.rows.iter().flat_map(MatrixRow::plans)
    }

    /// Its plans, without the rest.
    #[must_use]
    pub fn into_plans(self) -> Vec<ModulePlan<'a>> {
        let cells = self.rows.into_iter().flat_map(|row| row.cells);
        let plan = |cell| match cell {
            MatrixCell::Planned(plan) => Some(*plan),
            MatrixCell::Absent | MatrixCell::Failed => None,
        };
        cells.filter_map(plan).collect()
    }

    /// Pairs the cells of a row with their columns.
    pub(super) fn columns<'m>(
        &'m self,
        row: &'m MatrixRow<'a>,
    ) -> impl Iterator<Item = (&'m MagentoUpgrade, &'m MatrixCell<'a>)> {
        self.upgrades.iter().zip(&row.cells)
    }
}

impl<'a> MatrixRow<'a> {
    /// Its plans.
    pub fn plans(&self) -> impl Iterator<Item = &ModulePlan<'a>> {
        self.cells.iter().filter_map(MatrixCell::plan)
    }

    /// Its first plan, to change.
    pub fn first_plan_mut(&mut self) -> Option<&mut ModulePlan<'a>> {
        self.cells.iter_mut().find_map(|cell| match cell {
            MatrixCell::Planned(plan) => Some(&mut **plan),
            MatrixCell::Absent | MatrixCell::Failed => None,
        })
    }

    /// Name of the module or, if it is unknown, path of the spec.
    pub(super) fn title(&self) -> &str {
        self.module.map_or(self.spec, ModuleName::as_str)
    }

    /// Returns true if no upgrade affects the spec.
    pub(super) fn is_quiet(&self) -> bool {
        self.cells.iter().all(|cell| match cell {
            MatrixCell::Absent => true,
            MatrixCell::Failed => false,
            MatrixCell::Planned(plan) => plan.integrations().all(is_quiet),
        })
    }
}

impl<'a> MatrixCell<'a> {
    /// Its plan, if there is one.
    #[must_use]
    pub fn plan(&self) -> Option<&ModulePlan<'a>> {
        match self {
            Self::Planned(plan) => Some(plan),
            Self::Absent | Self::Failed => None,
        }
    }
}

impl CellCounts {
    /// Counts the effects of a plan.
    #[must_use]
    pub fn of(plan: &ModulePlan<'_>) -> Self {
        let mut counts = Self::default();
        for planned in plan.integrations() {
            if planned.action() != Action::Keep {
                *counts.actions.entry(planned.action()).or_default() += 1;
            }
            add(&mut counts.permissions, &planned.permissions);
            add(&mut counts.routes, &planned.routes);
        }
        counts
    }
}

fn add<T: Ord>(counts: &mut [usize; 2], delta: &Delta<T>) {
    counts[0] += delta.gained.len();
    counts[1] += delta.lost.len();
}

/// Returns true if the integration is kept with its permissions and at least its routes.
pub(super) fn is_quiet(planned: &Planned) -> bool {
    planned.action() == Action::Keep && planned.permissions.is_empty() && planned.routes.lost.is_empty()
}
