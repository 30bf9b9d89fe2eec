//! The Admin's configuration and menu, cron and topics.

use magespec::catalog::{Catalog, Shop};

use crate::support::releases::in_releases;

#[test]
fn entries_are_known_by_release() {
    let catalog = Catalog::bundled();
    let config = catalog.config();
    assert_eq!(config.tabs.releases_of("service"), catalog.all());
    assert_eq!(config.groups.releases_of("admin/grid"), in_releases(">=2.4.6"));
    let section =
        |version: &str| config.sections.at("advanced", in_releases(version).first().unwrap()).unwrap();
    assert_eq!(section("=2.3.3").resource, "Magento_Backend::advanced");
    assert_eq!(section("=2.3.4").resource, "Magento_Config::advanced");
    assert_eq!(section("=2.4.8").label, "Advanced");
    assert!(section("=2.0.0").scopes.store && !section("=2.4.8").scopes.default);
    assert_eq!(catalog.cron().groups.releases_of("consumers"), in_releases(">=2.3.0"));
    assert!(catalog.topics().ids(in_releases("<2.3.0")).next().is_none());
}

#[test]
fn paths_are_those_of_fields_and_of_their_values() {
    let paths = Catalog::bundled().config_paths();
    assert_eq!(paths.find("general/store_information/name")[0].module, "Magento_Backend");
    assert!(!paths.find("payment/checkmo/active").is_empty());
    assert!(paths.find("payment/paypal_express/active").len() == 1, "only a value is stored there");
    assert!(paths.find("acme_erpbridge/connection/enabled").is_empty());
}

#[test]
fn near_ids_are_found() {
    let catalog = Catalog::bundled();
    let newest = in_releases("2.4.8");
    let config = catalog.config();
    assert_eq!(config.tabs.nearest("services", newest), ["service"]);
    assert_eq!(config.sections.nearest("catlog", newest)[0], "catalog");
    assert_eq!(config.groups.nearest("sales/generl", newest)[0], "sales/general");
    assert_eq!(
        catalog.menu().nearest("Magento_Backend::store_settings", newest)[0],
        "Magento_Backend::stores_settings"
    );
    assert_eq!(catalog.menu().nearest("stores_settings", newest)[0], "Magento_Backend::stores_settings");
    assert_eq!(catalog.cron().groups.nearest("defualt", newest), ["default"]);
    assert_eq!(config.tabs.nearest("yotpoo", newest), [""; 0], "gone before");
}

#[test]
fn a_shop_has_the_configuration_of_its_release() {
    let shop = Catalog::of_shop(Shop::new("2.4.5-p1".parse().unwrap()));
    assert_eq!(shop.config().tabs.releases_of("service"), shop.all());
    assert!(shop.config().groups.find("admin/grid").is_empty());
    assert_eq!(shop.menu().releases_of("Magento_Backend::stores_settings"), shop.all());
    assert_eq!(shop.cron().groups.releases_of("default"), shop.all());
    assert!(!shop.config_paths().find("general/store_information/name").is_empty());
    assert!(shop.topics().iter().count() > 5);
}
