//! The resources and routes that an integration reaches.

use std::collections::BTreeMap;

use super::{Resolved, Selection};
use crate::{
    catalog::{Access, Catalog, ReleaseSet, Route},
    names::Call,
};

/// The effective permissions of an integration in the releases of its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach<'a> {
    /// The resources that Magento grants it in one of them, with those releases.
    pub granted: BTreeMap<&'a str, ReleaseSet>,
    /// The routes that this opens, and those of its calls that need nothing; by path and then by method.
    pub routes: Vec<OpenRoute<'a>>,
    /// How many further routes are open to it in one of the releases, because they need nothing.
    pub free: usize,
}

/// A route that is open to an integration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRoute<'a> {
    /// The route.
    pub route: &'a Route,
    /// The releases of the target in which it is open.
    pub releases: ReleaseSet,
    /// The call that it answers: its place among the calls. None if the integration did not ask for the route.
    pub asked_for: Option<usize>,
}

impl Resolved {
    /// The reach of one of the selections.
    #[must_use]
    pub fn reach<'a>(&'a self, catalog: &'a Catalog, selection: &'a Selection) -> Reach<'a> {
        let calls: Vec<Option<Call>> =
            selection.calls.iter().map(|call| Call::new(call.name.as_str()).ok()).collect();
        let tables = [catalog.routes(), &self.own_routes];
        let mut granted: BTreeMap<&str, ReleaseSet> = BTreeMap::new();
        let mut open: BTreeMap<(&str, &str), OpenRoute<'a>> = BTreeMap::new();
        for release in self.target.releases.iter() {
            let allowed = catalog.granted(&selection.ids, &self.acl, release);
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
