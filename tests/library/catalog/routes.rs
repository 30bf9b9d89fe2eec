//! Calls resolved against the routes.

use std::collections::BTreeSet;

use magespec::{
    catalog::{Access, Catalog, ReleaseSet, RouteTable},
    names::{Call, ModuleName},
    resolve::ResolvedCall,
};
use proptest::prelude::*;

use crate::support::releases::in_releases as releases;

fn called(call: &str, target: &str) -> ResolvedCall {
    ResolvedCall::of(Catalog::bundled(), None, &Call::new(call).unwrap(), releases(target))
}

/// The permissions that the call needs, with the releases of each.
fn needs(call: &str, target: &str) -> Vec<(String, String)> {
    let words = |releases| Catalog::bundled().describe(releases);
    called(call, target).needs.iter().map(|it| (it.access.to_string(), words(it.releases))).collect()
}

#[test]
fn no_release_has_two_routes_for_one_call() {
    let routes: Vec<_> = Catalog::bundled().routes().iter().collect();
    for (at, route) in routes.iter().enumerate() {
        let call = Call::new(route.to_string()).unwrap();
        for other in &routes[at + 1..] {
            let is_same = other.method == route.method && call.fitting()(&other.path);
            let both = route.releases() & other.releases();
            assert!(!is_same || both.is_empty(), "{route} {other}");
        }
        let needed: usize = route.needs.iter().map(|need| need.releases.len()).sum();
        assert_eq!(needed, route.releases().len(), "{route}");
    }
}

#[test]
fn releases_without_a_table_have_the_routes_of_the_one_before() {
    let [without, before] = ["=2.2.11", "=2.2.10"].map(|target| releases(target).first().unwrap());
    for route in Catalog::bundled().routes().iter() {
        assert_eq!(route.access(without), route.access(before), "{route}");
    }
}

#[test]
fn a_literal_goes_before_a_parameter() {
    let name = |call, target| called(call, target).name;
    assert_eq!(name("GET /V1/carts/mine", "2.4.8"), "GET /V1/carts/mine");
    assert_eq!(name("GET /V1/carts/7", "2.4.8"), "GET /V1/carts/:cartId");
    assert_eq!(name("GET /V1/carts/mine/items", "2.4.8"), "GET /V1/carts/mine/items");
    assert_eq!(name("GET /V1/carts/:mine/items", "2.4.8"), "GET /V1/carts/:cartId/items");
    assert_eq!(
        name("GET /V1/products/attribute-sets/4", "2.4.8"),
        "GET /V1/products/attribute-sets/:attributeSetId"
    );
    // It is no category before it is a route of its own.
    assert_eq!(name("GET /V1/categories/list", "2.2.0"), "GET /V1/categories/list");
    assert_eq!(called("GET /V1/categories/list", "2.1.*").needs, []);
    // The name is the newest one's.
    assert_eq!(name("PUT /V1/customers/1", "2.1.10"), "PUT /V1/customers/:id");
    assert_eq!(name("PUT /V1/customers/1", "2.1.10 || 2.1.11"), "PUT /V1/customers/:customerId");
    assert_eq!(name("GET /rest/V1/nope?x", "2.4.8"), "GET /rest/V1/nope?x");
}

#[test]
fn what_is_needed_follows_the_lines() {
    let needed =
        |call, target| needs(call, target).into_iter().map(|(id, when)| id + " " + &when).collect::<Vec<_>>();
    assert_eq!(
        needed("GET /V1/orders", ">=2.2.6 <2.3.2"),
        ["Magento_Sales::sales 2.2.6..2.2.7, 2.3.0", "Magento_Sales::actions_view 2.2.8..2.2.11, 2.3.1"]
    );
    assert_eq!(needed("GET /V1/products", "2.0.*"), ["nothing 2.0.0"]);
    assert_eq!(needed("GET /V1/carts/mine", "2.4.8"), ["a logged-in customer 2.4.8..2.4.8-p5"]);
}

#[test]
fn queued_calls_need_what_the_route_needs_and_are_there_from_2_3_on() {
    let catalog = Catalog::bundled();
    for call in ["PUT /async/V1/products/:sku", "PUT /rest/all/async/bulk/V1/products/bySku"] {
        let queued = called(call, "2.2.10 || 2.3.0 || 2.4.8");
        assert_eq!(catalog.describe(queued.releases()), "2.3.0, 2.4.8..2.4.8-p5", "{call}");
        assert_eq!(queued.ids(), called("PUT /V1/products/:sku", "2.4.8").ids(), "{call}");
    }
    assert_eq!(called("PUT /async/bulk/V1/products/:x", "2.4.8").name, "PUT /async/bulk/V1/products/bySku");
    assert_eq!(called("GET /async/V1/products/:sku", "2.4.8").needs, []);
    assert_eq!(called("PUT /async/bulk/V1/products/24-MB01", "2.4.8").needs, []);
}

