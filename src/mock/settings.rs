//! Settings of the shop that answers.

use crate::{
    catalog::{Catalog, ReleaseId},
    names::{Edition, MagentoVersion},
};

/// What the mock pretends to be.
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
    pub base_url: Option<String>,
    /// True if integration tokens are taken as bearer tokens (`oauth/consumer/enable_integration_as_bearer`).
    pub takes_bearer: bool,
    /// Stores.
    pub stores: Vec<StoreView>,
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
