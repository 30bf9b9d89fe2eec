//! What came and what went.

use std::collections::{BTreeMap, BTreeSet};

use super::Instance;
use crate::{
    catalog::{Access, ReleaseId, ReleaseSet, Route},
    module::RouteName,
};

/// What is gained and what is lost, each with the releases it holds for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta<T: Ord> {
    /// It was not there before.
    pub gained: BTreeMap<T, ReleaseSet>,
    /// It is not there any more.
    pub lost: BTreeMap<T, ReleaseSet>,
}

impl<T: Ord> Default for Delta<T> {
    fn default() -> Self {
        Self { gained: BTreeMap::new(), lost: BTreeMap::new() }
    }
}

impl<T: Ord> Delta<T> {
    /// Whether nothing came or went.
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

/// The routes that the permissions open in an instance; what needs no permission is open to everyone.
pub(super) fn opened(instance: &Instance<'_>, granted: &BTreeSet<&str>) -> BTreeSet<RouteName> {
    let routes = instance.catalog.routes().open_to(granted, instance.release);
    routes.filter(|route| needs_permission(route, instance)).map(RouteName::of).collect()
}

/// Those of the routes that an instance does not open to these permissions: to be open to everyone is to be open.
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
    matches!(route.access(instance.release), Some(Access::Granted(_)))
}
