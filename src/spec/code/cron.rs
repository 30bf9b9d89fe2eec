//! `[[cron]]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{CronGroup, Schedule, SnakeName};

/// One job that cron runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cron {
    /// Its name. `pull_stock` makes once Cron/PullStock.php, which is yours.
    #[schemars(example = &"pull_stock")]
    pub name: SnakeName,
    /// When it runs: minute, hour, day, month, day of the week.
    #[schemars(example = &"*/15 * * * *")]
    pub schedule: Schedule,
    /// The cron group that it is in. Default: one of the module's own, which runs in a process of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"default")]
    pub group: Option<CronGroup>,
}