#[test]
fn counterparts_of_what_only_customers_can_call() {
    let catalog = Catalog::bundled();
    let newest = releases("2.4.8");
    let counterpart =
        |call: &str| catalog.counterpart(&RouteTable::default(), &Call::new(call).unwrap(), newest);
    assert_eq!(counterpart("GET /V1/carts/mine").as_deref(), Some("GET /V1/carts/:cartId"));
    assert_eq!(counterpart("PUT /V1/customers/me").as_deref(), Some("PUT /V1/customers/:customerId"));
    assert_eq!(
        counterpart("PUT /rest/V1/carts/mine/items/5").as_deref(),
        Some("PUT /V1/carts/:cartId/items/:itemId")
    );
    assert_eq!(counterpart("PUT /V1/customers/me/password"), None);
    // On the same path is what gives a cart to a customer.
    assert_eq!(counterpart("PUT /V1/carts/mine"), None);
    assert_eq!(counterpart("POST /V1/carts/mine").as_deref(), Some("POST /V1/customers/:customerId/carts"));
    assert_eq!(counterpart("PUT /V1/guest-carts/a1b2").as_deref(), Some("PUT /V1/carts/:cartId"));
    assert_eq!(
        counterpart("PUT /async/V1/carts/mine/items/5").as_deref(),
        Some("PUT /async/V1/carts/:cartId/items/:itemId")
    );
    let me = Call::new("PUT /V1/customers/me").unwrap();
    for (target, name) in [("2.0.*", "PUT /V1/customers/:id"), (">=2.1.0", "PUT /V1/customers/:customerId")] {
        assert_eq!(
            catalog.counterpart(&RouteTable::default(), &me, releases(target)).as_deref(),
            Some(name),
            "{target}"
        );
    }
    let of_customers = catalog.routes().iter().filter(|route| {
        route.needs.iter().any(|need| need.access == Access::Customer && !(need.releases & newest).is_empty())
    });
    let found = of_customers.filter(|route| counterpart(&route.to_string()).is_some()).count();
    assert!(found >= 25, "{found}");
}

#[test]
fn suggestions_are_on_the_path_or_read_alike() {
    let catalog = Catalog::bundled();
    let none = RouteTable::own([], catalog.all());
    for (call, suggestion) in [
        ("POST /V1/orders/:id/ship", "POST /V1/order/:orderId/ship"),
        ("GET /V1/order", "GET /V1/orders"),
        ("GET /V1/order/12/ship", "POST /V1/order/:orderId/ship"),
        ("GET /V1/product", "GET /V1/products"),
        ("GET /async/V1/orders", "GET /V1/orders"),
        ("GET /V1/stockItem/24-MB01", "GET /V1/stockItems/:productSku"),
        ("POST /async/V1/product", "POST /async/V1/products"),
        ("PUT /async/bulk/V1/products/24-MB01", "PUT /async/bulk/V1/products/bySku"),
        ("POST /async/V1/orders/5", "PUT /async/V1/orders/:parent_id"),
        ("POST /V1/orders/5", "PUT /V1/orders/:parent_id"),
        ("POST /V1/customers/5", "PUT /V1/customers/:customerId"),
        ("GET /V1/customers", "POST /V1/customers"),
    ] {
        let suggested = catalog.suggest_calls(&none, &Call::new(call).unwrap(), releases("2.4.8"));
        assert_eq!(suggested.first().map(String::as_str), Some(suggestion), "{call}: {suggested:?}");
    }
    for call in ["POST /V1/coupons/5", "PUT /V1/carts/mine/coupons", "GET /V1/categories/3/products/x"] {
        let suggested = catalog.suggest_calls(&none, &Call::new(call).unwrap(), releases("2.4.8"));
        assert!(
            !suggested.is_empty() && !suggested.iter().any(|it| it.starts_with("DELETE")),
            "{suggested:?}"
        );
    }
    for (call, nested) in [
        ("GET /V1/customers", "GET /V1/customers/:customerId"),
        ("DELETE /V1/products", "DELETE /V1/products/:sku"),
        ("POST /V1/shipment/5", "POST /V1/shipment"),
    ] {
        let suggested = catalog.suggest_calls(&none, &Call::new(call).unwrap(), releases("2.4.8"));
        assert!(suggested.iter().any(|it| it == nested), "{call}: {suggested:?}");
        assert!(!suggested.iter().any(|it| it.contains("/me")), "customers only: {suggested:?}");
    }
    for (call, suggestion) in
        [("GET /V1/order", "GET /V1/orders"), ("GET /V1/order/:id", "GET /V1/orders/:id")]
    {
        let suggested = catalog.suggest_calls(&none, &Call::new(call).unwrap(), releases("2.4.8"));
        assert_eq!(suggested, [suggestion], "{call}");
    }
    let suggested =
        catalog.suggest_calls(&none, &Call::new("DELETE /V1/coupon/5").unwrap(), releases("2.4.8"));
    assert_eq!(suggested[0], "DELETE /V1/coupons/:couponId");
    let suggested = catalog.suggest_calls(&none, &Call::new("GET /V1/ORDERS").unwrap(), releases("2.4.8"));
    assert_eq!(suggested[0], "GET /V1/orders");
    assert_eq!(
        catalog.suggest_calls(&none, &Call::new("GET /V1/acme-erp/orders").unwrap(), releases("2.4.8")),
        [""; 0]
    );
}

