//! Classes that Magento calls: jobs and observers.

use crate::names::{EventName, HandlerClass, Schedule};

/// A job that cron runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Unique in its group: `acme_erpbridge_pull_stock`.
    pub name: String,
    /// The cron group that it is in.
    pub group: String,
    /// The class below the module's namespace: `Cron\PullStock`.
    pub class: HandlerClass,
    /// When it runs.
    pub schedule: Schedule,
    /// Who goes on with the class.
    pub owner: Owner,
}

/// A class that runs at an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observer {
    /// Unique in its event: `acme_erpbridge_log_placed_order`.
    pub name: String,
    /// The event.
    pub event: EventName,
    /// The folder of events.xml below `etc`; none for all of Magento.
    pub area: Option<&'static str>,
    /// The class below the module's namespace: `Observer\LogPlacedOrder`.
    pub class: HandlerClass,
    /// Who goes on with the class.
    pub owner: Owner,
}

/// Who goes on with a class after it was first written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The user: it is written once.
    User,
    /// The spec.
    Spec,
}
