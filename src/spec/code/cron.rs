//! `[[cron]]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{CronGroup, HandlerClass, HandlerId, ModuleName, Schedule, SnakeName};

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
    /// The name by which Magento and other modules know it. Default: `name` with the module in front.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme_pull_stock")]
    pub id: Option<HandlerId>,
    /// Its class, below the module's namespace. Default: `Cron` and `name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"Cron\Stock\Pull")]
    pub class: Option<HandlerClass>,
}

impl Cron {
    /// Its name for Magento in the module: `acme_erpbridge_pull_stock`.
    #[must_use]
    pub fn id_in(&self, module: &ModuleName) -> String {
        let named = || format!("{}_{}", module.as_str().to_lowercase(), self.name);
        self.id.as_ref().map_or_else(named, ToString::to_string)
    }

    /// Its class.
    #[must_use]
    pub fn handler(&self) -> HandlerClass {
        self.class.clone().unwrap_or_else(|| HandlerClass::named("Cron", &self.name))
    }
}
