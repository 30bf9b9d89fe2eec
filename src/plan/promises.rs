//! What others rely on: whoever calls the module's routes, saved its settings, receives its webhooks, or reads its tables.

use std::collections::{BTreeMap, BTreeSet};

use super::RouteName;

/// All that others rely on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Promises {
    /// The module's own REST routes.
    pub routes: BTreeMap<RouteName, RoutePromise>,
    /// The fields of its data interfaces, each with its type.
    pub data: BTreeMap<String, BTreeMap<String, String>>,
    /// The paths of its settings: `acme_erpbridge/connection/base_url`.
    pub settings: BTreeSet<String>,
    /// The topics of its webhooks, with their fields and the types of these.
    pub topics: BTreeMap<String, BTreeMap<String, String>>,
    /// The columns of its tables.
    pub tables: BTreeMap<String, BTreeSet<String>>,
    /// The columns that db_schema_whitelist.json lists: of those Magento drops the ones that are no longer declared.
    pub droppable: BTreeMap<String, BTreeSet<String>>,
}

/// What is promised of a route.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoutePromise {
    /// What the caller needs: ACL resources, `anonymous` or `self`.
    pub access: BTreeSet<String>,
    /// What it takes and answers, as the doc block of its method has it: `string $incrementId`. None where the method could
    /// not be read.
    pub method: Option<MethodPromise>,
}

/// What is promised of a method.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MethodPromise {
    /// Type and name of each parameter.
    pub parameters: Vec<String>,
    /// The type that it answers.
    pub returns: String,
}
