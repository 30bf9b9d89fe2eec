//! Entities, data interfaces and services, against the tables.

use std::collections::BTreeSet;

use magespec::{
    catalog::{Catalog, ReleaseSet, TypeKind},
    names::MagentoVersion,
};

use super::{
    generate::{api::event_prefix, sheet::History},
    tables,
};
use crate::{
    need::{Need, shared, trials},
    support::releases::in_releases,
};

trials! {
    [Need::Shared("magento")] =>
        types_and_fields_of_every_release_are_the_tables,
        services_of_every_release_are_the_tables,
        routes_call_the_methods_of_the_tables,
        routes_of_magentos_own_modules_call_something_in_every_release,
        entities_are_the_table;
}

fn versions(releases: ReleaseSet) -> Vec<MagentoVersion> {
    releases.iter().map(|id| Catalog::bundled().release(id).version).collect()
}

fn types_and_fields_of_every_release_are_the_tables() {
    let folder = shared("magento");
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

fn services_of_every_release_are_the_tables() {
    let folder = shared("magento");
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

fn routes_call_the_methods_of_the_tables() {
    let folder = shared("magento");
    let catalog = Catalog::bundled();
    let mut known = 0;
    for (version, rows) in tables::webapi(&folder) {
        for row in rows {
            let [path, method, _] = tables::route(&row);
            let is_it = |route: &&magespec::catalog::Route| route.path == path && route.method == method;
            let route = catalog.routes().iter().find(is_it).unwrap();
            let called =
                catalog.services().called_by(route, in_releases(&format!("={version}")).first().unwrap());
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

fn routes_of_magentos_own_modules_call_something_in_every_release() {
    let folder = shared("magento");
    let catalog = Catalog::bundled();
    let history = tables::read(&folder.join("webapi/history.csv"));
    let mut of_vendors = BTreeSet::new();
    for row in history.iter().filter(|row| !row["class"].trim_start_matches('\\').starts_with("Magento")) {
        let [path, method, _] = tables::route(row);
        of_vendors.insert(format!("{method} {path}"));
    }
    let mut unseen = BTreeSet::new();
    for (release, rows) in tables::webapi(&folder) {
        for row in rows.iter().filter(|row| row["class"].is_empty()) {
            let [path, method, _] = tables::route(row);
            unseen.insert((format!("{method} {path}"), release));
        }
    }
    for route in catalog.routes().iter().filter(|route| !of_vendors.contains(&route.to_string())) {
        for release in catalog.known(route.releases()).iter() {
            let calls = catalog.services().called_by(route, release);
            let is_unseen = unseen.contains(&(route.to_string(), catalog.release(release).version));
            assert_eq!(calls.is_none(), is_unseen, "{route} {release:?}");
        }
    }
}

fn entities_are_the_table() {
    let folder = shared("magento");
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
