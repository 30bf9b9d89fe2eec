//! `magespec acl`.

mod changed;
mod listing;

use self::listing::{AclLayout, AclListing};
pub(super) use self::{
    changed::{AclComparison, JsonAclChange, JsonAclChanges},
    listing::JsonAcl,
};
use crate::{
    catalog::{AclResource, AclTable, Catalog, Found, Query, ReleaseSet, SearchText},
    cli::{
        Outcome,
        arguments::{CatalogSource, ReleaseQuery, Releases, print_basis},
        output::{Listing, note, note_ignored, unknown_resource},
    },
    diag::Failure,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Id, or words to search for in ids and titles [default: the whole tree]
    #[arg(value_name = "QUERY", conflicts_with = "changed")]
    query: Vec<String>,
    /// Show the matches as a tree
    #[arg(long, conflicts_with = "changed")]
    tree: bool,
    /// Show only this resource and its descendants
    #[arg(long, value_name = "ID", conflicts_with = "changed")]
    under: Option<String>,
    /// List the REST routes that need each resource
    #[arg(long, conflicts_with = "changed")]
    routes: bool,
    #[command(flatten)]
    releases: Releases,
    #[command(flatten)]
    catalog_source: CatalogSource,
    #[command(flatten)]
    listing: Listing,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let catalogs = args.catalog_source.store()?;
    let catalog = catalogs.catalog();
    match args.releases.asked(catalog) {
        Ok(ReleaseQuery::Target(releases)) => args.show(catalog, releases),
        Ok(ReleaseQuery::Changed(from, to)) => {
            print_basis(catalog, [from, to].into_iter().collect())?;
            args.listing.print(&AclComparison::new(catalog, from, to))?;
            Ok(Outcome::Fine)
        }
        Err(message) => Err(message),
    }
}

impl Args {
    fn show(&self, catalog: &Catalog, releases: ReleaseSet) -> Result<Outcome, Failure> {
        print_basis(catalog, releases)?;
        let acl = catalog.shipped_acl(releases);
        let mut resources = acl.tree();
        if let Some(id) = &self.under {
            match resources.iter().position(|resource| resource.id == id) {
                Some(at) => resources = subtree(&resources[at..]),
                None => return Err(unknown_resource(id, catalog, &acl, releases).into()),
            }
        }
        let query = self.query.join(" ");
        let layout = if self.tree || query.is_empty() { AclLayout::Tree } else { AclLayout::Hits };
        let mut ignored = Vec::new();
        if !query.is_empty() {
            let mut found = hits(&query, &acl, resources.clone());
            if let Some(elsewhere) = found.is_partial().then(|| elsewhere(&query, catalog)).flatten() {
                found = Found::default();
                note(format!("{}; {elsewhere}", nothing(&query, catalog, releases)))?;
            } else if found.items.is_empty() {
                note(nothing(&query, catalog, releases))?;
            }
            note_ignored("resource", &query, &found)?;
            ignored = found.ignored;
            resources = match layout {
                AclLayout::Tree => with_ancestors(&found.items, resources),
                AclLayout::Hits => found.items,
            };
        }
        let routes = catalog.routes().by_resource(releases);
        let listing = AclListing {
            catalog,
            acl: &acl,
            releases,
            layout,
            lists_routes: self.routes,
            resources,
            routes,
            ignored,
        };
        self.listing.print(&listing)?;
        Ok(Outcome::Fine)
    }
}

/// Takes the first resource and its descendants, which follow it.
fn subtree<'a>(resources: &[AclResource<'a>]) -> Vec<AclResource<'a>> {
    let top = resources[0].depth;
    let below = resources[1..].iter().take_while(|resource| resource.depth > top);
    let moved_up =
        |resource: &AclResource<'a>| AclResource { depth: resource.depth - top, ..resource.clone() };
    resources[..1].iter().chain(below).map(moved_up).collect()
}

/// Lists the matches of the query, best first; for an id, that resource alone.
fn hits<'a>(query: &str, acl: &AclTable, resources: Vec<AclResource<'a>>) -> Found<AclResource<'a>> {
    if let Some(exact) = resources.iter().find(|resource| resource.id.eq_ignore_ascii_case(query)) {
        return Found { items: vec![exact.clone()], ..Found::default() };
    }
    let text = |resource: &AclResource<'_>| {
        let (vendor, id) = resource.id.split_once('_').unwrap_or(("", resource.id));
        SearchText {
            name: format!("{id} {}", acl.title_path(resource.id).join(" ")),
            hints: vendor.to_owned(),
        }
    };
    Query::new(query).search(resources, text)
}

/// Adds the ancestors of the matches, in the order of the tree.
fn with_ancestors<'a>(hits: &[AclResource<'a>], tree: Vec<AclResource<'a>>) -> Vec<AclResource<'a>> {
    let mut kept: Vec<AclResource<'a>> = Vec::new();
    // From the leaves up: keeps each match and the parent of each resource that is kept.
    for resource in tree.into_iter().rev() {
        let is_above = kept.last().is_some_and(|below| below.parent == Some(resource.id));
        if is_above || hits.contains(&resource) {
            kept.push(resource);
        }
    }
    kept.reverse();
    kept
}

fn nothing(query: &str, catalog: &Catalog, releases: ReleaseSet) -> String {
    format!("no resource matches `{query}` in {}", catalog.describe(catalog.known_or_all(releases)))
}

/// Says in which other releases a resource matches the query.
fn elsewhere(query: &str, catalog: &Catalog) -> Option<String> {
    let everywhere = catalog.shipped_acl(catalog.all());
    let found = hits(query, &everywhere, everywhere.tree());
    let hit = found.items.first().filter(|_| found.ignored.is_empty())?;
    let there = catalog.describe(catalog.ever(hit.id));
    Some(format!("{} exists in {there} (use --target \"*\" to search all releases)", hit.id))
}
