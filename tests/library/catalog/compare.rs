//! Releases in the catalog, compared with each other.

use std::sync::Arc;

use magespec::{
    catalog::{AclTable, Basis, Catalog, Shop, Target},
    names::ModuleName,
};

use crate::support::releases::target;

/// The ACL of a shop without further modules.
fn acl(target: &Target) -> Arc<AclTable> {
    Catalog::bundled().acl(target.releases, &ModuleName::new("Acme_Erp").unwrap(), [])
}

#[test]
fn releases_without_an_acl_have_that_of_the_one_before() {
    let releases = Catalog::bundled().releases().iter();
    let without = releases.filter(|release| !release.has_acl).map(|release| release.version.to_string());
    assert!(without.eq(["2.2.11"]));
    let [without, before] = ["=2.2.11", "=2.2.10"].map(target);
    let ids = |target| acl(target).ids().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(ids(&without), ids(&before));
}

#[test]
fn releases_are_read_deduced_or_assumed() {
    let catalog = Catalog::bundled();
    let known_by = |basis| {
        let releases = catalog.releases().iter().filter(|release| release.basis == basis);
        catalog.describe(releases.map(|release| release.id).collect())
    };
    assert_eq!(
        known_by(Basis::Deduced),
        "2.4.3-p3, 2.4.5-p14, 2.4.6-p12..2.4.6-p13, 2.4.7-p7, 2.4.8-p2..2.4.8-p3"
    );
    assert_eq!(
        known_by(Basis::Assumed),
        "2.2.11, 2.4.6-p14..2.4.6-p15, 2.4.7-p9..2.4.7-p10, 2.4.8-p4..2.4.9"
    );
    let shop = Catalog::of_shop(Shop::new("2.4.9".parse().unwrap()));
    assert_eq!(shop.releases()[0].basis, Basis::Real, "a shop is read from its own files");
}

#[test]
fn releases_without_a_list_of_packages_have_those_of_the_one_before() {
    let catalog = Catalog::bundled();
    for (target, module, constraint) in [
        ("2.3.*", "Magento_Sales", "102.0.*"),
        ("2.3.4-p2", "Magento_Backend", "101.0.*"),
        ("2.2.*", "Magento_Cms", "102.0.*"),
        ("^2.4.4", "Magento_Cms", "104.0.*"),
        // Modules that the product does not pin.
        ("2.4.6 || 2.4.7 || 2.4.8", "Magento_InventoryApi", "1.2.*"),
        ("2.4.7", "Magento_TwoFactorAuth", "1.1.*"),
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
    assert!(size < 650_000, "{size} bytes");
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
    for (releases, constraint) in [
        ("2.4.*", Some("103.0.*")),
        (">=2.4.6 <2.4.9", Some(">=103.0.6 <103.0.9")),
        ("2.4.4 || 2.4.8", None),
        // 2.3.4-p2 has the framework of 2.3.4.
        ("=2.3.4", None),
        (">=2.4.6 <=2.4.7-p3", Some(">=103.0.6 <=103.0.7-p3")),
    ] {
        let releases = catalog.resolve(&releases.parse().unwrap()).unwrap().releases;
        assert_eq!(catalog.framework_of(releases).as_deref(), constraint, "{constraint:?}");
    }
    let both = catalog.resolve(&"2.2.* || 2.3.0".parse().unwrap()).unwrap();
    assert_eq!(catalog.package("Magento_Integration", &both).unwrap().constraint, "100.2.* || 100.3.*");
}
