//! A REST route.

use std::{borrow::Cow, collections::BTreeSet, fmt};

use super::{Access, RouteNeed};
use crate::catalog::{ReleaseId, ReleaseSet};

/// A REST route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: Cow<'static, str>,
    /// `/V1/orders/:id`.
    pub path: Cow<'static, str>,
    /// What it needs in the releases that have it, the oldest first; no release stands twice.
    pub needs: Vec<RouteNeed>,
}

impl Route {
    /// The releases that have it.
    #[must_use]
    pub fn releases(&self) -> ReleaseSet {
        RouteNeed::releases(&self.needs)
    }

    /// What it needs in a release; none where it is not there.
    #[must_use]
    pub fn access(&self, release: ReleaseId) -> Option<&Access> {
        RouteNeed::access(&self.needs, release)
    }

    /// What it needs in these releases, the oldest first.
    pub fn needs_in(&self, releases: ReleaseSet) -> impl Iterator<Item = RouteNeed> {
        let within = move |need: &RouteNeed| RouteNeed { releases: need.releases & releases, ..need.clone() };
        self.needs.iter().map(within).filter(|need| !need.releases.is_empty())
    }

    /// The ACL resources that it needs in one of these releases.
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

/// A route of a module that is compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRoute {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// `/V1/acme-erp/orders/:incrementId`.
    pub path: String,
    /// What it needs, as webapi.xml has it: ACL resources, `anonymous` or `self`.
    pub refs: Vec<String>,
}
