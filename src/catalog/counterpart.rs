//! Calls for integrations that correspond to calls for customers.

use std::cmp::Reverse;

use super::{Access, Catalog, ReleaseSet, Route, RouteTable};
use crate::names::Call;

/// Calls whose counterpart is not just the same path with a parameter for the literal segment. Source: `class` and
/// `method` of the routes in `module-quote/etc/webapi.xml`, identical from 2.0.0 to 2.4.8-p1 in releases that have
/// them.
const EXCEPTIONS: [(&str, Option<&str>); 3] = [
    // CartRepositoryInterface::save; `PUT /V1/carts/:cartId` gives the cart to a customer.
    ("PUT /V1/carts/mine", None),
    // CartManagementInterface::createEmptyCartForCustomer, both.
    ("POST /V1/carts/mine", Some("POST /V1/customers/:customerId/carts")),
    // GuestCartManagementInterface::assignCustomer, which hands over to CartManagementInterface::assignCustomer.
    ("PUT /V1/guest-carts/:cartId", Some("PUT /V1/carts/:cartId")),
];

impl Catalog {
    /// Finds the call that an integration can make instead of one that only customers can make in these releases:
    /// `GET /V1/carts/:cartId` for `GET /V1/carts/mine`. It is the same path with a parameter for the literal segment,
    /// as the newest of the releases spells it, or a known equivalent.
    /// `own` has the routes of the module.
    #[must_use]
    pub fn counterpart(&self, own: &RouteTable, call: &Call, releases: ReleaseSet) -> Option<String> {
        let tables = [self.routes(), own];
        let asked = tables.iter().flat_map(|table| table.answering(call)).next()?.to_string();
        let route = match EXCEPTIONS.iter().find(|(known, _)| *known == asked) {
            Some((_, counterpart)) => {
                let counterpart = (*counterpart)?;
                self.routes().iter().find(|route| route.to_string() == counterpart)
            }
            None => {
                let routes = tables.into_iter().flat_map(|table| table.fitting(call));
                let routes = routes.filter(|route| route.method == call.method());
                routes.min_by_key(|route| Reverse(grantable(route, releases).last()))
            }
        };
        let route = route.filter(|route| !grantable(route, releases).is_empty())?;
        Some(call.mode().spelled(&route.method, &route.path))
    }
}

/// Releases of the set in which integrations can be granted access to the route.
fn grantable(route: &Route, releases: ReleaseSet) -> ReleaseSet {
    let needs = route.needs_in(releases).filter(|need| matches!(need.access, Access::Granted(_)));
    needs.fold(ReleaseSet::default(), |all, need| all | need.releases)
}
