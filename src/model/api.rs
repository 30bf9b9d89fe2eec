//! REST API of the module.

use std::collections::HashSet;

use crate::names::{ClassName, Day, MethodName, path_parameters};

/// Services and their data objects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api {
    /// Entries in the order of the spec.
    pub services: Vec<Service>,
    /// Entries in the order of the spec.
    pub data: Vec<Data>,
}

impl Api {
    /// Routes that are deprecated, in the order of the spec.
    pub fn deprecated(&self) -> impl Iterator<Item = (&Method, &Deprecation)> {
        let methods = self.services.iter().flat_map(|service| &service.methods);
        methods.filter_map(|method| Some((method, method.deprecation.as_ref()?)))
    }

    /// Fields that hold an object and may be null, each with its data object.
    pub fn optional_objects(&self) -> impl Iterator<Item = (&Data, &Field)> {
        let fields = self.data.iter().flat_map(|data| data.fields.iter().map(move |field| (data, field)));
        fields.filter(|(_, field)| field.kind.is_optional_object())
    }
}

/// A service: an interface and the class that the user continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// `OrderExport`.
    pub name: ClassName,
    /// Full name of its interface, or of the class that the routes call.
    pub interface: String,
    /// True if its interface and its class are generated.
    pub is_generated: bool,
    /// Description in one line.
    pub description: String,
    /// Routes with their methods in the order of the spec; at least one.
    pub methods: Vec<Method>,
}

impl Service {
    /// Methods, each with its first route.
    pub fn distinct(&self) -> impl Iterator<Item = &Method> {
        let mut names = HashSet::new();
        self.methods.iter().filter(move |method| names.insert(&method.name))
    }
}

/// A method of a service, and the route that calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Method {
    /// `getList`.
    pub name: MethodName,
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub verb: String,
    /// `/V1/acme-erp/orders/:incrementId`.
    pub path: String,
    /// Permissions of the caller: ACL resources, `anonymous` or `self`.
    pub access: Vec<String>,
    /// Values that the route sets.
    pub data: Vec<RouteValue>,
    /// Highest number of items in a list of the body.
    pub input_array_size_limit: Option<u32>,
    /// True if it answers over HTTPS only.
    pub is_secure: bool,
    /// Name of the operation in SOAP.
    pub soap_operation: Option<String>,
    /// Parameters of the path in its order, then those of the body.
    pub parameters: Vec<Parameter>,
    /// Return type; `None` for void.
    pub returns: Option<PhpType>,
    /// True for a search.
    pub is_search: bool,
    /// Announced end of the route.
    pub deprecation: Option<Deprecation>,
    /// Description in one line.
    pub description: String,
}

/// Announced end of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecation {
    /// Day since which it is deprecated, if it is known.
    pub since: Option<Day>,
    /// Day from which it may be removed.
    pub until: Day,
    /// Route to call instead: `GET /V2/acme-erp/orders`.
    pub replaced_by: Option<String>,
}

impl Deprecation {
    /// Returns the first day of the deprecation, which is the last one if it is not known.
    #[must_use]
    pub fn first_day(&self) -> &Day {
        self.since.as_ref().unwrap_or(&self.until)
    }

    /// Returns the path of the replacement of a route, if a request has its method and all of its parameters.
    #[must_use]
    pub fn successor(&self, verb: &str, path: &str) -> Option<&str> {
        let (other_verb, other) = self.replaced_by.as_ref()?.split_once(' ')?;
        let has = |name| path_parameters(path).any(|own| own == name);
        (other_verb == verb && path_parameters(other).all(has)).then_some(other)
    }
}

impl Method {
    /// Route as a call: `GET /V1/acme-erp/orders/:incrementId`.
    #[must_use]
    pub fn route(&self) -> String {
        format!("{} {}", self.verb, self.path)
    }

    /// Returns the number of required leading parameters: nullable ones and those with a default are optional unless a
    /// required one follows.
    #[must_use]
    pub fn needed(&self) -> usize {
        self.parameters
            .iter()
            .rposition(|it| !it.kind.is_nullable && it.default.is_none())
            .map_or(0, |last| last + 1)
    }
}

/// A value that a route sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteValue {
    /// Parameter, or a field of one: `customer.id`.
    pub name: String,
    /// Value: `%customer_id%`.
    pub value: String,
    /// True if it replaces the one of the request.
    pub is_forced: bool,
}

/// A parameter of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Name without the dollar sign.
    pub name: String,
    /// Type.
    pub kind: PhpType,
    /// Value if a caller leaves it out, besides null.
    pub default: Option<ParameterDefault>,
}

/// Value of a parameter that a caller leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterDefault {
    /// Boolean.
    Flag(bool),
    /// Number.
    Number(i32),
    /// Text.
    Text(String),
    /// List of texts.
    List(Vec<String>),
}

/// A data object: an interface and its class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data {
    /// `ExportResult`.
    pub name: ClassName,
    /// Description in one line.
    pub description: String,
    /// Entries in the order of the spec.
    pub fields: Vec<Field>,
    /// Description of its search results in one line; `None` if no search returns it.
    pub page: Option<String>,
}

/// A field of a data object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// JSON key: `increment_id`.
    pub name: String,
    /// Suffix of getter and setter: `IncrementId`.
    pub suffix: String,
    /// Type.
    pub kind: PhpType,
}

/// A type, in doc blocks and in PHP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhpType {
    /// Base type.
    pub base: PhpBase,
    /// True for a list of the base type.
    pub is_list: bool,
    /// True if null is allowed.
    pub is_nullable: bool,
}

/// Base of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhpBase {
    /// `string`, `int`, `float`, `bool`, `mixed` or `array`.
    Scalar(String),
    /// Full name of a class or interface, without a leading backslash.
    Class(String),
}

impl PhpType {
    /// Creates the type of a class or interface.
    #[must_use]
    pub fn class(name: impl Into<String>) -> Self {
        Self { base: PhpBase::Class(name.into()), is_list: false, is_nullable: false }
    }

    /// Returns true for an object that may be null (docs/magento/web-api.md#null-object).
    #[must_use]
    pub fn is_optional_object(&self) -> bool {
        self.is_nullable && !self.is_list && matches!(self.base, PhpBase::Class(_))
    }
}
