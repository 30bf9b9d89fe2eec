//! The module's own REST API.

use crate::names::{ClassName, MethodName};

/// Services and what they take and answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api {
    /// In the order of the spec.
    pub services: Vec<Service>,
    /// In the order of the spec.
    pub data: Vec<Data>,
}

/// A service: an interface, and the class that the user continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// `OrderExport`.
    pub name: ClassName,
    /// What it is about, in one line.
    pub description: String,
    /// In the order of the spec; at least one.
    pub methods: Vec<Method>,
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
    /// What the caller needs: ACL resources, `anonymous` or `self`.
    pub access: Vec<String>,
    /// Those of the path in its order, then those of the body.
    pub parameters: Vec<Parameter>,
    /// What it answers; none for nothing.
    pub returns: Option<PhpType>,
    /// Whether it is a search.
    pub is_search: bool,
    /// What it does, in one line.
    pub description: String,
}

/// A parameter of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Without the dollar sign.
    pub name: String,
    /// Its type.
    pub kind: PhpType,
}

/// A data object: an interface and its class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data {
    /// `ExportResult`.
    pub name: ClassName,
    /// What it is, in one line.
    pub description: String,
    /// In the order of the spec.
    pub fields: Vec<Field>,
    /// What a page of them is, in one line; none if no search answers them.
    pub page: Option<String>,
}

/// A field of a data object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Behind `get` and `set`: `IncrementId`.
    pub suffix: String,
    /// What it is called within a sentence: `increment ID`.
    pub label: String,
    /// Its type.
    pub kind: PhpType,
}

/// A type, as both a doc block and PHP say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhpType {
    /// What it is made of.
    pub base: PhpBase,
    /// Whether it is a list of that.
    pub is_list: bool,
    /// Whether it may be null.
    pub is_nullable: bool,
}

/// What a type is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhpBase {
    /// `string`, `int`, `float` or `bool`.
    Scalar(String),
    /// The full name of a class or an interface, without a backslash in front.
    Class(String),
}

impl PhpType {
    /// The class or interface itself.
    #[must_use]
    pub fn class(name: impl Into<String>) -> Self {
        Self { base: PhpBase::Class(name.into()), is_list: false, is_nullable: false }
    }
}
