//! Entities, data interfaces and services.

use std::collections::BTreeSet;

use magespec::{
    catalog::{Catalog, ReleaseId, ReleaseSet, Shop, TypeKind, VersionedRow},
    names::MagentoVersion,
};

use super::{
    generate::{api::event_prefix, sheet::History},
    tables,
};

fn in_releases(constraint: &str) -> ReleaseSet {
    Catalog::bundled().resolve(&constraint.parse().unwrap()).unwrap().releases
}

fn only(version: &str) -> ReleaseId {
    in_releases(&format!("={version}")).first().unwrap()
}

fn versions(releases: ReleaseSet) -> Vec<MagentoVersion> {
    releases.iter().map(|id| Catalog::bundled().release(id).version).collect()
}

const ORDER: &str = r"Magento\Sales\Api\Data\OrderInterface";

#[test]
fn types_and_fields_of_every_release_are_the_tables() {
    let Some(folder) = tables::folder() else { return };
    let history = History::new(&folder);
    let mut expected: BTreeSet<([String; 3], MagentoVersion)> = BTreeSet::new();
    let mut expect = |columns: [&str; 3], row: &tables::Row| {
        let columns = columns.map(str::to_owned);
        expected.extend(history.of(row).into_iter().map(|release| (columns.clone(), release)));
    };
    for row in tables::read(&folder.join("types.csv")) {
        if row["kind"] != "(generated)" {
            expect([&row["class"], &row["kind"], &row["used_in_webapi"]], &row);
        }
    }
    for row in tables::read(&folder.join("models.csv")) {
        expect([&row["data_interface"], &row["field"], &row["type"]], &row);
    }
    let mut found = BTreeSet::new();
    for data_type in Catalog::bundled().types().iter() {
        let kind = match data_type.kind {
            TypeKind::Interface => "interface",
            TypeKind::Class => "class",
        };
        let used = if data_type.is_used_in_webapi { "yes" } else { "no" };
        let head = ([data_type.class.as_str(), kind, used], data_type.releases);
        let fields = data_type.fields.iter();
        let fields =
            fields.map(|it| ([data_type.class.as_str(), it.name, it.php_type.as_str()], it.releases));
        for (columns, releases) in std::iter::once(head).chain(fields) {
            let columns = columns.map(str::to_owned);
            found.extend(versions(releases).into_iter().map(|release| (columns.clone(), release)));
        }
    }
    assert!(expected.len() > 200_000, "{}", expected.len());
    assert_eq!(expected.symmetric_difference(&found).next(), None);
}

#[test]
fn services_of_every_release_are_the_tables() {
    let Some(folder) = tables::folder() else { return };
    let history = History::new(&folder);
    let mut expected: BTreeSet<([String; 4], MagentoVersion)> = BTreeSet::new();
    for row in tables::read(&folder.join("services.csv")) {
        let columns = ["class", "method", "params", "return"].map(|column| row[column].clone());
        expected.extend(history.of(&row).into_iter().map(|release| (columns.clone(), release)));
    }
    let mut found = BTreeSet::new();
    for service in Catalog::bundled().services().services.iter() {
        assert!(service.module().starts_with("Magento_"));
        for method in &service.methods {
            let parameters = method.parameters.iter().map(|it| {
                let default = it.default.map(|default| format!(" = {default}")).unwrap_or_default();
                format!("{} ${}{default}", it.php_type, it.name)
            });
            let parameters = parameters.collect::<Vec<_>>().join(", ");
            let columns =
                [&service.class, method.name, &parameters, method.returns.as_str()].map(str::to_owned);
            found.extend(versions(method.releases).into_iter().map(|release| (columns.clone(), release)));
        }
    }
    assert!(expected.len() > 40_000, "{}", expected.len());
    assert_eq!(expected.symmetric_difference(&found).next(), None);
}

#[test]
fn routes_call_the_methods_of_the_tables() {
    let Some(folder) = tables::folder() else { return };
    let catalog = Catalog::bundled();
    let mut known = 0;
    for (version, rows) in tables::webapi(&folder) {
        for row in rows {
            let [path, method, _] = tables::route(&row);
            let is_it = |route: &&magespec::catalog::Route| route.path == path && route.method == method;
            let route = catalog.routes().iter().find(is_it).unwrap();
            let called = catalog.services().called_by(route, only(&version.to_string()));
            let class = row["class"].trim_start_matches('\\');
            if class.starts_with("Magento") {
                known += 1;
                let called = called.map(|(service, method)| (service.class.as_str(), method.name));
                assert_eq!(called, Some((class, row["service_method"].as_str())), "{route} {version}");
            } else {
                assert_eq!(called, None, "{route} {version}");
            }
        }
    }
    assert!(known > 5_000, "{known}");
}

