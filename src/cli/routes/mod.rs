//! `magespec routes`.

mod changed;
mod granted;
mod listing;

use camino::Utf8PathBuf;

pub(super) use self::{
    changed::{JsonRouteChange, JsonRouteChanges, RouteComparison},
    granted::JsonGrantedRoutes,
    listing::JsonRoutes,
};
use self::{granted::Granted, listing::RouteListing};
use crate::{
    catalog::{Catalog, Found, Query, ReleaseSet, Route, SearchText},
    cli::{
        Outcome,
        arguments::{CatalogSource, EditionOption, ReleaseQuery, Releases, print_basis},
        output::{Listing, note, note_ignored, print_findings, unknown_resource},
    },
    diag::Failure,
    names::{Call, Mode},
    project::{ResolvedSpec, one_spec},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Path, or words to search for in methods, paths and ids [default: all routes]
    #[arg(value_name = "QUERY", conflicts_with = "changed")]
    query: Vec<String>,
    /// Show only routes that need this ACL resource
    #[arg(long, value_name = "ID", conflicts_with = "changed")]
    needs: Option<String>,
    /// Show the routes that each integration of this spec can call in its target, and which of them it did not request
    #[arg(long, value_name = "SPEC", conflicts_with_all = ["query", "needs", "changed", "target", "edition"])]
    granted_by: Option<Utf8PathBuf>,
    #[command(flatten)]
    releases: Releases,
    #[command(flatten)]
    edition: EditionOption,
    #[command(flatten)]
    catalog_source: CatalogSource,
    #[command(flatten)]
    listing: Listing,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let catalogs = args.catalog_source.store()?;
    let catalog = catalogs.catalog().of_edition(args.edition.edition);
    if let Some(spec) = &args.granted_by {
        let spec = one_spec(spec)?;
        let (scoped, report) = ResolvedSpec::read(&spec, &catalogs);
        print_findings([&report])?;
        let Some(scoped) = scoped else { return Ok(Outcome::Failed) };
        args.listing.print(&Granted { scoped: &scoped })?;
        return Ok(Outcome::Fine);
    }
    match args.releases.asked(catalog) {
        Ok(ReleaseQuery::Target(releases)) => args.show(catalog, releases),
        Ok(ReleaseQuery::Changed(from, to)) => {
            print_basis(catalog, [from, to].into_iter().collect())?;
            args.listing.print(&RouteComparison { catalog, from, to })?;
            Ok(Outcome::Fine)
        }
        Err(message) => Err(message),
    }
}

impl Args {
    fn show(&self, catalog: &Catalog, releases: ReleaseSet) -> Result<Outcome, Failure> {
        print_basis(catalog, releases)?;
        let is_there = |route: &&Route| !(route.releases() & releases).is_empty();
        let mut routes: Vec<&Route> = catalog.routes().iter().filter(is_there).collect();
        if let Some(id) = &self.needs {
            routes.retain(|route| route.ids(releases).contains(id.as_str()));
            if routes.is_empty() {
                let acl = catalog.shipped_acl(releases);
                if acl.ids().all(|other| other != id) {
                    return Err(unknown_resource(id, catalog, &acl, releases).into());
                }
                note(format!("no route needs {id} in {}", catalog.describe(catalog.known_or_all(releases))))?;
            }
        }
        let query = self.query.join(" ");
        let mut ignored = Vec::new();
        if !query.is_empty() && !routes.is_empty() {
            let mut found = hits(&query, catalog, routes, releases);
            let elsewhere = || self.elsewhere(&query, catalog);
            if let Some(elsewhere) = found.is_partial().then(elsewhere).flatten() {
                found = Found::default();
                note(format!("{}; {elsewhere}", nothing(&query, catalog, releases)))?;
            } else if found.items.is_empty() {
                note(nothing(&query, catalog, releases))?;
            }
            note_ignored("route", &query, &found)?;
            (routes, ignored) = (found.items, found.ignored);
        }
        self.listing.print(&RouteListing { catalog, releases, routes, ignored })?;
        Ok(Outcome::Fine)
    }

    /// Says in which other releases a route matches the query.
    fn elsewhere(&self, query: &str, catalog: &Catalog) -> Option<String> {
        let found = hits(query, catalog, catalog.routes().iter().collect(), catalog.all());
        let hit = found.items.first().filter(|_| found.ignored.is_empty() && self.needs.is_none())?;
        let there = catalog.describe(catalog.known_or_all(hit.releases()));
        Some(format!("{hit} exists in {there} (use --target \"*\" to search all releases)"))
    }
}

fn nothing(query: &str, catalog: &Catalog, releases: ReleaseSet) -> String {
    format!("no route matches `{query}` in {}", catalog.describe(catalog.known_or_all(releases)))
}

/// Lists the matches of the query, best first; for a path, its routes alone.
fn hits<'a>(
    query: &str,
    catalog: &'a Catalog,
    routes: Vec<&'a Route>,
    releases: ReleaseSet,
) -> Found<&'a Route> {
    let calls = calls(query);
    let mut on_path = catalog.answering(&calls, releases);
    on_path.retain(|route| routes.contains(route));
    // The words of a queued call would match routes that it is not queued for.
    if !on_path.is_empty() || calls.iter().any(|call| call.mode() != Mode::Direct) {
        return Found { items: on_path, ..Found::default() };
    }
    let text = |route: &&Route| {
        let ids: Vec<&str> = route.ids(releases).into_iter().collect();
        let mut steps = route.path.splitn(3, '/').skip(1);
        let (version, path) = (steps.next().unwrap_or_default(), steps.next().unwrap_or_default());
        let hints = format!("{} {} {version} rest {}", route.method, verbs(&route.method), ids.join(" "));
        SearchText { name: path.to_owned(), hints }
    };
    Query::new(query).search(routes, text)
}

/// Words for what a method does.
fn verbs(method: &str) -> &'static str {
    match method {
        "GET" => "read list find search show view",
        "POST" => "create add make new place upload import",
        "PUT" => "update change edit modify set save replace place",
        _ => "remove drop",
    }
}

/// Reads the query as calls: itself, or its path with each method; none without a path.
fn calls(query: &str) -> Vec<Call> {
    let with_method = |method| Call::new(format!("{method} {query}")).ok();
    match Call::new(query) {
        Ok(call) => vec![call],
        Err(_) => ["GET", "POST", "PUT", "DELETE"].into_iter().filter_map(with_method).collect(),
    }
}
