//! Names of routes.

use std::fmt;

use crate::catalog::Route;

/// REST route, by path and then by method.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RouteName {
    /// `/V1/orders/:id`.
    pub path: String,
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
}

impl RouteName {
    /// Name of a route in the catalog.
    #[must_use]
    pub fn of(route: &Route) -> Self {
        Self { path: route.path.to_string(), method: route.method.to_string() }
    }

    /// Returns true if the same requests reach both: only the names of parameters in the path may differ.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let parts = |path: &str| {
            let parts = path.split('/').map(|part| if part.starts_with(':') { ":" } else { part });
            parts.map(str::to_owned).collect::<Vec<_>>()
        };
        self.method == other.method && parts(&self.path) == parts(&other.path)
    }

    /// Names of the parameters in the path, in its order.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &str> {
        self.path.split('/').filter_map(|part| part.strip_prefix(':'))
    }
}

impl fmt::Display for RouteName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}
