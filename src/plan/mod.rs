//! What Magento makes of a change: the rules of `setup:upgrade` (docs/magento/setup-upgrade.md and
//! docs/magento/resolving-permissions.md) as code.
//!
//! [`upgrade`] is those rules: the rows of the table `integration` before it, what modules declare, one instance of
//! Magento, and the rows after it with what became of each. [`plan`] compares two states of a module by it: the rows are
//! those that `setup:upgrade` makes of the old state, in use as in production, and what it then makes of the new one is
//! the plan, in every release of a target.
//!
//! ```text
//! old Declaration ─upgrade→ rows ─upgrade→ rows and fates ─over all releases→ Plan
//!                            new Declaration ↑
//! ```

mod breaks;
mod caches;
mod compare;
mod delta;
mod files;
mod findings;
mod module_plan;
mod paste;
pub mod render;
mod rules;
mod steps;

pub use breaks::{Break, StateFiles, breaks, breaks_between};
pub use compare::{Before, Plan, Planned, Reason, plan, plan_upgrade};
pub use delta::Delta;
pub use files::{declared, in_module};
pub use findings::risks;
pub use module_plan::{CompiledSpec, Earlier, ModulePlan};
pub use rules::{
    Action, Attribute, Cause, Fate, Instance, IntegrationRow, IntegrationStatus, SetupType, Upgraded, upgrade,
};
pub use steps::{Instruction, Step, UpgradeCommand, steps};
