//! `[[service]]`.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    names::{
        ClassName, Count, Day, DocLine, HandlerClass, Line, MethodName, ParameterName, Route, RouteAccess,
        RouteData, SoapOperation, TypeName, camel, snake,
    },
    spec::OneOrMore,
};

/// A service: an interface called by REST routes, and the class that you complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Class name. `OrderExport` generates Api/OrderExportInterface.php and, once, Model/OrderExport.php, which is
    /// then yours.
    #[schemars(example = &"OrderExport")]
    pub name: ClassName,
    /// Description, for doc blocks and OpenAPI. Default: derived from the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Orders as the ERP reads them")]
    pub description: Option<DocLine>,
    /// Interface or class that the routes call and that exists: below the module's namespace, or its full name after a
    /// backslash. The service then generates routes and nothing else. Default: the generated interface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &r"Api\Orders\ExportInterface")]
    pub interface: Option<HandlerClass>,
    /// A method, called by one route. Another route of the same method has the same name, parameters and return type.
    #[serde(deserialize_with = "crate::spec::table::some")]
    #[schemars(length(min = 1), example = serde_json::json!([{ "name": "get", "route": "GET /V1/acme-erp/orders/:incrementId", "acl": "Acme_ErpBridge::export_read" }]))]
    pub method: Vec<Method>,
}

/// A method of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Name of the PHP method.
    #[schemars(example = &"get")]
    pub name: MethodName,
    /// HTTP method and path of the route. `:name` in the path is a parameter of the method.
    #[schemars(example = &"GET /V1/acme-erp/orders/:incrementId")]
    pub route: Route,
    /// Permissions that the caller needs: an ACL resource, a list of resources that are all needed, "anonymous", or
    /// "self" for customers.
    #[schemars(example = &"Acme_ErpBridge::export_read")]
    pub acl: OneOrMore<RouteAccess>,
    /// Types of the parameters in the path. Default: string. `orderId` is also the type of `:order_id`, and the
    /// spelling of the PHP parameter.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "orderId": "int" }))]
    pub parameters: IndexMap<ParameterName, TypeName>,
    /// Parameters in the JSON body, after those in the path: name and type.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "erpNumber": "string" }))]
    pub body: IndexMap<ParameterName, TypeName>,
    /// Values of parameters in `body` that a caller leaves out. Default: null for a nullable type, otherwise none.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "pageSize": 20 }))]
    pub defaults: IndexMap<ParameterName, ParameterDefault>,
    /// Return type: a scalar, the name of a `[[data]]`, or an interface. Default: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"ExportResult")]
    pub returns: Option<TypeName>,
    /// Parameters of the path that the PHP method does not take. Magento sets the last one of a PUT on the object in
    /// the body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["orderId"]))]
    pub path_only: Vec<ParameterName>,
    /// Values that the route sets, by parameter.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "customerId": { "value": "%customer_id%", "force": true } }))]
    pub data: IndexMap<RouteData, RouteValue>,
    /// Highest number of items in a list of the body. Default: the shop's setting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 50)]
    pub input_array_size_limit: Option<Count>,
    /// True for a route that answers over HTTPS only. Default: false.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(example = true)]
    pub secure: bool,
    /// Name of the operation in SOAP. Default: derived from the interface and the method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acmeOrdersGet")]
    pub soap_operation: Option<SoapOperation>,
    /// Day from which the route may be removed, or a table that also says since when it is deprecated. Callers read both
    /// in the headers of the response, and the module logs who still calls the route. Default: not deprecated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"2027-06-01")]
    pub deprecated: Option<Deprecation>,
    /// Route to call instead of a deprecated one: another of the module, or one of Magento. Default: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"GET /V2/acme-erp/orders/:incrementId")]
    pub replaced_by: Option<Route>,
    /// True for a search: it takes ?searchCriteria[…] and returns items of the type in `returns`, with
    /// search_criteria and total_count. Default: false.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(example = true)]
    pub search: bool,
    /// Description, for doc blocks and OpenAPI. Default: derived from the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Read one order")]
    pub description: Option<DocLine>,
}

/// Deprecation of a route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Deprecation {
    /// Day from which the route may be removed.
    Until(Day),
    /// Both days.
    #[serde(deserialize_with = "crate::spec::table::one")]
    Period(DeprecationPeriod),
}

/// Time in which a route is deprecated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeprecationPeriod {
    /// Day since which the route is deprecated.
    #[schemars(example = &"2026-12-01")]
    pub since: Day,
    /// Day from which it may be removed.
    #[schemars(example = &"2027-06-01")]
    pub until: Day,
}

impl Deprecation {
    /// Returns the day from which the route may be removed.
    #[must_use]
    pub fn until(&self) -> &Day {
        match self {
            Self::Until(until) | Self::Period(DeprecationPeriod { until, .. }) => until,
        }
    }

    /// Returns the day since which the route is deprecated, if it is known.
    #[must_use]
    pub fn since(&self) -> Option<&Day> {
        match self {
            Self::Until(_) => None,
            Self::Period(period) => Some(&period.since),
        }
    }
}

/// Value of a parameter that a caller leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum ParameterDefault {
    /// Value of a `bool`.
    Flag(bool),
    /// Value of an `int` or a `float`.
    Number(#[schemars(range(min = i32::MIN, max = i32::MAX))] i32),
    /// Value of a `string`.
    Text(Line),
    /// Value of a list or an `array`.
    List(Vec<Line>),
}

/// Value that a route sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct RouteValue {
    /// The value. Magento replaces `%customer_id%`, `%cart_id%` and the like.
    #[schemars(example = &"%customer_id%")]
    pub value: String,
    /// True if the value replaces the one of the request. Default: false.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(example = true)]
    pub force: bool,
}

impl Method {
    /// Returns the parameter of the PHP method that takes one of the path, and its type if that is given; none if no
    /// parameter does.
    #[must_use]
    pub fn takes<'m>(&'m self, name: &'m str) -> Option<(&'m str, Option<&'m TypeName>)> {
        if self.path_only.iter().any(|it| it.as_str() == name) {
            return None;
        }
        let is_its = |other: &ParameterName| other.as_str() == name || snake(other.as_str()) == name;
        let given = self.parameters.iter().find(|(other, _)| is_its(other));
        Some(given.map_or((name, None), |(other, kind)| (other.as_str(), Some(kind))))
    }

    /// Returns what all routes of the method have in common: its parameters by name with their types, and its return
    /// type.
    #[must_use]
    pub fn contract(&self) -> (BTreeMap<String, &str>, Option<&TypeName>, bool) {
        let of_path = self.route.parameters().filter_map(|name| self.takes(name));
        let of_path = of_path.map(|(name, kind)| (camel(name), kind.map_or("string", TypeName::as_str)));
        let of_body = self.body.iter().map(|(name, kind)| (camel(name.as_str()), kind.as_str()));
        (of_path.chain(of_body).collect(), self.returns.as_ref(), self.search)
    }
}
