//! Routes that the shop serves.

use serde_json::{Value, json};

use crate::{
    catalog::{Access, Catalog, ReleaseId, ServiceMethod},
    mock::types::doc_type,
    model::{Method, Module, Parameter, ParameterDefault, RouteValue, Service},
    names::path_parameters,
};

/// A REST route in the release of the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedRoute {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// `/V1/orders/:id`.
    pub path: String,
    /// Permissions in the order of webapi.xml: ids, `anonymous` or `self`.
    pub resources: Vec<String>,
    /// Access that they give.
    pub access: Access,
    /// Values of `<data>`.
    pub data: Vec<RouteValue>,
    /// Method that answers; none if its types are unknown.
    pub service: Option<ServedMethod>,
    /// True if it requires HTTPS.
    pub is_secure: bool,
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
    pub default: Option<Value>,
}

impl ServedRoute {
    /// Returns true for a path of the routes that are there if Admin users need a second factor.
    pub(in crate::mock) fn is_of_second_factor(path: &str) -> bool {
        path.trim_start_matches('/').starts_with("V1/tfa/provider/")
    }

    /// Routes of a release.
    #[must_use]
    pub fn of_release(catalog: &Catalog, release: ReleaseId) -> Vec<Self> {
        let served = |route: &crate::catalog::Route| {
            let access = route.access(release)?.clone();
            let target = catalog.services().called_by(route, release);
            let service = target.map(|(service, method)| ServedMethod::of_core(&service.class, method));
            let data = if access == Access::Customer {
                of_customer(&route.path, service.as_ref())
            } else {
                Vec::new()
            };
            Some(Self {
                method: route.method.to_string(),
                path: route.path.to_string(),
                resources: access.refs().into_iter().map(str::to_owned).collect(),
                access,
                data,
                service,
                is_secure: false,
                is_own: false,
            })
        };
        catalog.routes().iter().filter_map(served).collect()
    }

    /// Returns true if the service starts a session, whoever calls it: those of sales, customers and carts
    /// (docs/magento/web-api.md#headers).
    #[must_use]
    pub(in crate::mock) fn starts_session(&self) -> bool {
        let modules = ["Customer", "Quote", "Sales", "Checkout"];
        let class = self.service.as_ref().and_then(|service| service.class.strip_prefix("Magento\\"));
        class.and_then(|class| class.split('\\').next()).is_some_and(|module| modules.contains(&module))
    }

    /// Routes that a module declares.
    #[must_use]
    pub fn of_module(module: &Module) -> Vec<Self> {
        let served = |service: &Service, method: &Method| Self {
            method: method.verb.clone(),
            path: method.path.clone(),
            resources: method.access.clone(),
            access: Access::of_refs(method.access.iter().cloned().map(Into::into)),
            data: method.data.clone(),
            service: Some(ServedMethod::of_own(service, method)),
            is_secure: method.is_secure,
            is_own: true,
        };
        let services = module.api.services.iter();
        services
            .flat_map(|service| service.methods.iter().map(move |method| served(service, method)))
            .collect()
    }
}

/// Values that Magento's own routes for customers force, which the catalog does not have
/// (docs/magento/web-api.md#route-data).
fn of_customer(path: &str, service: Option<&ServedMethod>) -> Vec<RouteValue> {
    let forced = |name: &str, value: &str| RouteValue {
        name: name.to_owned(),
        value: value.to_owned(),
        is_forced: true,
    };
    let parameters = service.into_iter().flat_map(|service| &service.parameters);
    let values = parameters.filter(|it| path_parameters(path).all(|name| name != it.name));
    let values = values.filter_map(|parameter| match parameter.name.as_str() {
        "customerId" => Some(forced("customerId", "%customer_id%")),
        "cartId" => Some(forced("cartId", "%cart_id%")),
        "cartItem" if path.starts_with("/V1/carts/mine/") => Some(forced("cartItem.quote_id", "%cart_id%")),
        "customer" => Some(forced("customer.id", "%customer_id%")),
        _ => None,
    });
    values.collect()
}

impl ServedMethod {
    fn of_core(class: &str, method: &ServiceMethod) -> Self {
        let parameters = method.parameters.iter().map(|parameter| ServedParameter {
            name: parameter.name.to_owned(),
            php_type: parameter.php_type.as_str().to_owned(),
            default: parameter.default.map(php_value),
        });
        Self {
            class: class.to_owned(),
            name: method.name.to_owned(),
            parameters: parameters.collect(),
            returns: method.returns.as_str().to_owned(),
        }
    }

    fn of_own(service: &Service, method: &Method) -> Self {
        let needed = method.needed();
        let parameters = method.parameters.iter().enumerate().map(|(place, parameter)| ServedParameter {
            name: parameter.name.clone(),
            php_type: doc_type(&parameter.kind),
            default: default(parameter, place < needed),
        });
        Self {
            class: service.interface.clone(),
            name: method.name.to_string(),
            parameters: parameters.collect(),
            returns: method.returns.as_ref().map_or_else(|| "void".to_owned(), doc_type),
        }
    }
}

fn default(parameter: &Parameter, is_needed: bool) -> Option<Value> {
    match &parameter.default {
        Some(ParameterDefault::Flag(yes)) => Some(json!(yes)),
        Some(ParameterDefault::Number(number)) => Some(json!(number)),
        Some(ParameterDefault::Text(text)) => Some(json!(text)),
        Some(ParameterDefault::List(items)) => Some(json!(items)),
        None if is_needed => None,
        None => Some(Value::Null),
    }
}

/// Value of a default in PHP; null for one that is not a literal.
fn php_value(source: &str) -> Value {
    let quoted = |quote: char| source.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    if let Some(text) = quoted('\'').or_else(|| quoted('"')) {
        return json!(text);
    }
    match source.to_ascii_lowercase().as_str() {
        "true" => json!(true),
        "false" => json!(false),
        "[]" | "array()" => json!([]),
        number => serde_json::from_str(number).unwrap_or_default(),
    }
}
