//! Access as JSON.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{cli::access::subject::Subject, resolve::OpenRoute};

/// Permissions of integrations. Includes everything that holds in any release of the target.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonAccess<'a> {
    /// Integrations of all specs.
    integrations: Vec<IntegrationAccess<'a>>,
}

/// Integration with its permissions.
#[derive(Serialize, JsonSchema)]
struct IntegrationAccess<'a> {
    /// Name of the integration.
    name: &'a str,
    /// Releases of the target whose ACL and routes were not read from their code, below `deduced` and `assumed`.
    not_verified: BTreeMap<String, Vec<String>>,
    /// Resources that `resources` lists.
    requested: BTreeSet<&'a str>,
    /// Resources that `calls` need.
    derived: BTreeSet<&'a str>,
    /// Resources that Magento adds as ancestors.
    implied: BTreeSet<&'a str>,
    /// Resources that at least one release grants.
    effective: Vec<&'a str>,
    /// Calls to routes of Adobe Commerce whose permission is not public.
    unpublished: Vec<&'a str>,
    /// Routes that the integration can call; those that need no permission only if a call asks for them.
    routes: Vec<OpenedRoute<'a>>,
}

/// Route that an integration can call.
#[derive(Serialize, JsonSchema)]
struct OpenedRoute<'a> {
    /// HTTP method.
    method: &'a str,
    /// Path, with its parameters as `:name`.
    path: &'a str,
    /// Resources that it needs.
    needs: BTreeSet<&'a str>,
    /// True if a call of the spec asks for it.
    asked_for: bool,
}

/// Builds the document.
pub(super) fn document<'a>(subjects: &'a [Subject<'a>]) -> JsonAccess<'a> {
    JsonAccess { integrations: subjects.iter().map(integration).collect() }
}

fn integration<'a>(subject: &'a Subject<'a>) -> IntegrationAccess<'a> {
    let route = |it: &'a OpenRoute<'a>| OpenedRoute {
        method: &it.route.method,
        path: &it.route.path,
        needs: it.route.ids(it.releases),
        asked_for: it.asked_for.is_some(),
    };
    IntegrationAccess {
        name: subject.integration.name.as_str(),
        not_verified: subject.catalog.unverified_runs(subject.resolved.target.releases),
        requested: subject.requested(),
        derived: subject.derived(),
        implied: subject.implied(),
        effective: subject.reach.granted.keys().copied().collect(),
        unpublished: subject.unpublished().map(|(call, _)| call).collect(),
        routes: subject.reach.routes.iter().map(route).collect(),
    }
}
