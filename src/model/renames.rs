//! Former names, under which shops have stored something.

use std::collections::BTreeMap;

/// Things that had other names before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renames {
    /// Settings, by their stored paths.
    pub settings: Vec<Rename>,
    /// Cron jobs, by their names in crontab.xml.
    pub jobs: Vec<RenamedJob>,
    /// ACL resources, by their ids.
    pub resources: Vec<Rename>,
    /// Present topics of webhooks by former ones.
    pub topics: BTreeMap<String, String>,
}

/// A former name and the present one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// Former name. Of several former names of one thing, the latest comes first.
    pub former: String,
    /// Present name.
    pub present: String,
}

/// A cron job with another name than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenamedJob {
    /// Its names.
    pub rename: Rename,
    /// Its present group.
    pub group: String,
}

impl Renames {
    /// Returns true if a shop may have stored something under a former name that `setup:upgrade` moves.
    #[must_use]
    pub fn moves_something(&self) -> bool {
        !self.settings.is_empty() || !self.jobs.is_empty()
    }

    /// Returns true if the condition holds for a former id of the resource.
    #[must_use]
    pub fn had_resource(&self, present: &str, is_it: impl Fn(&str) -> bool) -> bool {
        self.resources.iter().any(|it| it.present == present && is_it(&it.former))
    }

    /// Returns the present path of a setting that had another one.
    #[must_use]
    pub fn setting(&self, former: &str) -> Option<&str> {
        self.settings.iter().find(|it| it.former == former).map(|it| it.present.as_str())
    }
}
