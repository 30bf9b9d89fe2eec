//! Effects of a change in Magento: the rules of `setup:upgrade` (docs/magento/setup-upgrade.md and
//! docs/magento/resolving-permissions.md) as code.
//!
//! [`upgrade`] applies the rules: from the rows of the table `integration`, the declarations of modules and an instance of
//! Magento, it computes the new rows and the fate of each integration. [`plan`] compares two states of a module: it
//! upgrades to the old state, assumes that its rows are in use as in production, and upgrades to the new state, in every
//! release of a target.
//!
//! ```text
//! old Declaration ─upgrade→ rows ─upgrade→ rows and fates ─over all releases→ Plan
//!                            new Declaration ↑
//! ```

mod breaking_changes;
mod compare;
mod compiled_module;
mod delta;
mod findings;
mod matrix;
mod module_plan;
mod needs;
mod news;
mod notices;
mod paste;
pub mod render;
mod setup_upgrade;

pub use breaking_changes::{Break, PromiseChanges, StateFiles, breaks, compare_promises};
pub use compare::{Before, Plan, Planned, Predecessor, Reason, acl_of, plan, plan_since, plan_upgrade};
pub use compiled_module::{declaration_of, in_module};
pub use delta::Delta;
pub use findings::risks;
pub use matrix::{CellCounts, MagentoUpgrade, MatrixCell, MatrixRow, UpgradeMatrix};
pub use module_plan::{CompiledSpec, Earlier, ModulePlan};
pub use news::Notice;
pub use notices::notices;
pub use setup_upgrade::{
    Action, Attribute, Cause, Columns, Fate, Instance, IntegrationRow, IntegrationStatus, SetupType,
    Upgraded, upgrade,
};
