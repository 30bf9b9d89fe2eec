//! `[[integration]]` and `[retired]`.

mod keep;
mod retired;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use keep::{KeepCondition, KeepCredentials};
pub use retired::Retired;

use super::OneOrMore;
use crate::names::{Call, Email, IntegrationName, Line, ResourceEntry, Url};

/// An integration, as listed in System > Extensions > Integrations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Integration {
    /// Name of the integration. Renaming it creates a second integration; the old one stays active with its tokens.
    #[schemars(example = &"Acme ERP")]
    pub name: IntegrationName,
    /// Former name of the integration, or a list of all of them: `setup:upgrade` renames its row, which keeps its key,
    /// secret and tokens.
    #[serde(default, skip_serializing_if = "OneOrMore::is_empty")]
    #[schemars(example = &"Acme Orders", example = serde_json::json!(["Acme Orders", "ACME ERP"]))]
    pub renamed_from: OneOrMore<IntegrationName>,
    /// Contact address. Magento aborts without it, and changing it resets the integration.
    #[schemars(example = &"erp@acme.com")]
    pub email: Email,
    /// URL to which Magento posts the consumer key and secret on activation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://erp.acme.com/magento/token")]
    pub endpoint_url: Option<Url>,
    /// Page that Admin opens on activation, where the user logs in to the external system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"https://erp.acme.com/magento/login")]
    pub identity_link_url: Option<Url>,
    /// Keeps key, secret, tokens and status when the declaration changes: the module changes the row in place, where
    /// Magento would reset it. With "unless-permissions-grow", Magento resets it if it gains permissions, so that an
    /// administrator has to approve them.
    #[serde(default, skip_serializing_if = "KeepCredentials::is_default")]
    #[schemars(example = &true, example = &"unless-permissions-grow")]
    pub keep_credentials: KeepCredentials,
    /// REST calls that the integration makes: an HTTP method and a route, or a table with the route and the reason.
    /// The ACL resources that they need are requested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["GET /V1/orders", "POST /V1/order/:orderId/ship"]))]
    pub calls: Vec<CallEntry>,
    /// ACL resources to request in addition to those needed by `calls`: an id, `id/**` for the id and everything
    /// below it, or a glob after `::`. `!` in front excludes; later entries win.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["Magento_Sales::actions_view", "Magento_Catalog::catalog/**", "!Magento_Catalog::categories/**"]))]
    pub resources: Vec<ResourceEntry>,
}

/// A call, with or without a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum CallEntry {
    /// A call without a reason.
    Plain(Call),
    /// A call with a reason.
    #[serde(deserialize_with = "crate::spec::table::one")]
    Reasoned(ReasonedCall),
}

/// A call with a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonedCall {
    /// HTTP method and REST route. Names and values of its parameters do not matter.
    #[schemars(example = &"POST /V1/products")]
    pub route: Call,
    /// Reason for the call. Written to README.md.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"stock sync")]
    pub why: Option<Line>,
}

impl CallEntry {
    /// Returns the call.
    #[must_use]
    pub fn call(&self) -> &Call {
        match self {
            Self::Plain(call) | Self::Reasoned(ReasonedCall { route: call, .. }) => call,
        }
    }

    /// Returns the reason for the call.
    #[must_use]
    pub fn why(&self) -> Option<&Line> {
        match self {
            Self::Plain(_) => None,
            Self::Reasoned(call) => call.why.as_ref(),
        }
    }
}
