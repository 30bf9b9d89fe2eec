//! Integration whose access is shown.

use std::collections::BTreeSet;

use crate::{
    catalog::{Access, Catalog, ReleaseSet, RouteNeed},
    diag::plural,
    names::{Call, Line, ModuleName},
    project::ResolvedSpec,
    resolve::{OpenRoute, Reach, Resolved, Selection},
    spec::Integration,
};

/// Integration with its access.
pub(in crate::cli) struct Subject<'a> {
    pub(in crate::cli) catalog: &'a Catalog,
    pub(in crate::cli) module: &'a ModuleName,
    pub(in crate::cli) integration: &'a Integration,
    pub(in crate::cli) resolved: &'a Resolved,
    pub(in crate::cli) reach: Reach<'a>,
    selection: &'a Selection,
}

/// Permission that Magento grants.
pub(in crate::cli) struct GrantedPermission<'a> {
    pub(in crate::cli) id: &'a str,
    /// Its place in the role editor.
    pub(in crate::cli) path: String,
    /// Suffix such as ` in 2.4.4..2.4.6`.
    pub(in crate::cli) when: String,
    pub(in crate::cli) reason: PermissionReason<'a>,
}

impl PermissionReason<'_> {
    /// Reason as a sentence, with names between backticks.
    pub(in crate::cli) fn in_words(&self) -> String {
        match self {
            Self::Listed(entry) => format!("listed: `{entry}`"),
            Self::Needed(calls) => format!("for {}", quoted(calls.iter().copied())),
            Self::Above(id) => format!("ancestor of `{id}`, added by Magento"),
        }
    }
}

/// Names between backticks.
pub(in crate::cli) fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}

