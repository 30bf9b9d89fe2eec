//! Releases in which a route, or the permission that it needs, is another one.

use std::collections::HashMap;

use crate::{
    catalog::Catalog,
    mock::{MockShop, ServedRoute},
    names::{Call, Mode},
};

/// Routes of a shop by the spelling of their calls.
pub(super) struct SpelledRoutes<'a> {
    shop: &'a MockShop,
    routes: HashMap<String, &'a ServedRoute>,
}

impl<'a> SpelledRoutes<'a> {
    pub(super) fn new(shop: &'a MockShop) -> Self {
        let spelled =
            |route: &'a ServedRoute| Mode::ALL.map(|mode| (mode.spelled(&route.method, &route.path), route));
        Self { shop, routes: shop.routes.iter().flat_map(spelled).collect() }
    }

    /// Route of `GET /V1/orders/:id`.
    pub(super) fn get(&self, call: &str) -> Option<&'a ServedRoute> {
        self.routes.get(call).copied()
    }

    /// Sentence on the releases in which the permission of a call's route is another one; none if it is the same in all that
    /// take the call.
    pub(super) fn moved_permission(&self, route: &ServedRoute, call: &str) -> Option<String> {
        if route.is_own {
            return None;
        }
        let catalog = self.releases();
        let call: Call = call.parse().ok()?;
        let taking = catalog.taking(&call, catalog.all());
        let found = catalog.routes().like(&route.method, &route.path, taking)?;
        let needs = found.needs.iter().map(|need| (&need.access, need.releases & taking));
        let needs: Vec<String> = needs
            .filter(|(_, releases)| !releases.is_empty())
            .map(|(access, releases)| format!("{access} in {}", catalog.describe(releases)))
            .collect();
        (needs.len() > 1).then(|| format!("the call needs {}", needs.join("; ")))
    }

    /// Sentence on the releases that have the route of a request; none if no release has it.
    pub(super) fn moved_route(&self, request: &str) -> Option<String> {
        let call: Call = request.parse().ok()?;
        let catalog = self.releases();
        let all = catalog.all();
        let routes = catalog.answering(std::slice::from_ref(&call), all);
        let route = routes.iter().find(|route| route.method == call.method())?;
        let there = route.releases() & catalog.taking(&call, all);
        let spelled = call.mode().spelled(&route.method, &route.path);
        Some(format!("{spelled} is in {}", catalog.describe(there)))
    }

    /// All releases of the edition, also if the shop has a catalog of its own.
    fn releases(&self) -> &'static Catalog {
        Catalog::bundled().of_edition(self.shop.settings.edition)
    }
}
