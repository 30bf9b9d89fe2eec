//! Classes that Magento calls: jobs and observers.

use crate::names::{EventName, HandlerClass, Schedule};

/// A job that cron runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Unique in its group: `acme_erpbridge_pull_stock`.
    pub name: String,
    /// Cron group.
    pub group: String,
    /// The class below the module's namespace: `Cron\PullStock`.
    pub class: HandlerClass,
    /// Schedule.
    pub schedule: Schedule,
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
    /// The class below the module's namespace: `Observer\LogPlacedOrder`.
    pub class: HandlerClass,
    /// Owner of the class.
    pub owner: Owner,
}

/// Owner of a class after it was first written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// User: the class is written once.
    User,
    /// Spec: the class is regenerated.
    Spec,
}
