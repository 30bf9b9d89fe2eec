//! What a call comes to.

use std::{cmp::Reverse, collections::BTreeSet};

use super::{
    Access, Catalog, Need, ReleaseId, ReleaseSet, Route, RouteTable, behaviour, routes::is_same_path,
};
use crate::names::{Call, Mode};

/// A call, looked up in a set of releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The call as the newest route is spelled that answers it; as it is written where none does.
    pub name: String,
    /// What it needs in the releases that answer it, the oldest first; no release and no need stands twice.
    pub needs: Vec<Need>,
}

impl Called {
    /// The releases in which a route answers.
    #[must_use]
    pub fn releases(&self) -> ReleaseSet {
        Need::releases(&self.needs)
    }

    /// What it needs in a release; none where no route answers.
    #[must_use]
    pub fn access(&self, release: ReleaseId) -> Option<&Access> {
        Need::access(&self.needs, release)
    }

    /// The ACL resources that it needs in one release or another.
    #[must_use]
    pub fn ids(&self) -> BTreeSet<&str> {
        self.needs.iter().flat_map(|need| need.access.ids()).collect()
    }

    /// Whether it needs nothing, wherever it is answered.
    #[must_use]
    pub fn is_free(&self) -> bool {
        !self.needs.is_empty() && self.needs.iter().all(|need| need.access == Access::Anyone)
    }
}

impl Catalog {
    /// What the call comes to in these releases.
    #[must_use]
    pub fn call(&self, call: &Call, releases: ReleaseSet) -> Called {
        self.called(call, self.routes(), releases)
    }

    /// What the call comes to in these releases, if a module adds its own routes to them.
    #[must_use]
    pub fn call_with(&self, own: &RouteTable, call: &Call, releases: ReleaseSet) -> Called {
        let is_own = own.answering(call).next().is_some();
        self.called(call, if is_own { own } else { self.routes() }, releases)
    }

    fn called(&self, call: &Call, routes: &RouteTable, releases: ReleaseSet) -> Called {
        let mut name = call.to_string();
        let mut newest = None;
        let mut needs: Vec<Need> = Vec::new();
        let taking = self.taking(call, releases);
        for route in routes.answering(call) {
            for need in &route.needs {
                let releases = need.releases & taking;
                if releases.is_empty() {
                    continue;
                }
                match needs.iter_mut().find(|known| known.access == need.access) {
                    Some(known) => known.releases = known.releases | releases,
                    None => needs.push(Need { releases, ..need.clone() }),
                }
                if releases.last() > newest {
                    newest = releases.last();
                    name = call.spelled(&route.path);
                }
            }
        }
        needs.sort_by_key(|need| need.releases.first());
        Called { name, needs }
    }

    /// The routes that answer these calls in some of the releases, in the order of the table.
    #[must_use]
    pub fn answering(&self, calls: &[Call], releases: ReleaseSet) -> Vec<&Route> {
        let of_call = |call| {
            let taking = self.taking(call, releases);
            let is_there = move |route: &&Route| !(route.releases() & taking).is_empty();
            self.routes().answering(call).filter(is_there)
        };
        let mut routes: Vec<&Route> = calls.iter().flat_map(of_call).collect();
        routes.sort_by_key(|route| (&route.path, &route.method));
        routes
    }

    /// The calls of the same path with another method that are answered in these releases, in the call's mode, by method.
    #[must_use]
    pub fn with_other_methods(&self, call: &Call, releases: ReleaseSet) -> Vec<String> {
        let newest = |route: &Route| (route.releases() & releases).last();
        let is_taken = |route: &Route| call.mode() == Mode::Direct || route.method != "GET";
        let mut routes =
            self.routes().fitting(call).filter(|route| newest(route).is_some() && is_taken(route)).peekable();
        let first = routes.peek().copied();
        let mut others: Vec<&Route> = routes
            .filter(|route| first.is_some_and(|first| is_same_path(&first.path, &route.path)))
            .collect();
        // Of one method the newest spelling goes first.
        others.sort_by_key(|route| (&route.method, Reverse(newest(route))));
        others.dedup_by_key(|route| &route.method);
        others.into_iter().map(|route| call.mode().spelled(&route.method, &route.path)).collect()
    }

    /// The releases of the set that take a call in its mode: nothing is read from a queue.
    pub(super) fn taking(&self, call: &Call, releases: ReleaseSet) -> ReleaseSet {
        match call.mode() {
            Mode::Direct => releases,
            Mode::Async | Mode::Bulk if call.method() == "GET" => ReleaseSet::default(),
            Mode::Async | Mode::Bulk => self.those(releases, behaviour::queues_calls),
        }
    }
}
