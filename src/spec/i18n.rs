//! `[i18n]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::Locale;

/// Languages into which the module's phrases are translated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct I18n {
    /// Locales in addition to en_US. Each gets a file in i18n with every phrase; translations that you add there are
    /// kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["de_DE", "fr_FR"]))]
    pub locales: Vec<Locale>,
}

impl I18n {
    /// Returns true if no locale is listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.locales.is_empty()
    }
}
