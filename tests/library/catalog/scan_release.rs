//! The release of a root, and packages of Mage-OS.

use std::fs;

use camino::Utf8Path;
use magespec::catalog::{
    Catalog,
    scan::{ScanError, scan},
};

use crate::support::root::{module, root, scanned, write};

/// Modules of Mage-OS count as the packages of Magento that they replace.
#[test]
fn packages_of_mage_os_have_the_name_and_version_of_their_twin() {
    let dir = root("2.4.8");
    module(dir.path(), "Magento_Sales", &[], "");
    let from = dir.path().join("app/code/Magento/Sales");
    let to = dir.path().join("vendor/mage-os/module-sales");
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::rename(from, &to).unwrap();
    write(
        dir.path(),
        "vendor/mage-os/module-sales/composer.json",
        r#"{"name": "mage-os/module-sales", "version": "1.1.0", "replace": {"magento/module-sales": "103.0.8"}}"#,
    );
    let catalog = Catalog::of_shop(scanned(dir.path()).shop);
    let target = catalog.resolve(&"*".parse().unwrap()).unwrap();
    let package = catalog.package("Magento_Sales", &target).unwrap();
    assert_eq!((package.name.as_str(), package.constraint.as_str()), ("magento/module-sales", "103.0.*"));
}

#[test]
fn the_release_is_read_from_one_of_several_files() {
    let lock =
        "{\"packages\": [{\"name\": \"magento/product-enterprise-edition\", \"version\": \"2.4.6-p3\"}]}";
    for (file, text, release) in [
        ("composer.lock", lock, Some("2.4.6-p3")),
        ("vendor/magento/magento2-base/composer.json", "{\"version\": \"2.4.5\"}", Some("2.4.5")),
        ("composer.json", "{\"name\": \"magento/magento2ce\", \"version\": \"2.3.0\"}", Some("2.3.0")),
        ("composer.json", "{\"name\": \"acme/shop\", \"version\": \"2.3.0\"}", None),
        ("vendor/magento/framework/composer.json", "{\"version\": \"103.0.7-p3\"}", Some("2.4.7-p3")),
        ("lib/internal/Magento/Framework/AppInterface.php", "const VERSION = '2.0.0';", Some("2.0.0")),
        ("composer.lock", "{", None),
        (
            "composer.lock",
            r#"{"packages": [{"name": "mage-os/product-community-edition", "version": "2.3.0",
                "replace": [], "extra": {"magento_version": "2.4.8-p5", "map": [["*", "*"]]}}]}"#,
            Some("2.4.8-p5"),
        ),
        (
            "composer.lock",
            r#"{"packages": [{"name": "mage-os/product-minimal-edition", "version": "3.4.0"}]}"#,
            Some("2.4.9"),
        ),
        (
            "composer.lock",
            r#"{"packages": [{"name": "mage-os/product-community-edition", "version": "9.0.0",
                "replace": {"magento/product-community-edition": "2.4.10"}}]}"#,
            Some("2.4.10"),
        ),
        (
            "composer.lock",
            r#"{"packages": [{"name": "mage-os/magento2-base", "version": "1.2.0",
                "replace": {"magento/magento2-base": "2.4.8-p1"}}]}"#,
            Some("2.4.8-p1"),
        ),
        (
            "composer.lock",
            r#"{"packages": [{"name": "magento/framework", "version": "103.0.7-p3"}]}"#,
            Some("2.4.7-p3"),
        ),
        (
            "vendor/mage-os/framework/composer.json",
            r#"{"name": "mage-os/framework", "version": "1.1.0", "replace": {"magento/framework": "103.0.8"}}"#,
            Some("2.4.8"),
        ),
        (
            "lib/internal/Magento/Framework/composer.json",
            r#"{"name": "magento/framework", "version": "103.0.7-p3"}"#,
            Some("2.4.7-p3"),
        ),
        (
            "lib/internal/Magento/Framework/composer.json",
            r#"{"name": "mage-os/framework", "version": "1.0.5"}"#,
            Some("2.4.7-p3"),
        ),
        ("lib/internal/Magento/Framework/composer.json", r#"{"name": "magento/framework"}"#, None),
        (
            "composer.json",
            r#"{"name": "mage-os/magento2ce", "version": "2.3.0", "replace": {"magento/framework": "*"}}"#,
            Some("2.4.8-p5"),
        ),
        (
            "composer.json",
            r#"{"name": "acme/shop", "replace": {"magento/product-community-edition": "2.4.7-p3"}}"#,
            Some("2.4.7-p3"),
        ),
        (
            "composer.json",
            r#"{"name": "acme/shop", "require": {"mage-os/product-community-edition": "1.0.5"}}"#,
            Some("2.4.7-p3"),
        ),
    ] {
        let dir = tempfile::tempdir().unwrap();
        module(dir.path(), "Acme_A", &[], "");
        write(dir.path(), file, text);
        match (scan(Utf8Path::from_path(dir.path()).unwrap(), None), release) {
            (Ok(scan), Some(release)) => assert_eq!(scan.shop.version.to_string(), release, "{file}"),
            (Err(ScanError::NoRelease), None) => {}
            (other, _) => panic!("{file}: {other:?}"),
        }
    }
    let empty = root("2.4.7");
    assert!(matches!(scan(Utf8Path::from_path(empty.path()).unwrap(), None), Err(ScanError::NoMagento)));
}
