//! `[[observer]]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{EventName, HandlerClass, HandlerId, ModuleName, SnakeName};

/// An observer: a class that runs on an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Observer {
    /// Name of the observer. `log_placed_order` generates Observer/LogPlacedOrder.php once, which is then yours.
    #[schemars(example = &"log_placed_order")]
    pub name: SnakeName,
    /// Name of the event.
    #[schemars(example = &"sales_order_place_after")]
    pub event: EventName,
    /// Area of Magento in which the observer runs. Default: "global", all areas.
    #[serde(default)]
    #[schemars(example = &"global")]
    pub area: Area,
    /// Name in events.xml, by which Magento and other modules refer to the observer. Default: `name`, prefixed with
    /// the module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme_log_order")]
    pub id: Option<HandlerId>,
    /// PHP class below the module's namespace, or the full name of an existing one after a backslash. Default:
    /// `Observer` and `name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"Observer\Order\Log")]
    pub class: Option<HandlerClass>,
    /// False for a new object at each event. Default: true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = false)]
    pub shared: Option<bool>,
    /// True to switch an observer off: the one of another module with this `id`, or this one. Default: false.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(example = true)]
    pub disabled: bool,
}

impl Observer {
    /// Returns the name in events.xml: `acme_erpbridge_log_placed_order`.
    #[must_use]
    pub fn id_in(&self, module: &ModuleName) -> String {
        let named = || format!("{}_{}", module.id(), self.name);
        self.id.as_ref().map_or_else(named, ToString::to_string)
    }

    /// Returns the PHP class; none for a disabled observer that names none.
    #[must_use]
    pub fn handler(&self) -> Option<HandlerClass> {
        let named = || (!self.disabled).then(|| HandlerClass::named("Observer", &self.name));
        self.class.clone().or_else(named)
    }
}

/// An area of Magento.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Area {
    /// All areas.
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
    /// Returns the directory below `etc`; `None` for all areas.
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
