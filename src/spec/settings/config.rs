//! `[config]`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::value::Scalar;
use crate::{
    names::{ConfigKey, ModelClass, ScopeCode},
    spec::table,
};

/// Values by path.
pub type ConfigValues = IndexMap<ConfigKey, ConfigValue>;

/// Values in etc/config.xml besides the defaults of settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Values for all scopes, by path.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "payment/acme/active": true }))]
    pub default: ConfigValues,
    /// Values for single websites, by their code and then by path.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "base": { "payment/acme/title": "Acme" } }))]
    pub websites: IndexMap<ScopeCode, ConfigValues>,
    /// Values for single store views, by their code and then by path.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "german": { "payment/acme/title": "Acme" } }))]
    pub stores: IndexMap<ScopeCode, ConfigValues>,
}

impl Config {
    /// Returns true if there are no values.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.default.is_empty() && self.websites.is_empty() && self.stores.is_empty()
    }
}

/// Value in etc/config.xml.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum ConfigValue {
    /// Value; true is 1 and false is 0.
    Value(Scalar),
    /// Value with its backend model.
    Table(#[serde(deserialize_with = "table::one")] BackedValue),
}

/// Value with a backend model, which converts it when it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackedValue {
    /// Value. Default: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Acme")]
    pub value: Option<Scalar>,
    /// Class that converts it.
    #[schemars(example = &r"Magento\Config\Model\Config\Backend\Encrypted")]
    pub backend_model: ModelClass,
}
