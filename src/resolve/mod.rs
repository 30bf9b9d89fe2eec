//! Resolves a spec: everything that it names is looked up in the catalog, and nothing is judged.

mod call;
mod reach;
mod selection;
mod target;
mod views;

pub use call::ResolvedCall;
pub use reach::{OpenRoute, Reach};
pub use selection::{EntryEffect, Selection};
pub use target::Unresolved;
pub use views::{ShopView, Views};

use std::sync::Arc;

use crate::{
    catalog::{AclTable, Catalog, OwnResource, OwnRoute, ReleaseSet, RouteTable, Target, behaviour},
    names::AclId,
    spec::{AclEntry, DEEPEST, Integration, IntegrationFormat, Loaded, Spec, depths},
};

/// Greatest number of resources that the patterns of all integrations match: each is listed wherever it is granted.
pub const MOST_MATCHES: usize = 100_000;

/// Spec with its names resolved in every release of its target.
///
/// Later stages read the target, the resources and the calls from here instead of parsing them again.
#[derive(Debug)]
pub struct Resolved {
    /// Releases of the target; 2.0 together with later ones only in the legacy format.
    pub target: Target,
    /// True if the module declares its integrations with the legacy pair: Magento then takes names as given, adds no
    /// ancestors, and updates an integration in place (docs/magento/files-and-schemas.md#legacy-in-place and
    /// docs/magento/resolving-permissions.md#legacy-names).
    pub is_legacy: bool,
    /// ACL of those releases, including the module's own resources.
    pub acl: Arc<AclTable>,
    /// Routes that the module declares.
    pub own_routes: RouteTable,
    /// Resources and calls of each integration, in the order of the spec.
    pub selections: Vec<Selection>,
}

/// Resolves a spec. If the catalog is of a shop that already has the module, it is used without the module.
///
/// # Errors
/// Fails if there is no spec, or its target has no releases that the spec can be resolved in.
pub fn resolve(loaded: &Loaded, catalog: &Catalog) -> Result<Resolved, Unresolved> {
    let spec = loaded.spec.as_ref().ok_or(Unresolved::NoSpec)?;
    let catalog = &*catalog.beside(&spec.module.name);
    let target = target::resolve(spec, catalog)?;
    let is_legacy = spec.module.format == IntegrationFormat::Legacy
        || !catalog.those(target.releases, behaviour::is_legacy).is_empty();
    let acl = acl(spec, catalog, target.releases);
    let own_routes = own_routes(spec, catalog);
    let mut left = MOST_MATCHES;
    let selection = |integration: &Integration| {
        let calls = integration.calls.iter();
        let calls =
            calls.map(|entry| ResolvedCall::of(catalog, Some(&own_routes), entry.call(), target.releases));
        let selection = Selection::of(&integration.resources, &acl, target.releases, &mut left)?;
        Some(selection.with_calls(calls.collect()))
    };
    let selections: Option<Vec<Selection>> = spec.integration.iter().map(selection).collect();
    let Some(selections) = selections else { return Err(Unresolved::TooManyMatches(Box::new(target))) };
    Ok(Resolved { target, is_legacy, acl, own_routes, selections })
}

impl Resolved {
    /// Returns true if a selection grants everything: the legacy pair does if it lists `Magento_Backend::all` alone
    /// (docs/magento/database.md#everything-rule).
    #[must_use]
    pub fn grants_everything(&self, selection: &Selection) -> bool {
        self.is_legacy && selection.ids.iter().eq([AclId::ALL])
    }
}

/// ACL of some releases, including the module's own resources.
#[must_use]
pub fn acl(spec: &Spec, catalog: &Catalog, releases: ReleaseSet) -> Arc<AclTable> {
    let entries = spec.acl_entries();
    let depths = depths(&entries);
    // Deeper resources are reported by a rule; comparing each with all its ancestors would take too long.
    let is_shallow =
        |entry: &AclEntry<'_>| depths.get(entry.id.as_str()).is_none_or(|depth| *depth <= DEEPEST);
    let own = entries.iter().filter(|entry| is_shallow(entry)).map(|entry| OwnResource {
        id: entry.id.to_string(),
        title: entry.title.to_string(),
        parent: Some(entry.parent.to_string()),
        sort_order: entry.sort_order,
    });
    let parents = spec.acl_parents().into_iter().map(|(_, parent, above)| OwnResource {
        id: parent.id.to_string(),
        title: parent.title.as_ref().map_or_else(|| parent.id.to_string(), ToString::to_string),
        parent: Some(above.map_or(AclId::ADMIN, AclId::as_str).to_owned()),
        sort_order: parent.sort_order.unwrap_or_default(),
    });
    catalog.acl(releases, &spec.module.name, parents.chain(own))
}

/// Routes that the module declares, in every release.
fn own_routes(spec: &Spec, catalog: &Catalog) -> RouteTable {
    let methods = spec.service.iter().flat_map(|service| &service.method);
    let routes = methods.map(|method| OwnRoute {
        method: method.route.method().to_owned(),
        path: method.route.path().to_owned(),
        refs: method.acl.as_slice().iter().map(ToString::to_string).collect(),
    });
    RouteTable::own(routes, catalog.all())
}
