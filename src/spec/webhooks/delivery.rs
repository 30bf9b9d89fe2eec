//! `[webhooks]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{Count, SettingPath, UrlPath};

/// How webhooks are delivered: signed as Standard Webhooks has it, from an outbox, until the other side takes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Webhooks {
    /// The setting, of type "url", that says where they are sent.
    #[schemars(example = &"connection/base_url")]
    pub url: SettingPath,
    /// What is put behind that address. Default: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"/magento/events")]
    pub path: Option<UrlPath>,
    /// The setting, of type "secret", that they are signed with.
    #[schemars(example = &"webhooks/signing_secret")]
    pub secret: SettingPath,
    /// The setting, of type "yesno", that turns them on.
    #[schemars(example = &"connection/enabled")]
    pub enabled: SettingPath,
    /// The setting, of type "number", that says how many seconds the other side may take.
    #[schemars(example = &"connection/timeout_seconds")]
    pub timeout: SettingPath,
    /// After how many attempts a webhook is given up. Default: 12.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 12)]
    pub max_attempts: Option<Count>,
    /// Seconds before the second attempt; each further time it is twice as long. Default: 60.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 60)]
    pub first_delay: Option<Count>,
    /// The most seconds between two attempts. Default: 21600, six hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 21600)]
    pub longest_delay: Option<Count>,
    /// How many are read from the outbox at once. Default: 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 100)]
    pub batch_size: Option<Count>,
    /// Days for which delivered ones stay in the outbox. Default: 30.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 30)]
    pub keep_days: Option<Count>,
}
