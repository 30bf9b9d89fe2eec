//! Webhooks.

use super::Setting;
use crate::names::{CommandPrefix, EventName};

/// Webhooks and their delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhooks {
    /// Name of the outbox table, without the table prefix.
    pub table: String,
    /// Setting with the address.
    pub url: Setting,
    /// Setting with the signing key.
    pub secret: Setting,
    /// Setting with a second signing key, if there is one.
    pub second_secret: Option<Setting>,
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
    /// First words of the console commands; none if there are no commands.
    pub commands: Option<CommandPrefix>,
    /// Minutes after which Admin shows that webhooks were not delivered; none if it never does.
    pub notify_minutes: Option<u32>,
    /// Webhooks sorted by event; one per event.
    pub list: Vec<Webhook>,
}

impl Webhooks {
    /// Returns the settings with signing keys.
    pub fn secrets(&self) -> impl Iterator<Item = &Setting> {
        std::iter::once(&self.secret).chain(&self.second_secret)
    }
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Topic sent to the external system.
    pub topic: String,
    /// Event that triggers it.
    pub event: EventName,
    /// Class of its object, whose ids name it; none if it is not known, or not the same in all releases.
    pub entity: Option<String>,
    /// Names of fields and their types in PHP, in the order of the spec.
    pub fields: Vec<(String, &'static str)>,
}
