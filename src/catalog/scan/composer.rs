//! Composer packages, from `composer.lock` and the `composer.json` of each.

use std::collections::HashMap;

use camino::Utf8Path;
use serde::Deserialize;

use super::input;
use crate::catalog::{ShopModule, shop::plain};

pub(super) const COMPOSER_LOCK: &str = "composer.lock";

/// Package as both files describe it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ComposerPackage {
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) version: Option<String>,
    #[serde(default)]
    pub(super) require: HashMap<String, String>,
}

/// Versions of all packages.
#[derive(Default)]
pub(super) struct ComposerLock {
    versions: HashMap<String, String>,
}

impl ComposerLock {
    /// Reads composer.lock; without it no version is known.
    pub(super) fn read(root: &Utf8Path) -> Self {
        #[derive(Deserialize)]
        struct LockFile {
            #[serde(default)]
            packages: Vec<LockedPackage>,
        }
        #[derive(Deserialize)]
        struct LockedPackage {
            name: String,
            version: String,
        }
        let document = input::text(&root.join(COMPOSER_LOCK))
            .and_then(|text| serde_json::from_str::<LockFile>(&text).ok());
        let packages = document.into_iter().flat_map(|document| document.packages);
        Self { versions: packages.map(|package| (package.name, package.version)).collect() }
    }

    /// Version of a package.
    pub(super) fn version(&self, package: &str) -> Option<&str> {
        self.versions.get(package).map(String::as_str)
    }

    /// Package with this composer.json; its version comes from there or from the lock.
    pub(super) fn package(&self, composer_json: &str) -> ShopModule {
        let Some(package) = parse(composer_json).filter(|package| !package.name.is_empty()) else {
            return ShopModule::default();
        };
        let version = package.version.or_else(|| self.version(&package.name).map(str::to_owned));
        let version = version.map(|version| plain(version.trim_start_matches('v')));
        ShopModule { package: Some(plain(&package.name)), version: version.filter(|it| !it.is_empty()) }
    }
}

/// Parses a composer.json; none if it is broken.
pub(super) fn parse(text: &str) -> Option<ComposerPackage> {
    serde_json::from_str(text).ok()
}
