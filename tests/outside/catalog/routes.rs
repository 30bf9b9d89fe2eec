//! Routes and what they need, against the tables.

use std::collections::{BTreeMap, BTreeSet};

use magespec::{
    catalog::{Access, Catalog, ReleaseSet, RouteTable},
    diag::Source,
    names::{Call, MagentoVersion},
    resolve::{ResolvedCall, resolve},
    spec,
};

use super::tables;
use crate::need::{Need, shared, trials};

trials! {
    [Need::Shared("magento")] =>
        calls_of_every_route_need_what_its_history_says,
        specs_with_one_call_request_what_its_route_needs,
        counterparts_do_the_same;
}

/// The name of the need in the tables.
fn in_tables(access: &Access) -> String {
    match access {
        Access::Anyone => "anonymous".to_owned(),
        Access::Customer => "self".to_owned(),
        Access::Unpublished => "unpublished".to_owned(),
        Access::Granted(ids) => ids.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(" "),
    }
}

fn calls_of_every_route_need_what_its_history_says() {
    let folder = shared("magento");
    let catalog = Catalog::bundled();
    let known: ReleaseSet = catalog.releases().iter().filter(|it| it.has_acl).map(|it| it.id).collect();
    assert_eq!(known.len(), 120);
    let mut expected: BTreeMap<String, BTreeMap<MagentoVersion, String>> = BTreeMap::new();
    for ([path, method, resources], releases) in tables::routes(&folder) {
        // Under which name its parameter was known when is no matter.
        let shape = path.split('/').map(|step| if step.starts_with(':') { ":x" } else { step });
        let call = format!("{method} {}", shape.collect::<Vec<_>>().join("/"));
        expected.entry(call).or_default().extend(releases.into_iter().map(|it| (it, resources.clone())));
    }
    assert!(expected.len() > 450, "{}", expected.len());
    for (call, expected) in expected {
        let called = ResolvedCall::of(catalog, None, &Call::new(call.as_str()).unwrap(), known);
        let found = called.needs.iter().flat_map(|need| {
            need.releases.iter().map(|id| (catalog.release(id).version, in_tables(&need.access)))
        });
        assert_eq!(found.collect::<BTreeMap<_, _>>(), expected, "{call}");
    }
}

/// An integration for each route of a release, with a call to that route alone.
fn specs_with_one_call_request_what_its_route_needs() {
    let folder = shared("magento");
    let by_release = tables::routes_by_release(&folder);
    assert_eq!(by_release.len(), 24);
    for (release, routes) in by_release {
        let mut text = format!(
            "[module]\nname = \"Acme_Erp\"\ndescription = \"x\"\nversion = \"1.0.0\"\n[target]\nmagento = \"={release}\"\n"
        );
        for (at, [path, method, _]) in routes.iter().enumerate() {
            text += &format!(
                "[[integration]]\nname = \"ERP {at}\"\nemail = \"a@b.co\"\ncalls = [\"{method} {path}\"]\n"
            );
        }
        let loaded = spec::load(&Source::new("integration.toml", text));
        let resolved = resolve(&loaded, Catalog::bundled()).unwrap();
        assert_eq!(resolved.selections.len(), routes.len());
        for (selection, [path, method, resources]) in resolved.selections.iter().zip(&routes) {
            let [called] = selection.calls.as_slice() else { panic!("{release} {method} {path}") };
            assert_eq!(called.name, format!("{method} {path}"), "{release}");
            assert_eq!(called.needs.len(), 1, "{release} {method} {path}");
            assert_eq!(in_tables(&called.needs[0].access), *resources, "{release} {method} {path}");
            let requested: BTreeSet<&str> = selection.ids.iter().map(String::as_str).collect();
            let named = resources.split(' ').filter(|id| !matches!(*id, "anonymous" | "self"));
            assert_eq!(requested, named.collect(), "{release} {method} {path}");
        }
    }
}

/// A counterpart does what the call in question does: the same method of the same PHP interface.
fn counterparts_do_the_same() {
    let folder = shared("magento");
    let rows = tables::read(&folder.join("webapi/history.csv"));
    let service = |name: &str| -> BTreeSet<(String, String)> {
        let of_route =
            |row: &&tables::Row| format!("{} {}", row["method"], row["url"].trim_end_matches('/')) == name;
        rows.iter()
            .filter(of_route)
            .map(|row| (row["class"].clone(), row["service_method"].clone()))
            .collect()
    };
    // Other methods that come to the same.
    let alike = [
        ("GET /V1/carts/mine", "getCartForCustomer", "get"),
        ("PUT /V1/customers/me/activate", "activateById", "activate"),
        ("PUT /V1/guest-carts/:cartId", "assignCustomer", "assignCustomer"),
    ];
    let catalog = Catalog::bundled();
    let mut compared = 0;
    for route in catalog.routes().iter() {
        let call = Call::new(route.to_string()).unwrap();
        for need in route.needs.iter().filter(|need| need.access == Access::Customer) {
            let Some(counterpart) = catalog.counterpart(&RouteTable::default(), &call, need.releases) else {
                continue;
            };
            let (asked, found) = (service(&call.to_string()), service(&counterpart));
            let is_alike = |(name, from, to): &(&str, &str, &str)| {
                *name == call.to_string()
                    && asked.iter().all(|(_, method)| method == from)
                    && found.iter().all(|(_, method)| method == to)
            };
            assert!(!found.is_empty(), "{counterpart}");
            assert!(
                found.is_subset(&asked) || alike.iter().any(is_alike),
                "{call} -> {counterpart}: {asked:?} {found:?}"
            );
            compared += 1;
        }
    }
    assert!(compared >= 25, "{compared}");
}
