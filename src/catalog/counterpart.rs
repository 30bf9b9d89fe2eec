//! What an integration calls in place of what only a customer can call.

use std::cmp::Reverse;

use super::{Access, Catalog, ReleaseSet, Route};
use crate::names::Call;

/// Calls whose counterpart is not the same path with a parameter for the literal step, and what it is. Source: `class` and
/// `method` of the routes in `module-quote/etc/webapi.xml`, the same in 2.0.0 to 2.4.8-p1 where they are there.
const EXCEPTIONS: [(&str, Option<&str>); 3] = [
    // CartRepositoryInterface::save; `PUT /V1/carts/:cartId` gives the cart to a customer.
    ("PUT /V1/carts/mine", None),
    // CartManagementInterface::createEmptyCartForCustomer, both.
    ("POST /V1/carts/mine", Some("POST /V1/customers/:customerId/carts")),
    // GuestCartManagementInterface::assignCustomer, which hands over to CartManagementInterface::assignCustomer.
    ("PUT /V1/guest-carts/:cartId", Some("PUT /V1/carts/:cartId")),
];

impl Catalog {
    /// For a call that only a customer can make in these releases, the one that an integration can make in its place:
    /// `GET /V1/carts/:cartId` for `GET /V1/carts/mine`. It is the same path with a parameter for the literal step, as the
    /// newest of the releases spells it, or what is known to do the same.
    #[must_use]
    pub fn counterpart(&self, call: &Call, releases: ReleaseSet) -> Option<String> {
        let asked = self.routes().answering(call).next()?.to_string();
        let route = match EXCEPTIONS.iter().find(|(known, _)| *known == asked) {
            Some((_, counterpart)) => {
                let counterpart = (*counterpart)?;
                self.routes().iter().find(|route| route.to_string() == counterpart)
            }
            None => {
                let routes = self.routes().fitting(call).filter(|route| route.method == call.method());
                routes.min_by_key(|route| Reverse(grantable(route, releases).last()))
            }
        };
        let route = route.filter(|route| !grantable(route, releases).is_empty())?;
        Some(call.mode().spelled(&route.method, &route.path))
    }
}

/// The releases of the set in which the route needs something that integrations can be allowed.
fn grantable(route: &Route, releases: ReleaseSet) -> ReleaseSet {
    let needs = route.needs_in(releases).filter(|need| matches!(need.access, Access::Granted(_)));
    needs.fold(ReleaseSet::default(), |all, need| all | need.releases)
}
