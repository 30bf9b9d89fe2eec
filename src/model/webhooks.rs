//! What the other side is told.

use super::Setting;
use crate::names::EventName;

/// Webhooks and how they are delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhooks {
    /// The table of what is to be sent, without the prefix of an installation.
    pub table: String,
    /// Says where they are sent.
    pub url: Setting,
    /// Is what they are signed with.
    pub secret: Setting,
    /// Turns them on.
    pub enabled: Setting,
    /// Says how many seconds the other side may take.
    pub timeout: Setting,
    /// What is put behind the address; may be empty.
    pub path: String,
    /// After how many attempts one is given up.
    pub max_attempts: u32,
    /// Seconds before the second attempt.
    pub first_delay: u32,
    /// The most seconds between two attempts.
    pub longest_delay: u32,
    /// How many are read from the table at once.
    pub batch_size: u32,
    /// Days for which delivered ones are kept.
    pub keep_days: u32,
    /// Sorted by event, of which each has one.
    pub list: Vec<Webhook>,
}

/// One thing that the other side is told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// What it is called for the other side.
    pub topic: String,
    /// The event at which it is recorded.
    pub event: EventName,
    /// Names of fields and their types in PHP, in the order of the spec.
    pub fields: Vec<(String, &'static str)>,
}
