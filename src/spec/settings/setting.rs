//! `[[setting]]`.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    names::{DocLine, Line, OptionValue, SettingPath, camel},
    spec::Spec,
};

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Group and field. The class Model/Config gets a getter for it: `getBaseUrl`, or `isEnabled` for a "yesno".
    #[schemars(example = &"connection/base_url")]
    pub path: SettingPath,
    /// Type of the value. A "secret" is encrypted in the database and never dumped to config.php.
    #[serde(rename = "type")]
    #[schemars(example = &"url")]
    pub kind: SettingType,
    /// Label. Default: derived from the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Base URL")]
    pub label: Option<DocLine>,
    /// Comment below the field. Default: the range of a number, otherwise none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Where the ERP answers, without a slash at the end.")]
    pub comment: Option<Line>,
    /// Default value. A secret has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://erp.acme.com")]
    pub default: Option<Default>,
    /// Scope of the value: "global" for one value, "website", or "store" for a value per store view. Default:
    /// "website".
    #[serde(default)]
    #[schemars(example = &"website")]
    pub scope: Scope,
    /// True if the form rejects an empty value. Default: false, for numbers true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub required: Option<bool>,
    /// Lowest number. The getter clamps the stored value to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 1, range(min = i32::MIN, max = i32::MAX))]
    pub min: Option<i32>,
    /// Highest number. The getter clamps the stored value to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 60, range(min = i32::MIN, max = i32::MAX))]
    pub max: Option<i32>,
    /// Options: stored value and label.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "sandbox": "Sandbox", "production": "Production" }))]
    pub options: IndexMap<OptionValue, DocLine>,
    /// Other settings and the values they must have for this one to be shown.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "connection/enabled": true }))]
    pub depends: IndexMap<SettingPath, Scalar>,
    /// True if `app:config:dump` writes the value to env.php instead of config.php, which all environments share.
    /// Default: false.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(example = true)]
    pub per_environment: bool,
}

impl Spec {
    /// Returns the names of the getters, in the order of the settings. They are derived from the field, with the
    /// group in front if several groups have the field.
    #[must_use]
    pub fn getters(&self) -> Vec<String> {
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for setting in &self.setting {
            *times.entry(camel(setting.path.field())).or_default() += 1;
        }
        let getter = |setting: &Setting| {
            let field = camel(setting.path.field());
            let group =
                if times.get(&field) > Some(&1) { camel(setting.path.group()) } else { String::new() };
            let verb = if setting.kind == SettingType::Yesno { "is" } else { "get" };
            format!("{verb}{group}{field}")
        };
        self.setting.iter().map(getter).collect()
    }
}

/// Type of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum SettingType {
    /// Yes or no.
    Yesno,
    /// Single-line text.
    Text,
    /// Multi-line text.
    Textarea,
    /// HTTP or HTTPS URL.
    Url,
    /// Text, encrypted in the database.
    Secret,
    /// One of `options`.
    Select,
    /// Any number of `options`.
    Multiselect,
    /// Integer.
    Number,
    /// E-mail address.
    Email,
}

/// Scope of a setting.
#[derive(
    Debug,
    Clone,
    Copy,
    std::default::Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum Scope {
    /// One value for all.
    Global,
    /// A value per website.
    #[default]
    Website,
    /// A value per store view.
    Store,
}

/// Default value of a setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Default {
    /// Value of a "yesno".
    Flag(bool),
    /// Value of a "number".
    Number(#[schemars(range(min = i32::MIN, max = i32::MAX))] i32),
    /// Value of any other type.
    Text(String),
    /// Values of a "multiselect".
    Choice(Vec<OptionValue>),
}

/// Value of another setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Scalar {
    /// Value of a "yesno".
    Flag(bool),
    /// Value of a "number".
    Number(#[schemars(range(min = i32::MIN, max = i32::MAX))] i32),
    /// Value of any other type.
    Text(String),
}
