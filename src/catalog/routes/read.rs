//! The REST routes of the bundled catalog.

use super::{Route, RouteNeeds, RouteTable};
use crate::catalog::tables::rows;

const ROUTES: &str = include_str!("../data/routes.tsv");

/// Routes of all releases, each read on first use. The table is sorted by path and method.
pub(in crate::catalog) fn routes() -> RouteTable {
    let mut routes: Vec<Route> = Vec::new();
    for row in rows(ROUTES) {
        let mut columns = row.splitn(3, '\t');
        let (Some(path), Some(method), Some(rest)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        match routes.last_mut().filter(|route| route.path == path && route.method == method) {
            Some(route) => route.needs.push(rest),
            None => {
                let mut needs = RouteNeeds::default();
                needs.push(rest);
                routes.push(Route { path: path.into(), method: method.into(), needs });
            }
        }
    }
    RouteTable { routes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        let places = |route: &Route| (route.path.clone(), route.method.clone());
        let routes: Vec<_> = routes().iter().map(places).collect();
        assert!(routes.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(routes.len(), 477);
    }
}
