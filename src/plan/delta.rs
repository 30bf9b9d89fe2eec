//! Gains and losses.

use std::collections::{BTreeMap, BTreeSet};

use super::Instance;
use crate::{
    catalog::{Access, ReleaseId, ReleaseSet, Route},
    module::RouteName,
};

/// Gained and lost items, each with the releases it holds for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta<T: Ord> {
    /// New items.
    pub gained: BTreeMap<T, ReleaseSet>,
    /// Removed items.
    pub lost: BTreeMap<T, ReleaseSet>,
}

impl<T: Ord> Default for Delta<T> {
    fn default() -> Self {
        Self { gained: BTreeMap::new(), lost: BTreeMap::new() }
    }
}

impl<T: Ord> Delta<T> {
    /// Returns true if nothing was gained or lost.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gained.is_empty() && self.lost.is_empty()
    }

    pub(super) fn gain(&mut self, all: impl IntoIterator<Item = T>, release: ReleaseId) {
        all.into_iter().for_each(|it| self.gained.entry(it).or_default().insert(release));
    }

    pub(super) fn lose(&mut self, all: impl IntoIterator<Item = T>, release: ReleaseId) {
        all.into_iter().for_each(|it| self.lost.entry(it).or_default().insert(release));
    }
}

/// Lists the routes that the permissions open in an instance, without public routes.
pub(super) fn opened(instance: &Instance<'_>, granted: &BTreeSet<&str>) -> BTreeSet<RouteName> {
    let routes = instance.catalog.routes().open_to(granted, instance.release);
    routes.filter(|route| needs_permission(route, instance)).map(RouteName::of).collect()
}

/// Lists the routes that an instance does not open to these permissions; public routes count as open.
pub(super) fn not_open(
    routes: &BTreeSet<RouteName>,
    instance: &Instance<'_>,
    granted: &BTreeSet<&str>,
) -> BTreeSet<RouteName> {
    let open = instance.catalog.routes().open_to(granted, instance.release);
    let open: BTreeSet<RouteName> = open.map(RouteName::of).collect();
    routes.difference(&open).cloned().collect()
}

fn needs_permission(route: &Route, instance: &Instance<'_>) -> bool {
    matches!(route.access(instance.release), Some(Access::Granted(_) | Access::Unpublished))
}
