//! `[[service]]`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::names::{ClassName, DocLine, MethodName, ParameterName, Route, RouteAccess, TypeName};

/// One service: an interface that REST routes call, and the class that you write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its name. `OrderExport` makes Api/OrderExportInterface.php, and once Model/OrderExport.php, which is yours.
    #[schemars(example = &"OrderExport")]
    pub name: ClassName,
    /// What it is about. Default: from its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Orders as the ERP reads them")]
    pub description: Option<DocLine>,
    /// One method, which one route calls.
    #[serde(deserialize_with = "crate::spec::table::some")]
    #[schemars(length(min = 1), example = serde_json::json!([{ "name": "get", "route": "GET /V1/acme-erp/orders/:incrementId", "acl": "Acme_ErpBridge::export_read" }]))]
    pub method: Vec<Method>,
}

/// One method of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Its name in PHP.
    #[schemars(example = &"get")]
    pub name: MethodName,
    /// The HTTP method and the path that call it. `:name` in the path is a parameter of the method.
    #[schemars(example = &"GET /V1/acme-erp/orders/:incrementId")]
    pub route: Route,
    /// What the caller must be allowed: an ACL resource, or a list of which all are needed; or "anonymous", or "self"
    /// for customers.
    #[schemars(example = &"Acme_ErpBridge::export_read")]
    pub acl: RouteAcl,
    /// Types of the path's parameters. Default: string.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "orderId": "int" }))]
    pub parameters: IndexMap<ParameterName, TypeName>,
    /// The parameters that come in the JSON body, after those of the path: name and type.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "erpNumber": "string" }))]
    pub body: IndexMap<ParameterName, TypeName>,
    /// What it answers: a type, the name of a `[[data]]`, or a data interface of Magento. Default: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"ExportResult")]
    pub returns: Option<TypeName>,
    /// Whether it is a search: it takes ?searchCriteria[…], and answers items of the type that `returns` names with
    /// search_criteria and total_count. Default: false.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[schemars(example = true)]
    pub search: bool,
    /// What it does. Default: from its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Read one order")]
    pub description: Option<DocLine>,
}

/// What a route needs of whoever calls it: one thing, or several of which all are needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum RouteAcl {
    /// One.
    One(RouteAccess),
    /// All of at least one.
    #[serde(deserialize_with = "at_least_one")]
    All(#[schemars(length(min = 1))] Vec<RouteAccess>),
}

impl RouteAcl {
    /// Each of them.
    #[must_use]
    pub fn as_slice(&self) -> &[RouteAccess] {
        match self {
            Self::One(access) => std::slice::from_ref(access),
            Self::All(all) => all,
        }
    }
}

fn at_least_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<RouteAccess>, D::Error> {
    let all = Vec::deserialize(deserializer)?;
    if all.is_empty() { Err(D::Error::invalid_length(0, &"at least one")) } else { Ok(all) }
}
