//! Settings of the shop that answers.

use std::net::SocketAddr;

use crate::{
    catalog::{Catalog, ReleaseId, behaviour},
    mock::HttpRequest,
    names::{Edition, MagentoVersion},
};

/// Shop that the mock stands in for.
#[derive(Debug, Clone)]
pub struct MockSettings {
    /// Catalog with the release.
    pub catalog: &'static Catalog,
    /// Release in the catalog.
    pub release: ReleaseId,
    /// Its version.
    pub version: MagentoVersion,
    /// Its edition.
    pub edition: Edition,
    /// Production or developer mode.
    pub mode: MockMode,
    /// Seed of credentials and of made values.
    pub seed: u64,
    /// Scheme and host that signatures are computed with, if not those of the request.
    pub base_url: Option<(String, String)>,
    /// True if integration tokens are taken as bearer tokens (`oauth/consumer/enable_integration_as_bearer`).
    pub takes_bearer: bool,
    /// Seconds after the credentials were posted in which a request token is given (`oauth/consumer/expiration_period`).
    pub expiration_period: u64,
    /// True if Admin users need a second factor (Magento_TwoFactorAuth).
    pub needs_two_factors: bool,
    /// True if calls are refused that the spec of the integration does not list.
    pub is_strict: bool,
    /// Store views; the first is the default one.
    pub stores: Vec<StoreView>,
}

impl MockSettings {
    /// Settings of a release, as a new shop has them.
    #[must_use]
    pub fn new(catalog: &'static Catalog, release: ReleaseId, edition: Edition) -> Self {
        let store = StoreView { id: 1, code: "default".to_owned(), name: "Default Store View".to_owned() };
        Self {
            catalog,
            release,
            version: catalog.release(release).version,
            edition,
            mode: MockMode::Production,
            seed: 0,
            base_url: None,
            takes_bearer: false,
            expiration_period: 300,
            needs_two_factors: false,
            is_strict: false,
            stores: vec![store],
        }
    }

    /// Codes of store views that a path may have, `all` too.
    #[must_use]
    pub fn store_codes(&self) -> Vec<&str> {
        self.stores.iter().map(|store| &*store.code).chain(["all"]).collect()
    }

    /// Base URL of the shop at an address, without a slash at its end.
    #[must_use]
    pub fn base_url_at(&self, address: SocketAddr) -> String {
        match &self.base_url {
            Some((scheme, host)) => format!("{scheme}://{host}"),
            None => format!("http://{address}"),
        }
    }

    /// Returns true if access tokens of integrations are accepted as bearer tokens.
    pub(in crate::mock) fn accepts_bearer(&self) -> bool {
        self.takes_bearer || behaviour::takes_bearer_token(self.version)
    }

    /// Scheme and host that a signature is computed with.
    pub(in crate::mock) fn base<'a>(&'a self, request: &'a HttpRequest) -> (&'a str, &'a str) {
        match &self.base_url {
            Some((scheme, host)) => (scheme, host),
            None => (&request.scheme, &request.host),
        }
    }
}

/// Mode of the shop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MockMode {
    /// Production: no traces.
    #[default]
    Production,
    /// Developer: traces and messages of exceptions.
    Developer,
}

/// A store view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreView {
    /// Id.
    pub id: u32,
    /// Code in paths.
    pub code: String,
    /// Name.
    pub name: String,
}