#[test]
fn routes_of_magentos_own_modules_call_something_in_every_release() {
    let Some(folder) = tables::folder() else { return };
    let catalog = Catalog::bundled();
    let history = tables::read(&folder.join("webapi/history.csv"));
    let mut of_vendors = BTreeSet::new();
    for row in history.iter().filter(|row| !row["class"].trim_start_matches('\\').starts_with("Magento")) {
        let [path, method, _] = tables::route(row);
        of_vendors.insert(format!("{method} {path}"));
    }
    for route in catalog.routes().iter().filter(|route| !of_vendors.contains(&route.to_string())) {
        for release in catalog.known(route.releases()).iter() {
            assert!(catalog.services().called_by(route, release).is_some(), "{route} {release:?}");
        }
    }
}

#[test]
fn entities_are_the_table() {
    let Some(folder) = tables::folder() else { return };
    let history = History::new(&folder);
    let rows = tables::read(&folder.join("entities.csv"));
    assert_eq!(Catalog::bundled().entities().iter().count(), rows.len());
    for row in rows {
        let expected = [
            &row["entity"],
            &row["model"],
            event_prefix(&row),
            &row["event_object"],
            &row["service_interface"],
            &row["data_interface"],
        ];
        let is_row = |found: &&magespec::catalog::Entity| {
            let found = [
                found.name,
                &found.model,
                found.event_prefix,
                found.event_object,
                &found.service,
                &found.data_interface,
            ];
            found == expected
        };
        let found = Catalog::bundled().entities().find(&row["entity"]).iter().find(is_row);
        let found = found.unwrap_or_else(|| panic!("{row:?}"));
        assert_eq!(versions(found.releases), history.of(&row).into_iter().collect::<Vec<_>>());
        assert_eq!(found.is_abstract_model, row["is_abstract_model"] == "yes");
    }
}

#[test]
fn events_lead_to_entities_and_their_fields() {
    let catalog = Catalog::bundled();
    let entities: Vec<_> = catalog.entities_of("sales_order_save_after").collect();
    let [order] = &entities[..] else { panic!("{entities:?}") };
    assert_eq!((order.name, order.data_interface.as_str()), ("order", ORDER));
    assert_eq!(order.model, r"Magento\Sales\Model\Order");
    let [data_type] = catalog.types().find(&order.data_interface) else { panic!() };
    assert_eq!(data_type.module(), "Magento_Sales");
    let field = |name| data_type.field(name, only("2.4.7")).map(|field| field.php_type.as_str());
    assert_eq!(field("increment_id"), Some("string|null"));
    assert_eq!(field("items"), Some(r"Magento\Sales\Api\Data\OrderItemInterface[]"));
    assert_eq!(field("extension_attributes"), Some(r"Magento\Sales\Api\Data\OrderExtensionInterface|null"));
    assert_eq!(field("incremnt_id"), None);

    assert!(catalog.entities_of("core_abstract_save_after").count() > 1);
    for event in ["sales_order_place_after", "_save_after", "checkout_submit_all_after"] {
        assert_eq!(catalog.entities_of(event).count(), 0, "{event}");
    }
}

#[test]
fn php_types_are_taken_apart() {
    let [order] = Catalog::bundled().types().find(ORDER) else { panic!() };
    let php_type = |name| &order.field(name, only("2.4.7")).unwrap().php_type;
    assert!(php_type("grand_total").names().eq(["float"]) && !php_type("grand_total").is_nullable());
    assert!(php_type("state").names().eq(["string"]) && php_type("state").is_nullable());
}

#[test]
fn near_types_are_found_by_their_last_part() {
    let catalog = Catalog::bundled();
    let types = catalog.types();
    for wrong in
        ["OrderInterface", r"Magento\Sales\Api\Data\OrdrInterface", r"Magento\Sale\Api\Data\OrderInterface"]
    {
        let nearest = types.nearest(wrong, in_releases("2.4.8"));
        assert!(nearest.contains(&ORDER), "{wrong} {nearest:?}");
    }
    assert_eq!(types.nearest("Zzz", catalog.all()), [""; 0]);
    assert_eq!(types.releases_of(r"Magento\AdobeImsApi\Api\Data\ConfigInterface"), in_releases(">=2.4.1"));
}

#[test]
fn a_shop_has_the_types_and_services_of_its_release() {
    let shop = Catalog::of_shop(Shop::new("2.3.7".parse().unwrap()));
    let release = shop.releases()[0].id;
    assert!(shop.types().find(r"Magento\AdobeImsApi\Api\Data\ConfigInterface").is_empty());
    let order = shop.types().at(ORDER, release).unwrap();
    assert_eq!(order.releases(), shop.all());
    assert_eq!(order.field("increment_id", release).unwrap().releases, shop.all());
    assert!(shop.services().services.find(r"Magento\Sales\Api\OrderRepositoryInterface").len() == 1);
    assert!(shop.entities().at("order", release).is_some());
}
