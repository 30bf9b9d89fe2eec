//! Routes that the integrations of a spec can call, in each format.

use anstyle::Style;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    cli::{
        output::{List, csv_row, table},
        routes::listing::needs_in_words,
    },
    diag::{plural, render::versioned, styled},
    names::IntegrationName,
    project::ResolvedSpec,
    resolve::{OpenRoute, Reach, Selection},
};

/// Routes that integrations can call.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonGrantedRoutes<'a> {
    /// Integrations of the spec.
    integrations: Vec<IntegrationRoutes<'a>>,
}

/// Integration with the routes that it can call.
#[derive(Serialize, JsonSchema)]
struct IntegrationRoutes<'a> {
    /// Name of the integration.
    name: &'a str,
    /// Routes that it can call; those that need no permission only if a call asks for them.
    routes: Vec<GrantedRoute>,
}

/// Route that an integration can call.
#[derive(Serialize, JsonSchema)]
struct GrantedRoute {
    /// HTTP method.
    method: String,
    /// Path, with its parameters as `:name`.
    path: String,
    /// Resources that it needs.
    needs: Vec<String>,
    /// True if a call of the spec asks for it.
    asked_for: bool,
    /// Releases in which the integration can call it, as ranges.
    releases: Vec<String>,
}

/// Integrations of a spec.
pub(super) struct Granted<'a> {
    pub(super) scoped: &'a ResolvedSpec,
}

impl Granted<'_> {
    fn integrations(&self) -> impl Iterator<Item = (&IntegrationName, &Selection, Reach<'_>)> {
        let ResolvedSpec { spec, resolved, .. } = self.scoped;
        let integrations = spec.integration.iter().zip(&resolved.selections);
        integrations.map(|(integration, selection)| {
            (&integration.name, selection, resolved.reach(self.scoped.catalog(), selection))
        })
    }

    /// Lists routes; requested ones appear as they are called, some of them queued.
    fn routes(&self, opened: &[&OpenRoute<'_>], selection: &Selection) -> String {
        let row = |it: &&OpenRoute<'_>| {
            let needs: Vec<_> = it.route.needs_in(it.releases).collect();
            let needs = needs_in_words(self.scoped.catalog(), &needs, self.scoped.resolved.target.releases);
            let name = it.asked_for.and_then(|at| selection.calls.get(at).map(|call| call.name.clone()));
            let name = name.unwrap_or_else(|| it.route.to_string());
            let (method, path) = name.split_once(' ').unwrap_or(("", &name));
            [format!("  {method}"), path.to_owned(), needs]
        };
        table(opened.iter().map(row))
    }
}

impl List for Granted<'_> {
    fn human(&self) -> String {
        let bold = Style::new().bold();
        let mut text = String::new();
        for (name, selection, reach) in self.integrations() {
            let (asked, others): (Vec<_>, Vec<_>) =
                reach.routes.iter().partition(|opened| opened.asked_for.is_some());
            for (routes, which) in [(&asked, "requested"), (&others, "open, but not requested")] {
                let heading = format!("{name}: {} {which}", plural(routes.len(), "route"));
                text += &format!("{}\n{}", styled(bold, heading), self.routes(routes, selection));
            }
            text += &format!("and {} open to everyone\n", plural(reach.free, "other route"));
        }
        text
    }

    fn json(&self) -> Value {
        let route = |it: &OpenRoute<'_>| GrantedRoute {
            method: it.route.method.to_string(),
            path: it.route.path.to_string(),
            needs: it.route.ids(it.releases).into_iter().map(str::to_owned).collect(),
            asked_for: it.asked_for.is_some(),
            releases: self.scoped.catalog().runs(it.releases),
        };
        let integrations = self.integrations().map(|(name, _, reach)| IntegrationRoutes {
            name: name.as_str(),
            routes: reach.routes.iter().map(route).collect(),
        });
        versioned(&JsonGrantedRoutes { integrations: integrations.collect() })
    }

    fn csv(&self) -> String {
        let mut csv = csv_row(["integration", "method", "path", "resources", "asked_for", "releases"]);
        for (name, _, reach) in self.integrations() {
            for it in &reach.routes {
                let needs: Vec<&str> = it.route.ids(it.releases).into_iter().collect();
                let releases = self.scoped.catalog().runs(it.releases).join(" ");
                let asked_for = if it.asked_for.is_some() { "1" } else { "0" };
                let needs = needs.join(" ");
                csv +=
                    &csv_row([name.as_str(), &it.route.method, &it.route.path, &needs, asked_for, &releases]);
            }
        }
        csv
    }
}
