//! `[[cron]]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    names::{CronGroup, HandlerClass, HandlerId, MethodName, ModuleName, Schedule, SnakeName, StoredPath},
    spec::OneOrMore,
};

/// A cron job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cron {
    /// Name of the job. `pull_stock` generates Cron/PullStock.php once, which is then yours.
    #[schemars(example = &"pull_stock")]
    pub name: SnakeName,
    /// Name that it had in crontab.xml before, or several, the latest first. `setup:upgrade` renames its runs, and moves the
    /// schedule that the shop saved for it.
    #[serde(default, skip_serializing_if = "OneOrMore::is_empty")]
    #[schemars(example = &"acme_erpbridge_fetch_stock")]
    pub renamed_from: OneOrMore<HandlerId>,
    /// Schedule: minute, hour, day, month, day of the week. Needed unless `config_path` names a setting with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"*/15 * * * *")]
    pub schedule: Option<Schedule>,
    /// Path of the setting that holds the schedule; `schedule` counts while it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme_erp/stock/schedule")]
    pub config_path: Option<StoredPath>,
    /// False for a job that config.xml or another module schedules. Default: true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = false)]
    pub scheduled: Option<bool>,
    /// Cron group. Default: a group of the module, which runs in its own process.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"default")]
    pub group: Option<CronGroup>,
    /// Name in crontab.xml, by which Magento and other modules refer to the job. Default: `name`, prefixed with the
    /// module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme_pull_stock")]
    pub id: Option<HandlerId>,
    /// PHP class below the module's namespace, or the full name of an existing one after a backslash. Default: `Cron`
    /// and `name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"Cron\Stock\Pull")]
    pub class: Option<HandlerClass>,
    /// Method of the class. Default: execute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"pullAll")]
    pub method: Option<MethodName>,
}

impl Cron {
    /// Returns the name in crontab.xml: `acme_erpbridge_pull_stock`.
    #[must_use]
    pub fn id_in(&self, module: &ModuleName) -> String {
        let named = || format!("{}_{}", module.id(), self.name);
        self.id.as_ref().map_or_else(named, ToString::to_string)
    }

    /// Returns the method of the class.
    #[must_use]
    pub fn called(&self) -> &str {
        self.method.as_ref().map_or("execute", MethodName::as_str)
    }

    /// Returns the PHP class.
    #[must_use]
    pub fn handler(&self) -> HandlerClass {
        self.class.clone().unwrap_or_else(|| HandlerClass::named("Cron", &self.name))
    }
}