#[test]
fn resources_open_the_routes_that_need_them_and_their_ancestors() {
    let catalog = Catalog::bundled();
    let opened = |ids: &[&str], target: &str| {
        let release = releases(target).first().unwrap();
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        let acl = catalog.acl(releases(target), &ModuleName::new("Acme_Erp").unwrap(), []);
        let granted = catalog.granted(&ids, &acl, release);
        catalog.routes().open_to(&granted, release).map(ToString::to_string).collect::<BTreeSet<_>>()
    };
    let nothing = opened(&[], "=2.4.8");
    assert!(nothing.contains("GET /V1/directory/countries") && !nothing.contains("GET /V1/modules"));
    let orders = opened(&["Magento_Sales::actions_view"], "=2.4.8");
    assert!(orders.contains("GET /V1/orders") && !orders.contains("POST /V1/order/:orderId/ship"));
    assert!(orders.is_superset(&nothing) && !orders.contains("GET /V1/carts/mine"));
    assert!(orders.contains("GET /V1/modules"));
    // In 2.2.5 it is the ancestor that opens the route; in 2.0 Magento adds no ancestors.
    assert!(opened(&["Magento_Sales::actions_view"], "=2.2.5").contains("GET /V1/orders"));
    assert!(!opened(&["Magento_Sales::actions_view"], "=2.0.0").contains("GET /V1/orders"));
    assert!(opened(&["Magento_Sales::sales"], "=2.0.0").contains("GET /V1/orders"));
}

#[test]
fn releases_are_put_into_words() {
    let catalog = Catalog::bundled();
    let when = |parts: &[&str]| catalog.when(&parts.iter().map(|part| releases(part)).collect::<Vec<_>>());
    assert_eq!(when(&[">=2.2.5 <2.2.8", ">=2.2.8 <2.3"]), ["before 2.2.8", "from 2.2.8 on"]);
    assert_eq!(when(&["2.2.7 || 2.3.0", "2.2.8 || 2.3.1"]), ["in 2.2.7 and 2.3.0", "in 2.2.8 and 2.3.1"]);
    assert_eq!(when(&["2.4.8"]), ["in 2.4.8..2.4.8-p5"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// The resources requested for some calls allow each of them in every release, and none can be left out: Magento
    /// checks each resource by itself.
    #[test]
    fn what_is_requested_is_enough_and_not_too_much(
        picked in prop::collection::vec(0usize..1_000, 1..12),
        from in 0usize..121,
        count in 1usize..40,
    ) {
        let catalog = Catalog::bundled();
        let target: ReleaseSet = catalog.releases().iter().skip(from).take(count).map(|it| it.id).collect();
        let routes: Vec<_> = catalog.routes().iter().collect();
        let calls: Vec<Call> =
            picked.iter().map(|at| Call::new(routes[at % routes.len()].to_string()).unwrap()).collect();
        let called: Vec<_> = calls.iter().map(|call| ResolvedCall::of(catalog, None, call, target)).collect();
        let selection = magespec::resolve::Selection::default().with_calls(called.clone());
        let requested: BTreeSet<&str> = selection.ids.iter().map(String::as_str).collect();
        // A call that only customers can make stays closed, whatever is requested.
        let closed = |granted: &BTreeSet<&str>| {
            let needs = called.iter().flat_map(|called| &called.needs);
            needs.filter(|need| need.access != Access::Customer && !need.access.is_open_to(granted)).count()
        };
        prop_assert_eq!(closed(&requested), 0);
        for id in &requested {
            let mut without = requested.clone();
            without.remove(id);
            prop_assert!(closed(&without) > 0, "{}", id);
        }
    }
}
