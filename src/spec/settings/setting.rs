//! `[[setting]]`.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    names::{DocLine, Line, OptionValue, SettingPath, camel},
    spec::Spec,
};

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Its group and its field. The class Model/Config gets a getter for it: `getBaseUrl`, of a "yesno" `isEnabled`.
    #[schemars(example = &"connection/base_url")]
    pub path: SettingPath,
    /// What it holds. A "secret" is encrypted in the database and never dumped to config.php.
    #[serde(rename = "type")]
    #[schemars(example = &"url")]
    pub kind: SettingType,
    /// What it is called. Default: from the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Base URL")]
    pub label: Option<DocLine>,
    /// What stands below it. Default: the range of a number, otherwise nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Where the ERP answers, without a slash at the end.")]
    pub comment: Option<Line>,
    /// What it is until someone sets it. A secret has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://erp.acme.com")]
    pub default: Option<Default>,
    /// What it may differ per: "global" is one value for all, "store" a value per store view. Default: "website".
    #[serde(default)]
    #[schemars(example = &"website")]
    pub scope: Scope,
    /// Whether the form refuses it empty. Default: false; of a number true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub required: Option<bool>,
    /// The lowest number. The getter keeps to it, whatever is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 1, range(min = i32::MIN, max = i32::MAX))]
    pub min: Option<i32>,
    /// The highest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 60, range(min = i32::MIN, max = i32::MAX))]
    pub max: Option<i32>,
    /// What can be chosen: the value that is stored, and what it is called.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "sandbox": "Sandbox", "production": "Production" }))]
    pub options: IndexMap<OptionValue, DocLine>,
    /// It is only shown while other settings have these values.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "connection/enabled": true }))]
    pub depends: IndexMap<SettingPath, Scalar>,
    /// Whether `app:config:dump` writes it to env.php and not to config.php, which all environments share. Default:
    /// false.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(example = true)]
    pub per_environment: bool,
}

impl Spec {
    /// The names of the getters, in the order of the settings: of the field, with the group in front where several groups
    /// have the field.
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

/// What a setting holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum SettingType {
    /// Yes or no.
    Yesno,
    /// A line of text.
    Text,
    /// Lines of text.
    Textarea,
    /// An http or https address.
    Url,
    /// Text that is encrypted in the database.
    Secret,
    /// One of `options`.
    Select,
    /// Some of `options`.
    Multiselect,
    /// A whole number.
    Number,
    /// An e-mail address.
    Email,
}

/// What a setting may differ per.
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
    /// Nothing: one value for all.
    Global,
    /// The website.
    #[default]
    Website,
    /// The store view.
    Store,
}

/// A default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Default {
    /// Of "yesno".
    Flag(bool),
    /// Of "number".
    Number(#[schemars(range(min = i32::MIN, max = i32::MAX))] i32),
    /// Of whatever else.
    Text(String),
    /// Of "multiselect".
    Choice(Vec<OptionValue>),
}

/// A value of another setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Scalar {
    /// Of "yesno".
    Flag(bool),
    /// Of "number".
    Number(#[schemars(range(min = i32::MIN, max = i32::MAX))] i32),
    /// Of whatever else.
    Text(String),
}
