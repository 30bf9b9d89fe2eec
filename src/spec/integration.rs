//! `[[integration]]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{Call, Email, IntegrationName, Line, ResourceEntry, Url};

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
    /// Calls it makes: an HTTP method and a REST route, or a table that says why as well. The ACL resources they need
    /// are requested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["GET /V1/orders", "POST /V1/order/:orderId/ship"]))]
    pub calls: Vec<CallEntry>,
    /// ACL resources it may use, beside those that its calls need: an id, `id/**` for the id and everything below it, or
    /// a glob after `::`. With `!` in front they are taken out again; later entries win.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["Magento_Sales::actions_view", "Magento_Catalog::catalog/**", "!Magento_Catalog::categories/**"]))]
    pub resources: Vec<ResourceEntry>,
}

/// A call, or a call and its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum CallEntry {
    /// A call.
    Plain(Call),
    /// A call and its reason.
    #[serde(deserialize_with = "super::table::one")]
    Reasoned(ReasonedCall),
}

/// A call and its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonedCall {
    /// An HTTP method and a REST route. Names and values of its parameters do not matter.
    #[schemars(example = &"POST /V1/products")]
    pub route: Call,
    /// What the integration makes the call for. Goes into README.md.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"stock sync")]
    pub why: Option<Line>,
}

impl CallEntry {
    /// The call.
    #[must_use]
    pub fn call(&self) -> &Call {
        match self {
            Self::Plain(call) | Self::Reasoned(ReasonedCall { route: call, .. }) => call,
        }
    }

    /// What it is made for.
    #[must_use]
    pub fn why(&self) -> Option<&Line> {
        match self {
            Self::Plain(_) => None,
            Self::Reasoned(call) => call.why.as_ref(),
        }
    }
}
