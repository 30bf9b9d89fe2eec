//! Calls resolved against the routes.

use std::collections::BTreeSet;

use crate::{
    catalog::{Access, Catalog, ReleaseId, ReleaseSet, RouteNeed, RouteTable},
    names::Call,
};

/// Call resolved in a set of releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedCall {
    /// Call in the spelling of the newest route that answers it; as written if no route does.
    pub name: String,
    /// Access in the releases that answer it, oldest first, without repetition.
    pub needs: Vec<RouteNeed>,
}

impl ResolvedCall {
    /// Resolves a call in these releases: against the module's own routes if one answers it, otherwise Magento's.
    #[must_use]
    pub fn of(catalog: &Catalog, own: Option<&RouteTable>, call: &Call, releases: ReleaseSet) -> Self {
        let own = own.filter(|own| own.answering(call).next().is_some());
        let routes = own.unwrap_or_else(|| catalog.routes());
        let mut name = call.to_string();
        let mut newest = None;
        let mut needs: Vec<RouteNeed> = Vec::new();
        let taking = catalog.taking(call, releases);
        for route in routes.answering(call) {
            for need in route.needs.iter() {
                let releases = need.releases & taking;
                if releases.is_empty() {
                    continue;
                }
                match needs.iter_mut().find(|known| known.access == need.access) {
                    Some(known) => known.releases = known.releases | releases,
                    None => needs.push(RouteNeed { releases, ..need.clone() }),
                }
                if releases.last() > newest {
                    newest = releases.last();
                    name = call.spelled(&route.path);
                }
            }
        }
        needs.sort_by_key(|need| need.releases.first());
        Self { name, needs }
    }

    /// Releases in which a route answers.
    #[must_use]
    pub fn releases(&self) -> ReleaseSet {
        RouteNeed::releases(&self.needs)
    }

    /// Access in a release; none if no route matches there.
    #[must_use]
    pub fn access(&self, release: ReleaseId) -> Option<&Access> {
        RouteNeed::access(&self.needs, release)
    }

    /// ACL resources that it needs in any release.
    #[must_use]
    pub fn ids(&self) -> BTreeSet<&str> {
        self.needs.iter().flat_map(|need| need.access.ids()).collect()
    }

    /// Returns true if it needs a permission that is not public.
    #[must_use]
    pub fn is_unpublished(&self) -> bool {
        self.needs.iter().any(|need| need.access == Access::Unpublished)
    }

    /// Returns true if it needs no permission in any release that answers it.
    #[must_use]
    pub fn is_free(&self) -> bool {
        !self.needs.is_empty() && self.needs.iter().all(|need| need.access == Access::Anyone)
    }
}
