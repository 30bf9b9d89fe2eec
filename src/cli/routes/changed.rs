//! Changes between the routes of two releases, in each format.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    catalog::{Access, Catalog, ReleaseId, RouteChange, RouteChanged},
    cli::output::{List, csv_row, table},
    diag::render::versioned,
};

/// Comparison of two releases.
pub(in crate::cli) struct RouteComparison<'a> {
    pub(in crate::cli) catalog: &'a Catalog,
    pub(in crate::cli) from: ReleaseId,
    pub(in crate::cli) to: ReleaseId,
}

impl RouteComparison<'_> {
    fn versions(&self) -> [String; 2] {
        [self.from, self.to].map(|release| self.catalog.runs([release].into_iter().collect()).concat())
    }

    fn changes(&self) -> Vec<RouteChanged<'_>> {
        self.catalog.routes().changes(self.from, self.to)
    }

    /// Changes for documents.
    pub(in crate::cli) fn json_changes(&self) -> Vec<JsonRouteChange> {
        let change = |it: RouteChanged<'_>| {
            let [from, to] = before_and_after(&it.change)
                .map(|access| access.map(|access| access.refs().into_iter().map(str::to_owned).collect()));
            JsonRouteChange {
                change: it.change.word(),
                method: it.route.method.to_string(),
                path: it.route.path.to_string(),
                from,
                to,
            }
        };
        self.changes().into_iter().map(change).collect()
    }
}

/// Changes of the routes.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonRouteChanges {
    /// Release before.
    from: String,
    /// Release after.
    to: String,
    /// Releases among them whose routes were not read from their code, below `deduced` and `assumed`.
    not_verified: BTreeMap<String, Vec<String>>,
    /// Changes, by kind and path.
    changes: Vec<JsonRouteChange>,
}

/// Change of a route.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonRouteChange {
    /// Kind of the change; `needs` if other permissions are needed.
    #[schemars(extend("enum" = ["added", "removed", "needs"]))]
    change: &'static str,
    /// HTTP method.
    method: String,
    /// Path, with its parameters as `:name`.
    path: String,
    /// Permissions that it needed before; null if it is new.
    from: Option<Vec<String>>,
    /// Permissions that it needs after; null if it is removed.
    to: Option<Vec<String>>,
}

/// Previous and current permissions.
fn before_and_after<'a>(change: &RouteChange<'a>) -> [Option<&'a Access>; 2] {
    match *change {
        RouteChange::Added(new) => [None, Some(new)],
        RouteChange::Removed(old) => [Some(old), None],
        RouteChange::Needs { from, to } => [Some(from), Some(to)],
    }
}

impl List for RouteComparison<'_> {
    fn human(&self) -> String {
        let changes = self.changes();
        if changes.is_empty() {
            let [from, to] = self.versions();
            return format!("the routes are the same in {from} and {to}\n");
        }
        let row = |it: &RouteChanged<'_>| {
            let needs = match it.change {
                RouteChange::Added(access) | RouteChange::Removed(access) => access.to_string(),
                RouteChange::Needs { from, to } => format!("{to}, no longer {from}"),
            };
            [it.change.word().to_owned(), it.route.method.to_string(), it.route.path.to_string(), needs]
        };
        table(changes.iter().map(row))
    }

    fn json(&self) -> Value {
        let [from, to] = self.versions();
        versioned(&JsonRouteChanges {
            from,
            to,
            not_verified: self.catalog.unverified_runs([self.from, self.to].into_iter().collect()),
            changes: self.json_changes(),
        })
    }

    fn csv(&self) -> String {
        let row = |it: &RouteChanged<'_>| {
            let needs = |access: Option<&Access>| access.map(|access| access.refs().join(" "));
            let [from, to] = before_and_after(&it.change).map(|access| needs(access).unwrap_or_default());
            csv_row([it.change.word(), &it.route.method, &it.route.path, &from, &to])
        };
        let head = csv_row(["change", "method", "path", "from", "to"]);
        [head].into_iter().chain(self.changes().iter().map(row)).collect()
    }
}
