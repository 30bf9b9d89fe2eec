//! Values of settings, and of what settings have.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{ElementPath, Line, ModelClass, OptionValue};

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

impl fmt::Display for Scalar {
    /// Renders the value as Magento stores it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(yes) => write!(f, "{}", u8::from(*yes)),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// Service with the options of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceService {
    /// Class.
    #[schemars(example = &r"Acme\ErpBridge\Api\StageRepositoryInterface")]
    pub class: ModelClass,
    /// Field of an item with the stored value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"id")]
    pub id_field: Option<Line>,
    /// Field of an item with the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"name")]
    pub label_field: Option<Line>,
    /// True if an empty option comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub include_empty: Option<bool>,
}

/// Fields and groups that have to be filled in before a field can be enabled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Prerequisites {
    /// Fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["account/key"]))]
    pub fields: Vec<ElementPath>,
    /// Groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["account"]))]
    pub groups: Vec<ElementPath>,
}

/// Directory for uploaded files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UploadDir {
    /// Path.
    #[schemars(example = &"acme/logo")]
    pub path: Line,
    /// Path in the configuration of the directory above it, such as "system/filesystem/media".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"system/filesystem/media")]
    pub config: Option<Line>,
    /// True if each scope has a directory of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub scope_info: Option<bool>,
}

/// Address of uploaded files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaseUrl {
    /// Path.
    #[schemars(example = &"acme/logo")]
    pub path: Line,
    /// Base that it is added to, such as "media".
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"media")]
    pub kind: Option<Line>,
    /// True if each scope has a directory of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub scope_info: Option<bool>,
}
