//! Differences between the routes of two releases.

use super::{Access, Route, RouteTable, is_same_path};
use crate::catalog::ReleaseId;

/// Change of a route from one release to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteChange<'a> {
    /// New, with this access.
    Added(&'a Access),
    /// Gone, with its old access.
    Removed(&'a Access),
    /// Other access required.
    Needs {
        /// Old access.
        from: &'a Access,
        /// New access.
        to: &'a Access,
    },
}

/// Route that differs between two releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteChanged<'a> {
    /// The route, as spelled in the later release that has it.
    pub route: &'a Route,
    /// Its change.
    pub change: RouteChange<'a>,
}

impl RouteChange<'_> {
    /// Name of the kind in one word.
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
    /// Lists the differences between two releases, by kind of change, path and method. Renamed parameters do not count.
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

    /// Access in a release that has the route with other parameter names.
    fn twin(&self, route: &Route, release: ReleaseId) -> Option<&Access> {
        let is_twin = |other: &&Route| other.method == route.method && is_same_path(&other.path, &route.path);
        self.routes.iter().filter(is_twin).find_map(|other| other.access(release))
    }
}
