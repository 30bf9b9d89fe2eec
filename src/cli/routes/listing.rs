//! REST routes, in each format.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    catalog::{Access, Catalog, ReleaseSet, Route, RouteNeed},
    cli::output::{List, csv_row, table},
    diag::render::versioned,
};

/// REST routes.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonRoutes {
    /// Releases that were searched.
    target: Vec<String>,
    /// Releases among them whose routes were not read from their code, below `deduced` and `assumed`.
    not_verified: BTreeMap<String, Vec<String>>,
    /// Words of the query that were ignored, because nothing matches all.
    ignored_words: Vec<String>,
    /// Routes: by path, or the best match first.
    routes: Vec<ListedRoute>,
}

/// REST route.
#[derive(Serialize, JsonSchema)]
struct ListedRoute {
    /// HTTP method.
    method: String,
    /// Path, with its parameters as `:name`.
    path: String,
    /// Permissions that it needs; several if they differ between releases.
    needs: Vec<RoutePermission>,
}

/// Permissions that a route needs.
#[derive(Serialize, JsonSchema)]
struct RoutePermission {
    /// Ids of resources, as in webapi.xml; `anonymous`, `self` (customers only), or `unknown` if it is not published.
    resources: Vec<String>,
    /// Releases in which it needs them, as ranges.
    releases: Vec<String>,
}

/// Routes to list.
pub(super) struct RouteListing<'a> {
    pub(super) catalog: &'a Catalog,
    /// The selected releases.
    pub(super) releases: ReleaseSet,
    pub(super) routes: Vec<&'a Route>,
    /// Words of the query that were ignored.
    pub(super) ignored: Vec<String>,
}

/// Required permissions in words, with the releases if they do not hold in all of `releases`.
pub(super) fn needs_in_words(catalog: &Catalog, needs: &[RouteNeed], releases: ReleaseSet) -> String {
    let one = |need: &RouteNeed, when: String| match &need.access {
        Access::Anyone => format!("(no permission needed){when}"),
        Access::Customer => format!("(customers only){when}"),
        Access::Unpublished => format!("(permission not published){when}"),
        granted @ Access::Granted(_) => format!("{granted}{when}"),
    };
    if let [need] = needs {
        return one(need, catalog.when_in(need.releases, releases));
    }
    let parts: Vec<ReleaseSet> = needs.iter().map(|need| catalog.known_or_all(need.releases)).collect();
    let when = catalog.when(&parts).into_iter().map(|when| format!(" {when}"));
    let words: Vec<String> = needs.iter().zip(when).map(|(need, when)| one(need, when)).collect();
    words.join(", ")
}

impl RouteListing<'_> {
    fn needs(&self, route: &Route) -> Vec<RouteNeed> {
        route.needs_in(self.releases).collect()
    }
}

impl List for RouteListing<'_> {
    fn human(&self) -> String {
        let row = |route: &&Route| {
            let needs = needs_in_words(self.catalog, &self.needs(route), self.releases);
            [route.method.to_string(), route.path.to_string(), needs]
        };
        let head = (!self.routes.is_empty()).then(|| ["METHOD", "PATH", "REQUIRES"].map(str::to_owned));
        table(head.into_iter().chain(self.routes.iter().map(row)))
    }

    fn json(&self) -> Value {
        let need = |need: RouteNeed| RoutePermission {
            resources: need.access.refs().into_iter().map(str::to_owned).collect(),
            releases: self.catalog.runs(self.catalog.known(need.releases)),
        };
        let route = |route: &&Route| ListedRoute {
            method: route.method.to_string(),
            path: route.path.to_string(),
            needs: self.needs(route).into_iter().map(need).collect(),
        };
        versioned(&JsonRoutes {
            target: self.catalog.runs(self.releases),
            not_verified: self.catalog.unverified_runs(self.releases),
            ignored_words: self.ignored.clone(),
            routes: self.routes.iter().map(route).collect(),
        })
    }

    fn csv(&self) -> String {
        let rows = self.routes.iter().flat_map(|route| {
            self.needs(route).into_iter().map(|need| {
                let releases = self.catalog.runs(self.catalog.known(need.releases)).join(" ");
                csv_row([&*route.method, &*route.path, &need.access.refs().join(" "), &releases])
            })
        });
        [csv_row(["method", "path", "resources", "releases"])].into_iter().chain(rows).collect()
    }
}
