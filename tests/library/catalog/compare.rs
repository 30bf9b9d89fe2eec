//! What the catalog has of releases.

use magespec::{
    catalog::{AclTable, Catalog, Target},
    names::ModuleName,
};

use crate::support::releases::target;

/// The ACL of a shop without further modules.
fn acl(target: &Target) -> AclTable {
    Catalog::bundled().acl(target.releases, &ModuleName::new("Acme_Erp").unwrap(), [])
}

#[test]
fn releases_without_an_acl_have_that_of_the_one_before() {
    for (without, before) in [("2.2.11", "2.2.10"), ("2.4.9", "2.4.8-p1")] {
        let [without, before] = [without, before].map(|version| target(&format!("={version}")));
        let ids = |target| acl(target).ids().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(ids(&without), ids(&before));
    }
}

#[test]
fn releases_without_a_list_of_packages_have_those_of_the_one_before() {
    let catalog = Catalog::bundled();
    for (target, module, constraint) in [
        ("2.3.*", "Magento_Sales", "102.0.*"),
        ("2.3.4-p2", "Magento_Backend", "101.0.*"),
        ("2.2.*", "Magento_Cms", "102.0.*"),
        ("^2.4.4", "Magento_Cms", "104.0.*"),
    ] {
        let target = catalog.resolve(&target.parse().unwrap()).unwrap();
        let found = catalog.package(module, &target).map(|package| package.constraint);
        assert_eq!(found.as_deref(), Some(constraint), "{} {module}", target.constraint);
    }
    let never_in_all = catalog.resolve(&"2.2.* || 2.3.*".parse().unwrap()).unwrap();
    assert_eq!(catalog.package("Magento_InventoryApi", &never_in_all), None);
}

#[test]
fn the_catalog_is_small() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalog/data");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap());
    let size: u64 = entries.filter(std::fs::Metadata::is_file).map(|file| file.len()).sum();
    assert!(size < 600_000, "{size} bytes");
}

#[test]
fn reference_requires_come_out() {
    let catalog = Catalog::bundled();
    let target = catalog.resolve(&">=2.4.4 <2.4.9".parse().unwrap()).unwrap();
    assert_eq!(catalog.framework(&target), "103.0.*");
    for (module, package, constraint) in [
        ("Magento_Backend", "magento/module-backend", "102.0.*"),
        ("Magento_Catalog", "magento/module-catalog", "104.0.*"),
        ("Magento_Config", "magento/module-config", "101.2.*"),
        ("Magento_Integration", "magento/module-integration", "100.4.*"),
        ("Magento_Sales", "magento/module-sales", "103.0.*"),
        ("Magento_Store", "magento/module-store", "101.1.*"),
    ] {
        let found = catalog.package(module, &target).unwrap();
        assert_eq!((found.name.as_str(), found.constraint.as_str()), (package, constraint));
    }
    let both = catalog.resolve(&"2.2.* || 2.3.0".parse().unwrap()).unwrap();
    assert_eq!(catalog.package("Magento_Integration", &both).unwrap().constraint, "100.2.* || 100.3.*");
}
