//! What a call comes to.

use std::collections::BTreeSet;

use super::{Access, Catalog, Need, ReleaseId, ReleaseSet, Route, behaviour};
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
        let mut name = call.to_string();
        let mut newest = None;
        let mut needs: Vec<Need> = Vec::new();
        let taking = self.taking(call, releases);
        for route in self.routes().answering(call) {
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

    /// For a call that only a customer can make in these releases, the one that an integration can make in its place:
    /// `GET /V1/carts/:cartId` for `GET /V1/carts/mine`. It is the same path with a parameter for the literal step.
    #[must_use]
    pub fn counterpart(&self, call: &Call, releases: ReleaseSet) -> Option<String> {
        let can_be_granted = |need: &&Need| {
            matches!(need.access, Access::Granted(_)) && !(need.releases & releases).is_empty()
        };
        let mut routes = self.routes().fitting(call).filter(|route| route.method == call.method());
        let route = routes.find(|route| route.needs.iter().any(|need| can_be_granted(&need)))?;
        Some(call.spelled(&route.path))
    }

    /// The methods with which the call's path is answered in these releases, and the path as the catalog spells it.
    #[must_use]
    pub fn methods(&self, call: &Call, releases: ReleaseSet) -> Option<(Vec<&str>, &str)> {
        let is_there = |route: &&Route| !(route.releases() & releases).is_empty();
        let mut routes = self.routes().fitting(call).filter(is_there).peekable();
        let path = routes.peek()?.path.as_ref();
        let mut methods: Vec<&str> =
            routes.take_while(|route| route.path == path).map(|route| route.method.as_ref()).collect();
        methods.reverse();
        Some((methods, path))
    }

    /// The releases of the set that take a call in its mode: nothing is read from a queue.
    fn taking(&self, call: &Call, releases: ReleaseSet) -> ReleaseSet {
        match call.mode() {
            Mode::Direct => releases,
            Mode::Async | Mode::Bulk if call.method() == "GET" => ReleaseSet::default(),
            Mode::Async | Mode::Bulk => self.those(releases, behaviour::queues_calls),
        }
    }
}
