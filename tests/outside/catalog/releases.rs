//! The ACL, PHP and the packages of each release, against the tables.

use std::collections::{BTreeMap, BTreeSet};

use magespec::{catalog::Catalog, names::ModuleName};

use super::tables;
use crate::{
    need::{Need, shared, trials},
    support::releases::target,
};

trials! {
    [Need::Shared("magento")] =>
        acl_of_every_release_is_the_tables,
        php_and_framework_of_every_release_are_the_tables,
        basis_of_every_release_is_the_tables,
        package_of_every_module_in_every_release_is_the_tables;
}

fn acl_of_every_release_is_the_tables() {
    let folder = shared("magento");
    let catalog = Catalog::bundled();
    let trees = tables::acl(&folder);
    let module = ModuleName::new("Acme_Erp").unwrap();
    assert_eq!(trees.len(), 120);
    for (release, tree) in trees {
        let target = target(&format!("={release}"));
        let id = target.releases.first().unwrap();
        assert!(catalog.release(id).has_acl);
        let found: BTreeSet<[String; 6]> = catalog.acl(target.releases, &module, []).rows_of(id).collect();
        let columns = ["id", "parent", "title", "module", "sort_order", "disabled"];
        let expected: BTreeSet<[String; 6]> =
            tree.iter().map(|row| columns.map(|column| row[column].clone())).collect();
        assert_eq!(expected.len(), tree.len());
        assert_eq!(found, expected, "{release}");
    }
}

fn php_and_framework_of_every_release_are_the_tables() {
    let folder = shared("magento");
    let catalog = Catalog::bundled();
    let rows = tables::read(&folder.join("versions.csv"));
    assert_eq!(rows.len(), 120);
    let mut before = "";
    for row in &rows {
        let target = target(&format!("={}", row["magento"]));
        let release = catalog.release(target.releases.first().unwrap());
        // The one of 2.4.6-p15 and 2.4.7-p10 is not known.
        let framework = if row["framework"].is_empty() { before } else { &row["framework"] };
        assert_eq!((release.php, release.framework), (row["php_magento2_base"].as_str(), framework));
        before = framework;
    }
}

fn basis_of_every_release_is_the_tables() {
    let releases = Catalog::bundled().releases().iter();
    let found: BTreeMap<_, _> = releases.map(|release| (release.version, release.basis)).collect();
    assert_eq!(found, tables::bases(&shared("magento")));
}

fn package_of_every_module_in_every_release_is_the_tables() {
    let folder = shared("magento");
    let catalog = Catalog::bundled();
    let packages = tables::packages(&folder);
    assert!(packages.len() > 25_000, "{}", packages.len());
    for ((module, release), (package, version)) in packages {
        if module.is_empty() {
            continue;
        }
        let found = catalog
            .package(&module, &target(&format!("={release}")))
            .unwrap_or_else(|| panic!("{module} {release}"));
        let numbers: Vec<&str> = version.split('.').take(2).collect();
        assert_eq!(
            (found.name, found.constraint),
            (package.clone(), format!("{}.*", numbers.join("."))),
            "{module} {release}"
        );
    }
}
