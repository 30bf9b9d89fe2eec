//! `[[observer]]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{EventName, HandlerClass, HandlerId, ModuleName, SnakeName};

/// One class that runs at an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Observer {
    /// Its name. `log_placed_order` makes once Observer/LogPlacedOrder.php, which is yours.
    #[schemars(example = &"log_placed_order")]
    pub name: SnakeName,
    /// The event.
    #[schemars(example = &"sales_order_place_after")]
    pub event: EventName,
    /// The part of Magento in which it runs. Default: "global", all of it.
    #[serde(default)]
    #[schemars(example = &"global")]
    pub area: Area,
    /// The name by which Magento and other modules know it. Default: `name` with the module in front.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme_log_order")]
    pub id: Option<HandlerId>,
    /// Its class, below the module's namespace. Default: `Observer` and `name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"Observer\Order\Log")]
    pub class: Option<HandlerClass>,
}

impl Observer {
    /// Its name for Magento in the module: `acme_erpbridge_log_placed_order`.
    #[must_use]
    pub fn id_in(&self, module: &ModuleName) -> String {
        let named = || format!("{}_{}", module.as_str().to_lowercase(), self.name);
        self.id.as_ref().map_or_else(named, ToString::to_string)
    }

    /// Its class.
    #[must_use]
    pub fn handler(&self) -> HandlerClass {
        self.class.clone().unwrap_or_else(|| HandlerClass::named("Observer", &self.name))
    }
}

/// A part of Magento.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Area {
    /// All of it.
    #[default]
    Global,
    /// The storefront.
    Frontend,
    /// Admin.
    Adminhtml,
    /// Cron jobs.
    Crontab,
    /// The REST API.
    WebapiRest,
    /// The SOAP API.
    WebapiSoap,
    /// GraphQL.
    Graphql,
}

impl Area {
    /// Its folder below `etc`; none for all of Magento.
    #[must_use]
    pub const fn folder(self) -> Option<&'static str> {
        match self {
            Self::Global => None,
            Self::Frontend => Some("frontend"),
            Self::Adminhtml => Some("adminhtml"),
            Self::Crontab => Some("crontab"),
            Self::WebapiRest => Some("webapi_rest"),
            Self::WebapiSoap => Some("webapi_soap"),
            Self::Graphql => Some("graphql"),
        }
    }
}
