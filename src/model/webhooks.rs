//! Webhooks.

use super::Setting;
use crate::names::EventName;

/// Webhooks and their delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhooks {
    /// Name of the outbox table, without the table prefix.
    pub table: String,
    /// Setting with the address.
    pub url: Setting,
    /// Setting with the signing key.
    pub secret: Setting,
    /// Setting that turns them on.
    pub enabled: Setting,
    /// Setting with the timeout in seconds.
    pub timeout: Setting,
    /// Path appended to the address; may be empty.
    pub path: String,
    /// Number of attempts after which a webhook is given up.
    pub max_attempts: u32,
    /// Seconds before the second attempt.
    pub first_delay: u32,
    /// Longest delay between two attempts, in seconds.
    pub longest_delay: u32,
    /// Number of webhooks read from the outbox at once.
    pub batch_size: u32,
    /// Number of days that delivered webhooks are kept.
    pub keep_days: u32,
    /// Webhooks sorted by event; one per event.
    pub list: Vec<Webhook>,
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Topic sent to the external system.
    pub topic: String,
    /// Event that triggers it.
    pub event: EventName,
    /// Names of fields and their types in PHP, in the order of the spec.
    pub fields: Vec<(String, &'static str)>,
}
