//! `[settings]`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{AclId, ConfigId, DocLine, MenuId, Title};

/// The section of Stores > Configuration that the settings are in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What the module's own section is called, 3 to 50 characters; its permission and its menu entry, too. Left out
    /// where the settings go into a section of another module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Acme ERP")]
    pub label: Option<Title>,
    /// The section's id, the first part of each setting's path. Without `label` it is one of another module, such as
    /// "sales". Default: the module's name in small letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme_erpbridge")]
    pub section: Option<ConfigId>,
    /// The tab that the section is in. Default: "service".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"service")]
    pub tab: Option<ConfigId>,
    /// The section's place in the tab. Default: 500.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 500, range(min = i32::MIN, max = i32::MAX))]
    pub sort_order: Option<i32>,
    /// The ACL resource that administrators need to see the section. Default: `Vendor_Module::config`, which is added
    /// under Magento_Config::config.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Acme_ErpBridge::config")]
    pub resource: Option<AclId>,
    /// The menu entry below which the section gets one, too. Default: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Magento_Backend::stores_settings")]
    pub menu: Option<MenuId>,
    /// What groups are called. Default: from their id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(example = serde_json::json!({ "connection": "Connection to the ERP" }))]
    pub groups: BTreeMap<ConfigId, DocLine>,
}
