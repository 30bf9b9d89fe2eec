//! Composer packages, from `composer.lock` and the `composer.json` of each.

use std::collections::HashMap;

use camino::Utf8Path;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

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
    #[serde(default, deserialize_with = "table")]
    pub(super) require: HashMap<String, String>,
    /// Packages that it stands for, with their versions.
    #[serde(default, deserialize_with = "table")]
    pub(super) replace: HashMap<String, String>,
    #[serde(default, deserialize_with = "table")]
    pub(super) extra: HashMap<String, String>,
}

/// Object of strings. PHP writes an empty object as `[]`, and `extra` has values of any kind: those are left out.
fn table<'de, D: Deserializer<'de>>(deserializer: D) -> Result<HashMap<String, String>, D::Error> {
    let Value::Object(object) = Value::deserialize(deserializer)? else { return Ok(HashMap::new()) };
    let text = |(key, value): (String, Value)| Some((key, value.as_str()?.to_owned()));
    Ok(object.into_iter().filter_map(text).collect())
}

/// All installed packages by name.
#[derive(Default)]
pub(super) struct ComposerLock {
    packages: HashMap<String, ComposerPackage>,
}

impl ComposerLock {
    /// Reads composer.lock; without it no package is known.
    pub(super) fn read(root: &Utf8Path) -> Self {
        #[derive(Deserialize)]
        struct LockFile {
            #[serde(default)]
            packages: Vec<ComposerPackage>,
        }
        let document = input::text(&root.join(COMPOSER_LOCK))
            .and_then(|text| serde_json::from_str::<LockFile>(&text).ok());
        let packages = document.into_iter().flat_map(|document| document.packages);
        Self { packages: packages.map(|package| (package.name.clone(), package)).collect() }
    }

    /// Version of a package.
    pub(super) fn version(&self, package: &str) -> Option<&str> {
        self.packages.get(package)?.version.as_deref()
    }

    /// Installed package of that name.
    pub(super) fn get(&self, package: &str) -> Option<&ComposerPackage> {
        self.packages.get(package)
    }

    /// Package with this composer.json; its version comes from there or from the lock.
    pub(super) fn package(&self, composer_json: &str) -> ShopModule {
        let Some(package) = parse(composer_json).filter(|package| !package.name.is_empty()) else {
            return ShopModule::default();
        };
        let (name, version) = package.twin().unwrap_or_else(|| {
            let version = package.version.as_deref().or_else(|| self.version(&package.name));
            (&*package.name, version.unwrap_or_default())
        });
        let version = plain(version.trim_start_matches('v'));
        ShopModule { package: Some(plain(name)), version: Some(version).filter(|it| !it.is_empty()) }
    }
}

impl ComposerPackage {
    /// Package of Magento that a package of Mage-OS replaces, with its version
    /// (docs/magento/releases-and-editions.md#mage-os).
    pub(super) fn twin(&self) -> Option<(&str, &str)> {
        let name = self.name.strip_prefix("mage-os/")?;
        let is_twin = |replaced: &&String| replaced.strip_prefix("magento/") == Some(name);
        let twin = self.replace.keys().find(is_twin)?;
        Some((twin, &self.replace[twin]))
    }
}

/// Parses a composer.json; none if it is broken.
pub(super) fn parse(text: &str) -> Option<ComposerPackage> {
    serde_json::from_str(text).ok()
}
