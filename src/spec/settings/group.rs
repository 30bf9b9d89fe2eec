//! Groups of settings, and what groups and settings have in common.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::depends::ShowCondition;
use crate::{
    names::{ConfigId, Label, Line, ModelClass, ModuleFile, SettingPath, Text},
    spec::table,
};

/// The title of a group, or all that Magento knows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum GroupEntry {
    /// Title.
    Title(Label),
    /// Everything.
    Table(#[serde(deserialize_with = "table::one")] Box<Group>),
}

/// A group of settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Title. Without it nothing is derived, and only what is given here is written: as for a group of another module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"General")]
    pub label: Option<Label>,
    /// Position among its siblings, ascending. Default: 10, 20, 30, … with a title, otherwise none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 10)]
    pub sort_order: Option<i64>,
    /// Scopes that show it. Default: the widest scope of its settings with a title, otherwise none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!(["default", "website", "store"]))]
    pub show_in: Option<Vec<ShownIn>>,
    /// True if it is open on the first visit. Default: `expanded` of `[settings]` with a title, otherwise false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub expanded: Option<bool>,
    /// Text above its settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"The ERP has the values.")]
    pub comment: Option<Line>,
    /// The same as HTML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"See the <a href=\"https://acme.com/docs\">manual</a>.")]
    pub comment_html: Option<Text>,
    /// Class that renders it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"Acme\ErpBridge\Block\Adminhtml\Group")]
    pub frontend_model: Option<ModelClass>,
    /// Class whose items this group is repeated for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"Acme\ErpBridge\Model\Stages")]
    pub clone_model: Option<ModelClass>,
    /// True if its settings are repeated for each item of `clone_model`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub clone_fields: Option<bool>,
    /// True if it is marked as advanced.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(example = true)]
    pub advanced: bool,
    /// CSS class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme-group")]
    pub fieldset_css: Option<Label>,
    /// Address behind the link "Help".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://acme.com/help")]
    pub help_url: Option<Line>,
    /// Address behind the link "Learn More".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://acme.com/more")]
    pub more_url: Option<Line>,
    /// Address behind the link "View Demo".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://acme.com/demo")]
    pub demo_link: Option<Line>,
    /// True if it is hidden in single-store mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = true)]
    pub hide_in_single_store_mode: Option<bool>,
    /// Settings and the values they must have for it to be shown.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "connection/enabled": true }))]
    pub depends: IndexMap<SettingPath, ShowCondition>,
    /// Group of the configuration, as section and group, whose fields it has, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"payment/other")]
    pub extends: Option<Line>,
    /// Further values for the class that renders it, by type.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "displayIn": "recommended" }))]
    pub attributes: IndexMap<ConfigId, Line>,
    /// Files of the module with further settings, which you write yourself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["Acme_ErpBridge::system/general.xml"]))]
    pub include: Vec<ModuleFile>,
}

/// A scope of the form in Stores > Configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum ShownIn {
    /// Default Config.
    Default,
    /// Websites.
    Website,
    /// Store views.
    Store,
}
