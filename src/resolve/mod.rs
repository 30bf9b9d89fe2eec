//! A spec with everything it names looked up in the catalog, and nothing judged.

mod call;
mod reach;
mod selection;
mod target;

pub use call::ResolvedCall;
pub use reach::{OpenRoute, Reach};
pub use selection::{EntryEffect, Selection};
pub use target::Unresolved;

use crate::{
    catalog::{AclTable, Catalog, OwnResource, OwnRoute, ReleaseSet, RouteTable, Target, behaviour},
    spec::{Integration, IntegrationFormat, Loaded, Spec},
};

/// The spec's names, looked up in every release of its target.
///
/// Stages after `resolve` read the target, the resources and the calls from here; none parses them again.
#[derive(Debug)]
pub struct Resolved {
    /// The releases of the target; never 2.0 together with later ones, unless the module uses the legacy format.
    pub target: Target,
    /// Whether the module declares its integrations with the legacy pair: names are then taken as given, no ancestors
    /// are added, and an integration is updated in place (docs/magento/files-and-schemas.md#legacy-in-place and
    /// docs/magento/resolving-permissions.md#legacy-names).
    pub is_legacy: bool,
    /// The ACL of those releases, with the module's own resources.
    pub acl: AclTable,
    /// The module's own routes.
    pub own_routes: RouteTable,
    /// The resources and calls of each integration, in the order of the spec.
    pub selections: Vec<Selection>,
}

/// Looks up a spec. If the catalog is that of a shop which already has the module, the shop is taken as it was before.
///
/// # Errors
/// If there is no spec, or its target has no releases that the spec could be looked up in.
pub fn resolve(loaded: &Loaded, catalog: &Catalog) -> Result<Resolved, Unresolved> {
    let spec = loaded.spec.as_ref().ok_or(Unresolved::NoSpec)?;
    let catalog = &*catalog.beside(&spec.module.name);
    let target = target::resolve(spec, catalog)?;
    let is_legacy = spec.module.format == IntegrationFormat::Legacy
        || !catalog.those(target.releases, behaviour::is_legacy).is_empty();
    let acl = acl(spec, catalog, target.releases);
    let own_routes = own_routes(spec, catalog);
    let selection = |integration: &Integration| {
        let calls = integration.calls.iter();
        let calls =
            calls.map(|entry| ResolvedCall::of(catalog, Some(&own_routes), entry.call(), target.releases));
        Selection::of(&integration.resources, &acl, target.releases).with_calls(calls.collect())
    };
    let selections = spec.integration.iter().map(selection).collect();
    Ok(Resolved { target, is_legacy, acl, own_routes, selections })
}

/// The ACL of some releases, with the module's own resources.
#[must_use]
pub fn acl(spec: &Spec, catalog: &Catalog, releases: ReleaseSet) -> AclTable {
    let own = spec.acl_entries().into_iter().map(|entry| OwnResource {
        id: entry.id.to_string(),
        title: entry.title.to_string(),
        parent: Some(entry.parent.to_string()),
        sort_order: entry.sort_order,
    });
    catalog.acl(releases, &spec.module.name, own)
}

/// The module's own routes, which every release has.
fn own_routes(spec: &Spec, catalog: &Catalog) -> RouteTable {
    let methods = spec.service.iter().flat_map(|service| &service.method);
    let routes = methods.map(|method| OwnRoute {
        method: method.route.method().to_owned(),
        path: method.route.path().to_owned(),
        refs: method.acl.as_slice().iter().map(ToString::to_string).collect(),
    });
    RouteTable::own(routes, catalog.all())
}