/// Reason for a permission.
pub(in crate::cli) enum PermissionReason<'a> {
    /// Listed by this entry of `resources`.
    Listed(&'a str),
    /// Needed by these calls.
    Needed(Vec<&'a str>),
    /// Added by Magento as an ancestor of this resource.
    Above(&'a str),
}

impl<'a> Subject<'a> {
    /// Lists the integrations of a spec.
    pub(in crate::cli) fn all(scoped: &'a ResolvedSpec) -> impl Iterator<Item = Self> {
        let ResolvedSpec { spec, resolved, .. } = scoped;
        let catalog = scoped.catalog();
        spec.integration.iter().zip(&resolved.selections).map(move |(integration, selection)| Self {
            catalog,
            module: &spec.module.name,
            integration,
            resolved,
            reach: resolved.reach(catalog, selection),
            selection,
        })
    }

    /// Permissions that `resources` list.
    pub(in crate::cli) fn requested(&self) -> BTreeSet<&'a str> {
        let ids = self.selection.ids.iter().map(String::as_str);
        ids.filter(|id| self.selection.entry_for(id, &self.integration.resources).is_some()).collect()
    }

    /// Permissions that `calls` need.
    pub(in crate::cli) fn derived(&self) -> BTreeSet<&'a str> {
        self.selection.calls.iter().flat_map(|call| call.ids()).collect()
    }

    /// Permissions that Magento adds.
    pub(in crate::cli) fn implied(&self) -> BTreeSet<&'a str> {
        self.reach.granted.keys().copied().filter(|id| !self.selection.ids.contains(*id)).collect()
    }

    /// Requested permissions that no release grants.
    pub(in crate::cli) fn refused(&self) -> BTreeSet<&'a str> {
        let ids = self.selection.ids.iter().map(String::as_str);
        ids.filter(|id| !self.reach.granted.contains_key(id)).collect()
    }

    /// Calls whose permission is not public, with the releases that have their routes.
    pub(in crate::cli) fn unpublished(&self) -> impl Iterator<Item = (&'a str, ReleaseSet)> {
        let releases = self.resolved.target.releases;
        let is_unpublished = |need: &RouteNeed| need.access == Access::Unpublished;
        let (catalog, calls) = (self.catalog, &self.selection.calls);
        calls.iter().filter_map(move |call| {
            let name = Call::new(call.name.as_str()).ok()?;
            let routes = catalog.routes().answering(&name);
            let needs = routes.flat_map(|route| route.needs_in(releases)).filter(is_unpublished);
            let unpublished = needs.fold(ReleaseSet::default(), |all, need| all | need.releases) & releases;
            (!unpublished.is_empty()).then_some((call.name.as_str(), unpublished))
        })
    }

    /// Permissions that Magento grants, in the order of the ACL.
    pub(in crate::cli) fn permissions(&self) -> impl Iterator<Item = GrantedPermission<'a>> {
        let tree = self.resolved.acl.tree().into_iter();
        tree.filter_map(|resource| {
            let releases = *self.reach.granted.get(resource.id)?;
            let path = self.resolved.acl.title_path(resource.id);
            let path = if path.is_empty() { resource.title.to_owned() } else { path.join(" › ") };
            Some(GrantedPermission {
                id: resource.id,
                path,
                when: self.when(releases),
                reason: self.reason(resource.id),
            })
        })
    }

    pub(in crate::cli) fn reason(&self, id: &'a str) -> PermissionReason<'a> {
        let calls = self.selection.calls.iter().filter(|call| call.ids().contains(id));
        let calls: Vec<&str> = calls.map(|call| call.name.as_str()).collect();
        if !calls.is_empty() {
            return PermissionReason::Needed(calls);
        }
        let entries = &self.integration.resources;
        if let Some(entry) = self.selection.entry_for(id, entries) {
            return PermissionReason::Listed(entries[entry].as_str());
        }
        let acl = &self.resolved.acl;
        let is_above = |other: &&String| acl.distinct().any(|it| acl.ancestors(other, it).contains(&id));
        PermissionReason::Above(self.selection.ids.iter().find(is_above).map_or(id, String::as_str))
    }

    /// Purpose of the call, if the spec states it.
    pub(in crate::cli) fn why(&self, opened: &OpenRoute<'_>) -> Option<&'a Line> {
        self.integration.calls.get(opened.asked_for?)?.why()
    }

    /// Name of the route, or of the requested call, which may be queued.
    pub(in crate::cli) fn name(&self, opened: &OpenRoute<'_>) -> String {
        let called = opened.asked_for.and_then(|place| self.selection.calls.get(place));
        called.map_or_else(|| opened.route.to_string(), |call| call.name.clone())
    }

    /// Splits the routes into requested and other ones.
    pub(in crate::cli) fn routes(&self) -> (Vec<&OpenRoute<'a>>, Vec<&OpenRoute<'a>>) {
        self.reach.routes.iter().partition(|opened| opened.asked_for.is_some())
    }

    /// Returns true if the spec lists calls.
    pub(in crate::cli) fn lists_calls(&self) -> bool {
        !self.integration.calls.is_empty()
    }

    /// Summarizes the access in numbers.
    pub(in crate::cli) fn summary(&self) -> String {
        let (asked, others) = self.routes();
        let permissions = plural(self.reach.granted.len(), "permission");
        let free = self.reach.free;
        let free =
            if free == 1 { "1 needs no permission".to_owned() } else { format!("{free} need no permission") };
        if self.lists_calls() {
            let asked = plural(asked.len(), "route");
            format!(
                "{permissions}; {asked} requested, {} more reachable with the same permissions; {free}",
                others.len()
            )
        } else {
            format!("{permissions}; {} reachable with them; {free}", plural(others.len(), "route"))
        }
    }

    /// Suffix such as ` in 2.4.4..2.4.6`, unless it holds in the whole target.
    pub(in crate::cli) fn when(&self, releases: ReleaseSet) -> String {
        self.catalog.when_in(releases, self.resolved.target.releases)
    }

    /// Subject of a statement that holds in no release or shop.
    pub(in crate::cli) fn none(&self) -> &'static str {
        if self.catalog.is_of_shops() { "no shop in question" } else { "no release of the target" }
    }

    /// Names the releases of the target.
    pub(in crate::cli) fn releases(&self) -> String {
        self.catalog.describe(self.resolved.target.releases)
    }
}
