//! `[[integration]]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{Email, IntegrationName, ResourceEntry, Url};

/// One integration, as System > Extensions > Integrations lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Integration {
    /// Its name. Renaming it makes a new integration; the old one stays active with its tokens.
    #[schemars(example = &"Acme ERP")]
    pub name: IntegrationName,
    /// The contact address. Magento aborts without it, and changing it resets the integration.
    #[schemars(example = &"erp@acme.com")]
    pub email: Email,
    /// Where Magento posts the consumer key and secret when the integration is activated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://erp.acme.com/magento/token")]
    pub endpoint_url: Option<Url>,
    /// The page that Admin opens on activation, where the user logs in to the other side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://erp.acme.com/magento/login")]
    pub identity_link_url: Option<Url>,
    /// ACL resources it may use: an id, `id/**` for the id and everything below it, or a glob after `::`. With `!` in
    /// front they are taken out again; later entries win.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = ["Magento_Sales::actions_view", "Magento_Catalog::catalog/**", "!Magento_Catalog::categories/**"])]
    pub resources: Vec<ResourceEntry>,
}
