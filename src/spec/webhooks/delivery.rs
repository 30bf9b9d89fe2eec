//! `[webhooks]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{CommandPrefix, Count, SettingPath, UrlPath};

/// Delivery of webhooks: signed according to Standard Webhooks and sent from an outbox until the external system accepts
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Webhooks {
    /// Setting of type "url" that contains the address to send webhooks to.
    #[schemars(example = &"connection/base_url")]
    pub url: SettingPath,
    /// Path appended to that address. Default: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"/magento/events")]
    pub path: Option<UrlPath>,
    /// Setting of type "secret" that contains the signing key.
    #[schemars(example = &"webhooks/signing_secret")]
    pub secret: SettingPath,
    /// Setting of type "secret" that contains a second signing key. While it has a value, each webhook carries a signature
    /// of both keys, so that the external system can change its key at any time. Default: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"webhooks/second_secret")]
    pub second_secret: Option<SettingPath>,
    /// Setting of type "yesno" that turns webhooks on.
    #[schemars(example = &"connection/enabled")]
    pub enabled: SettingPath,
    /// Setting of type "number" that contains the timeout in seconds.
    #[schemars(example = &"connection/timeout_seconds")]
    pub timeout: SettingPath,
    /// Number of attempts after which a webhook is given up. Default: 12.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 12)]
    pub max_attempts: Option<Count>,
    /// Seconds before the second attempt; each later delay is twice as long. Default: 60.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 60)]
    pub first_delay: Option<Count>,
    /// Longest delay between two attempts in seconds. Default: 21600, six hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 21600)]
    pub longest_delay: Option<Count>,
    /// Number of webhooks read from the outbox at once. Default: 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 100)]
    pub batch_size: Option<Count>,
    /// Number of days that delivered webhooks stay in the outbox. Default: 30.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 30)]
    pub keep_days: Option<Count>,
    /// First words of the console commands that operate the webhooks, such as `acme:webhooks:status`. Default: no commands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme:webhooks")]
    pub commands: Option<CommandPrefix>,
    /// Number of minutes after which Admin shows a system message that webhooks were not delivered. Default: no message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 60)]
    pub notify_minutes: Option<Count>,
}
