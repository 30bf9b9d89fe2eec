//! `[[service]]`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::names::{ClassName, DocLine, MethodName, ParameterName, Route, RouteAccess, TypeName};

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
    /// A method, called by one route.
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
    pub acl: RouteAcl,
    /// Types of the parameters in the path. Default: string.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "orderId": "int" }))]
    pub parameters: IndexMap<ParameterName, TypeName>,
    /// Parameters in the JSON body, after those in the path: name and type.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "erpNumber": "string" }))]
    pub body: IndexMap<ParameterName, TypeName>,
    /// Return type: a scalar, the name of a `[[data]]`, or a data interface of Magento. Default: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"ExportResult")]
    pub returns: Option<TypeName>,
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

/// Permissions that a caller of a route needs: one, or several that are all needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum RouteAcl {
    /// A single permission.
    One(RouteAccess),
    /// Permissions that are all needed; at least one.
    #[serde(deserialize_with = "at_least_one")]
    All(#[schemars(length(min = 1))] Vec<RouteAccess>),
}

impl RouteAcl {
    /// Returns the permissions.
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
