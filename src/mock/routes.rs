//! Routes that the shop serves.

use crate::{catalog::Access, model::RouteValue};

/// A REST route in the release of the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedRoute {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// `/V1/orders/:id`.
    pub path: String,
    /// Permissions in the order of webapi.xml: ids, `anonymous` or `self`.
    pub resources: Vec<String>,
    /// What they amount to.
    pub access: Access,
    /// Values of `<data>`.
    pub data: Vec<RouteValue>,
    /// Method that answers; none if its types are unknown.
    pub service: Option<ServedMethod>,
    /// True if a module of the specs declares it.
    pub is_own: bool,
}

/// Method of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedMethod {
    /// Full name of its class.
    pub class: String,
    /// Name.
    pub name: String,
    /// Parameters in order.
    pub parameters: Vec<ServedParameter>,
    /// Type in its doc block, `void` without any.
    pub returns: String,
}

/// Parameter of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedParameter {
    /// Name without the `$`.
    pub name: String,
    /// Type in the doc block: `int`, `string[]|null`, a full class name without a leading backslash.
    pub php_type: String,
    /// Default value; none if it is required.
    pub default: Option<serde_json::Value>,
}
