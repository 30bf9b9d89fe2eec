//! Reach of an integration: the resources and routes open to it.

use std::collections::BTreeMap;

use super::{Resolved, Selection};
use crate::{
    catalog::{Access, Catalog, ReleaseSet, Route},
    names::{AclId, Call, Pattern},
};

/// Effective permissions of an integration in the releases of its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach<'a> {
    /// Resources that Magento grants it, with the releases that do.
    pub granted: BTreeMap<&'a str, ReleaseSet>,
    /// Routes that these resources open, and public routes among its calls; by path and then by method.
    pub routes: Vec<OpenRoute<'a>>,
    /// Number of other public routes in one of the releases.
    pub free: usize,
}

/// Route that is open to an integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRoute<'a> {
    /// The route.
    pub route: &'a Route,
    /// Releases of the target in which it is open.
    pub releases: ReleaseSet,
    /// Index of the call that it answers; none if the integration did not request the route.
    pub asked_for: Option<usize>,
}

impl Resolved {
    /// Computes the reach of a selection.
    #[must_use]
    pub fn reach<'a>(&'a self, catalog: &'a Catalog, selection: &'a Selection) -> Reach<'a> {
        let calls: Vec<Option<Call>> =
            selection.calls.iter().map(|call| Call::new(call.name.as_str()).ok()).collect();
        let tables = [catalog.routes(), &self.own_routes];
        let mut granted: BTreeMap<&str, ReleaseSet> = BTreeMap::new();
        let mut open: BTreeMap<(&str, &str), OpenRoute<'a>> = BTreeMap::new();
        for release in self.target.releases.iter() {
            let allowed = if self.grants_everything(selection) {
                let all = self.acl.select(Pattern::Subtree(AclId::ADMIN)).into_iter();
                all.filter(|(_, releases)| releases.contains(release)).map(|(id, _)| id).collect()
            } else {
                catalog.granted(&selection.ids, &self.acl, release)
            };
            for route in tables.into_iter().flat_map(|table| table.open_to(&allowed, release)) {
                let opened = open.entry((&route.path, &route.method)).or_insert_with(|| OpenRoute {
                    route,
                    releases: ReleaseSet::default(),
                    asked_for: None,
                });
                opened.releases.insert(release);
            }
            allowed.into_iter().for_each(|id| granted.entry(id).or_default().insert(release));
        }
        for (place, call) in
            calls.iter().enumerate().filter_map(|(place, call)| Some((place, call.as_ref()?)))
        {
            for route in tables.into_iter().flat_map(|table| table.answering(call)) {
                if let Some(opened) = open.get_mut(&(route.path.as_ref(), route.method.as_ref())) {
                    opened.asked_for.get_or_insert(place);
                }
            }
        }
        let needs_nothing = |it: &OpenRoute<'_>| {
            it.releases.iter().all(|release| it.route.access(release) == Some(&Access::Anyone))
        };
        let (free, routes): (Vec<_>, Vec<_>) =
            open.into_values().partition(|it| it.asked_for.is_none() && needs_nothing(it));
        Reach { granted, routes, free: free.len() }
    }
}
