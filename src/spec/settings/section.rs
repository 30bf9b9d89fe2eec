//! `[settings]`, `[[settings.tab]]` and `[[settings.section]]`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::group::{GroupEntry, ShownIn};
use crate::{
    names::{AclId, ConfigId, GroupPath, Label, MenuId, ModelClass, ModuleFile, Title},
    spec::table,
};

/// The sections in Stores > Configuration that contain the settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Title of the module's own section, 3 to 50 characters, also used for its ACL resource and menu entry. Leave it
    /// out to add the settings to a section of another module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Acme ERP")]
    pub label: Option<Title>,
    /// Id of the section, the first part of each setting's path. Without `label` it is a section of another module,
    /// such as "sales". Default: the module's name in lower case. Or, as `[[settings.section]]`, each section with all
    /// that Magento knows of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme_erpbridge")]
    pub section: Option<Sections>,
    /// Tab that contains the section. Default: "service". Or, as `[[settings.tab]]`, tabs of the module's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"service")]
    pub tab: Option<Tabs>,
    /// Position of the section in the tab. Default: 500.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 500, range(min = i32::MIN, max = i32::MAX))]
    pub sort_order: Option<i32>,
    /// ACL resource that administrators need to see the section. Default: `Vendor_Module::config`, which is added
    /// below Magento_Config::config.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Acme_ErpBridge::config")]
    pub resource: Option<AclId>,
    /// Menu entry below which the section gets its own entry. Default: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Magento_Backend::stores_settings")]
    pub menu: Option<MenuId>,
    /// Titles of groups, by id, or all that Magento knows of them. Default: derived from the id.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "connection": "Connection to the ERP" }))]
    pub groups: IndexMap<GroupPath, GroupEntry>,
    /// True if the forms of settings offer "Use system value" for the default. Default: true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = false)]
    pub can_restore: Option<bool>,
    /// True if groups are open on the first visit. Default: true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = false)]
    pub expanded: Option<bool>,
}

/// The section of the short form by its id, or several sections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Sections {
    /// Id of the only section.
    Id(ConfigId),
    /// Sections of this module and of others.
    Tables(#[serde(deserialize_with = "sections")] Vec<Section>),
}

/// The tab of the short form by its id, or several tabs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Tabs {
    /// Id of the tab with the only section.
    Id(ConfigId),
    /// Tabs of this module.
    Tables(#[serde(deserialize_with = "tabs")] Vec<Tab>),
}

fn sections<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Section>, D::Error> {
    table::many(deserializer)
}

fn tabs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Tab>, D::Error> {
    table::many(deserializer)
}

/// A tab in Stores > Configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tab {
    /// Id.
    #[schemars(example = &"acme")]
    pub id: ConfigId,
    /// Title.
    #[schemars(example = &"Acme")]
    pub label: Label,
    /// Position among the tabs, ascending. Default: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 400)]
    pub sort_order: Option<i64>,
    /// CSS class. Default: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme-tab")]
    pub class: Option<Label>,
}

/// A section in Stores > Configuration, of this module or of another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Id, the first part of each setting's path.
    #[schemars(example = &"acme_webhooks")]
    pub id: ConfigId,
    /// Title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Webhooks")]
    pub label: Option<Label>,
    /// Tab that contains it. Without one the section belongs to another module, and only what is given here changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme")]
    pub tab: Option<ConfigId>,
    /// ACL resource that administrators need to see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Acme_ErpBridge::config")]
    pub resource: Option<AclId>,
    /// Position in the tab. Default: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 500)]
    pub sort_order: Option<i64>,
    /// Scopes that show it. Default: with a tab the widest scope of its settings, otherwise none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!(["default", "website"]))]
    pub show_in: Option<Vec<ShownIn>>,
    /// True if it is marked as advanced.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(example = true)]
    pub advanced: bool,
    /// CSS class of its entry in the tab, such as "separator-top".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"separator-top")]
    pub class: Option<Label>,
    /// CSS class of its heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme-heading")]
    pub header_css: Option<Label>,
    /// Class that renders it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"Acme\ErpBridge\Block\Adminhtml\Section")]
    pub frontend_model: Option<ModelClass>,
    /// Files of the module with further groups, which you write yourself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["Acme_ErpBridge::system/general.xml"]))]
    pub include: Vec<ModuleFile>,
    /// Titles of groups, by id, or all that Magento knows of them. Default: derived from the id.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "general": { "label": "General", "sort_order": 10 } }))]
    pub groups: IndexMap<GroupPath, GroupEntry>,
}

impl Section {
    /// Returns true if files of the module add fields that the spec does not know.
    #[must_use]
    pub fn includes(&self) -> bool {
        let is_open = |group: &GroupEntry| matches!(group, GroupEntry::Table(group) if !group.include.is_empty() || group.extends.is_some());
        !self.include.is_empty() || self.groups.values().any(is_open)
    }
}

impl Settings {
    /// Returns the sections of the long form.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        match &self.section {
            Some(Sections::Tables(sections)) => sections,
            _ => &[],
        }
    }

    /// Returns the id of the section of the short form, if it is given.
    #[must_use]
    pub fn section_id(&self) -> Option<&ConfigId> {
        match &self.section {
            Some(Sections::Id(id)) => Some(id),
            _ => None,
        }
    }

    /// Returns the tabs of the module's own.
    #[must_use]
    pub fn tabs(&self) -> &[Tab] {
        match &self.tab {
            Some(Tabs::Tables(tabs)) => tabs,
            _ => &[],
        }
    }

    /// Returns the tab of the section of the short form, if it is given.
    #[must_use]
    pub fn tab_id(&self) -> Option<&ConfigId> {
        match &self.tab {
            Some(Tabs::Id(id)) => Some(id),
            _ => None,
        }
    }
}
