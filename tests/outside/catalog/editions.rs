//! Adobe Commerce and Mage-OS, against the tables.

use std::collections::BTreeSet;

use magespec::{
    catalog::{Access, Catalog, ReleaseSet},
    names::{Call, Edition},
};

use super::tables;
use crate::need::{Need, shared, trials};

trials! {
    [Need::Shared("magento")] =>
        public_routes_of_commerce_are_the_tables,
        company_roles_are_the_tables,
        releases_of_mage_os_are_the_tables;
}

fn public_routes_of_commerce_are_the_tables() {
    let commerce = Catalog::bundled().of_edition(Edition::Commerce);
    let mut seen = 0;
    for row in tables::read(&shared("magento").join("commerce_routes.csv")) {
        let call = Call::new(format!("{} {}", row["method"], row["url"])).unwrap();
        let is_route =
            |route: &&magespec::catalog::Route| *route.method == row["method"] && *route.path == row["url"];
        let route = commerce.routes().iter().find(is_route);
        if row["in_open_source"] != "no" {
            continue;
        }
        seen += 1;
        let route = route.unwrap_or_else(|| panic!("{call} is missing"));
        let [need] = &*route.needs else { panic!("{call}: {:?}", route.needs) };
        let audience: BTreeSet<&str> = row["audience"].split(' ').collect();
        let expected = if audience.contains("guest") {
            Access::Anyone
        } else if audience.contains("customer") {
            Access::Customer
        } else if row["documented_acl"].is_empty() {
            Access::Unpublished
        } else {
            Access::Granted([row["documented_acl"].clone().into()].into_iter().collect())
        };
        assert_eq!(need.access, expected, "{call}");
        assert_eq!(commerce.runs(need.releases).join(","), row["releases"], "{call}");
    }
    assert_eq!(seen, 181);
}

fn company_roles_are_the_tables() {
    for row in tables::read(&shared("magento").join("commerce_acl.csv")) {
        let is_of_role = row["kind"] == "company_role";
        assert_eq!(Catalog::is_of_company_role(&row["id"]), is_of_role, "{}", row["id"]);
    }
}

fn releases_of_mage_os_are_the_tables() {
    let catalog = Catalog::bundled();
    let of = |version: &str| -> ReleaseSet {
        let is_it = |it: &&magespec::catalog::Release| it.version.to_string() == version;
        catalog.releases().iter().filter(is_it).map(|it| it.id).collect()
    };
    for row in tables::read(&shared("magento").join("mage_os.csv")) {
        let made =
            catalog.mage_os_of(of(&row["magento"])).find(|it| it.version.to_string() == row["mage_os"]);
        let made = made.unwrap_or_else(|| panic!("Mage-OS {} is missing", row["mage_os"]));
        assert_eq!(made.replaces_framework.unwrap_or_default(), row["replaces_magento_framework"]);
    }
}
