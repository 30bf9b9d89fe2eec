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

    /// Sentence on the releases in which the permission of a route is another one; none if it is the same in all.
    pub(super) fn moved_permission(&self, route: &ServedRoute) -> Option<String> {
        if route.is_own {
            return None;
        }
        let catalog = self.releases();
        let found = catalog.routes().like(&route.method, &route.path, catalog.all())?;
        if found.needs.len() < 2 {
            return None;
        }
        let needs = found.needs.iter();
        let needs = needs.map(|need| format!("{} in {}", need.access, catalog.describe(need.releases)));
        Some(format!("the route needs {}", needs.collect::<Vec<_>>().join("; ")))
    }

    /// Sentence on the releases that have the route of a request; none if no release has it.
    pub(super) fn moved_route(&self, request: &str) -> Option<String> {
        let call: Call = request.parse().ok()?;
        let catalog = self.releases();
        let all = catalog.all();
        let routes = catalog.answering(std::slice::from_ref(&call), all);
        let route = routes.iter().find(|route| route.method == call.method())?;
        let there = route.releases() & catalog.taking(&call, all);
        Some(format!("{route} is in {}", catalog.describe(there)))
    }

    /// All releases of the edition, also if the shop has a catalog of its own.
    fn releases(&self) -> &'static Catalog {
        Catalog::bundled().of_edition(self.shop.settings.edition)
    }
}
