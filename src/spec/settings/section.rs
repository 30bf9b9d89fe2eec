//! `[settings]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{AclId, ConfigId, DocLine, MenuId, Title};

/// The section in Stores > Configuration that contains the settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Title of the module's own section, 3 to 50 characters, also used for its ACL resource and menu entry. Leave it
    /// out to add the settings to a section of another module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Acme ERP")]
    pub label: Option<Title>,
    /// Id of the section, the first part of each setting's path. Without `label` it is a section of another module,
    /// such as "sales". Default: the module's name in lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme_erpbridge")]
    pub section: Option<ConfigId>,
    /// Tab that contains the section. Default: "service".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"service")]
    pub tab: Option<ConfigId>,
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
    /// Titles of groups, by id. Default: derived from the id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(example = serde_json::json!({ "connection": "Connection to the ERP" }))]
    pub groups: BTreeMap<ConfigId, DocLine>,
}
