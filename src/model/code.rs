//! Classes that Magento calls: jobs and observers.

use crate::names::{EventName, HandlerClass, Schedule, StoredPath};

/// A job that cron runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Unique in its group: `acme_erpbridge_pull_stock`.
    pub name: String,
    /// Cron group.
    pub group: String,
    /// The class: `Cron\PullStock`.
    pub class: HandlerClass,
    /// Its method: `execute`.
    pub method: String,
    /// Schedule; none if a setting has it.
    pub schedule: Option<Schedule>,
    /// Setting that holds the schedule.
    pub config_path: Option<StoredPath>,
    /// Owner of the class.
    pub owner: Owner,
}

/// A class that runs on an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observer {
    /// Unique in its event: `acme_erpbridge_log_placed_order`.
    pub name: String,
    /// The event.
    pub event: EventName,
    /// Directory of events.xml below `etc`; `None` for all areas.
    pub area: Option<&'static str>,
    /// The class, `Observer\LogPlacedOrder`; none for an observer of another module that is switched off.
    pub class: Option<HandlerClass>,
    /// True if one object handles all events.
    pub is_shared: bool,
    /// True if the observer is switched off.
    pub is_disabled: bool,
    /// Owner of the class.
    pub owner: Owner,
}

impl Job {
    /// Returns the time at which it runs: `*/15 * * * *`, or the setting that holds it.
    #[must_use]
    pub fn when(&self) -> String {
        match (&self.schedule, &self.config_path) {
            (Some(schedule), None) => format!("schedule `{schedule}`"),
            (Some(schedule), Some(path)) => format!("schedule `{schedule}`, unless `{path}` is set"),
            (None, Some(path)) => format!("schedule in `{path}`"),
            (None, None) => "scheduled elsewhere".to_owned(),
        }
    }
}

/// Owner of a class after it was first written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// User: the class is written once.
    User,
    /// Spec: the class is regenerated.
    Spec,
    /// Somebody else: the class exists already.
    Others,
}
