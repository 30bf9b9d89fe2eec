//! Gains and losses.

use std::collections::{BTreeMap, BTreeSet};

use super::Instance;
use crate::{
    catalog::{Access, ReleaseId, ReleaseSet},
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

impl Delta<RouteName> {
    /// Adds the routes that permissions open before and no longer after, or only after. Public routes count as open, and
    /// are not listed. Both instances have the same catalog.
    pub(super) fn compare(
        &mut self,
        (before, was): (&BTreeSet<&str>, &Instance<'_>),
        (after, is): (&BTreeSet<&str>, &Instance<'_>),
    ) {
        for route in is.catalog.routes().iter() {
            let [old, new] = [was, is].map(|instance| route.access(instance.release));
            let opens = |access: Option<&Access>, granted| access.is_some_and(|it| it.is_open_to(granted));
            match (opens(old, before), opens(new, after)) {
                (false, true) if needs_permission(new) => self.gain([RouteName::of(route)], is.release),
                (true, false) if needs_permission(old) => self.lose([RouteName::of(route)], is.release),
                _ => {}
            }
        }
    }
}

const fn needs_permission(access: Option<&Access>) -> bool {
    matches!(access, Some(Access::Granted(_) | Access::Unpublished))
}
