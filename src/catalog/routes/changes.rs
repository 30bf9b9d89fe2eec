//! What differs between the routes of two releases.

use super::{Access, Route, RouteTable, is_same_path};
use crate::catalog::ReleaseId;

/// What became of a route from one release to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteChange<'a> {
    /// It came, and needs this.
    Added(&'a Access),
    /// It went.
    Removed(&'a Access),
    /// It needs something else.
    Needs {
        /// What it needed.
        from: &'a Access,
        /// What it needs.
        to: &'a Access,
    },
}

/// A route that is not the same in two releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteChanged<'a> {
    /// The route, as the later release that has it spells it.
    pub route: &'a Route,
    /// What became of it.
    pub change: RouteChange<'a>,
}

impl RouteChange<'_> {
    /// The kind in one word.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Added(_) => "added",
            Self::Removed(_) => "removed",
            Self::Needs { .. } => "needs",
        }
    }
}

impl RouteTable {
    /// What differs between two releases, by kind of change, path and method. Other names of parameters are no difference.
    #[must_use]
    pub fn changes(&self, from: ReleaseId, to: ReleaseId) -> Vec<RouteChanged<'_>> {
        let mut all = Vec::new();
        for route in &self.routes {
            let change = match (route.access(from), route.access(to)) {
                (Some(old), None) if self.twin(route, to).is_none() => RouteChange::Removed(old),
                (None, Some(new)) => match self.twin(route, from) {
                    None => RouteChange::Added(new),
                    Some(old) if old != new => RouteChange::Needs { from: old, to: new },
                    Some(_) => continue,
                },
                (Some(old), Some(new)) if old != new => RouteChange::Needs { from: old, to: new },
                _ => continue,
            };
            all.push(RouteChanged { route, change });
        }
        // The order of the table stays within a kind.
        all.sort_by_key(|changed| changed.change.word());
        all
    }

    /// What the route needs in a release that has it under other names of its parameters.
    fn twin(&self, route: &Route, release: ReleaseId) -> Option<&Access> {
        let is_twin = |other: &&Route| other.method == route.method && is_same_path(&other.path, &route.path);
        self.routes.iter().filter(is_twin).find_map(|other| other.access(release))
    }
}
