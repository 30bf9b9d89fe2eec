//! A mock shop with one integration.

use magespec::{
    catalog::Catalog,
    mock::{MockConsumer, MockSettings, MockShop, ServedRoute, TokenRow},
    names::Edition,
    oauth::Secrets,
};

/// Shop of a release with an integration that may do everything.
pub(crate) fn shop_of(version: &str, change: impl FnOnce(&mut MockSettings)) -> MockShop {
    let catalog = Catalog::bundled();
    let release = catalog.nearest(version.parse().unwrap()).unwrap();
    let mut settings = MockSettings::new(catalog, release.id, Edition::OpenSource);
    change(&mut settings);
    let routes = ServedRoute::of_release(catalog, release.id);
    let (consumer, token) = unlimited();
    MockShop::new(settings, routes, Vec::new(), vec![consumer], vec![token])
}

/// Credentials of the integration: a letter 32 times each.
pub(crate) fn secrets() -> Secrets {
    Secrets {
        consumer_key: "k".repeat(32),
        consumer_secret: "s".repeat(32),
        access_token: Some("t".repeat(32)),
        access_token_secret: Some("u".repeat(32)),
    }
}

/// An integration that may do everything, with its token.
pub(crate) fn unlimited() -> (MockConsumer, TokenRow) {
    MockConsumer::unlimited(&secrets())
}
