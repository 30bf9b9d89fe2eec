//! A REST route.

use std::{borrow::Cow, collections::BTreeSet, fmt};

use super::{Access, RouteNeed, RouteNeeds};
use crate::catalog::{ReleaseId, ReleaseSet};

/// REST route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: Cow<'static, str>,
    /// `/V1/orders/:id`.
    pub path: Cow<'static, str>,
    /// Access in each release that has it, oldest first, without overlaps.
    pub needs: RouteNeeds,
}

impl Route {
    /// Releases that have it.
    #[must_use]
    pub fn releases(&self) -> ReleaseSet {
        RouteNeed::releases(&self.needs)
    }

    /// Access in a release; none if the route does not exist there.
    #[must_use]
    pub fn access(&self, release: ReleaseId) -> Option<&Access> {
        RouteNeed::access(&self.needs, release)
    }

    /// Access in these releases, oldest first.
    pub fn needs_in(&self, releases: ReleaseSet) -> impl Iterator<Item = RouteNeed> {
        let within = move |need: &RouteNeed| RouteNeed { releases: need.releases & releases, ..need.clone() };
        self.needs.iter().map(within).filter(|need| !need.releases.is_empty())
    }

    /// ACL resources that it requires in one of these releases.
    #[must_use]
    pub fn ids(&self, releases: ReleaseSet) -> BTreeSet<&str> {
        let needs = self.needs.iter().filter(|need| !(need.releases & releases).is_empty());
        needs.flat_map(|need| need.access.ids()).collect()
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// Route that the compiled module declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRoute {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// `/V1/acme-erp/orders/:incrementId`.
    pub path: String,
    /// Access as in webapi.xml: ACL resources, `anonymous` or `self`.
    pub refs: Vec<String>,
}
