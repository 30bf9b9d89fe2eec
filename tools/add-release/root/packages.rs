//! Composer packages of a root, from composer.lock or what Composer installed.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;
use magespec::diag::Failure;
use serde::Deserialize;
use serde_json::Value;

use crate::tables::read;

/// Files with the packages, the first that there is.
const FILES: [&str; 2] = ["composer.lock", "vendor/composer/installed.json"];

/// Installed packages by name.
#[derive(Debug, Default)]
pub(crate) struct Packages(BTreeMap<String, Package>);

/// Installed package.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Package {
    name: String,
    #[serde(default)]
    pub(super) version: String,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    require: Value,
    #[serde(default)]
    replace: Value,
}

/// Packages that others require.
#[derive(Debug, Default)]
pub(super) struct Required {
    pub(super) packages: BTreeSet<String>,
    /// Those that are not installed: extensions of PHP, virtual packages, and those that a project replaces.
    pub(super) missing: BTreeSet<String>,
}

/// `packages` of both files.
#[derive(Deserialize)]
struct Lock {
    packages: Vec<Package>,
}

impl Packages {
    /// Reads the packages; none without either file.
    ///
    /// # Errors
    /// Fails if the file is not Composer's.
    pub(super) fn read(root: &Utf8Path) -> Result<Self, Failure> {
        let Some(file) = FILES.into_iter().map(|file| root.join(file)).find(|file| file.is_file()) else {
            return Ok(Self::default());
        };
        let lock: Lock = serde_json::from_str(&read(&file)?)
            .map_err(|error| Failure::new(format!("{file} is not a file of Composer: {error}")))?;
        Ok(Self(lock.packages.into_iter().map(|package| (package.name.clone(), package)).collect()))
    }

    pub(super) fn get(&self, name: &str) -> Option<&Package> {
        self.0.get(name)
    }

    /// Bundled package of a module that none on disk has.
    pub(super) fn module_without_files(
        &self,
        bundled: &BTreeSet<String>,
        on_disk: &BTreeSet<&str>,
    ) -> Option<&str> {
        let modules = self
            .0
            .values()
            .filter(|package| package.kind == "magento2-module" && bundled.contains(&package.name));
        let is_there = |package: &Package| {
            on_disk.contains(package.name.as_str()) || package.replaced().any(|name| on_disk.contains(name))
        };
        modules.filter(|package| !is_there(package)).map(|package| package.name.as_str()).next()
    }

    /// Packages that the first ones require, directly or not, with those that they replace.
    pub(super) fn required_by<'a>(&'a self, first: impl IntoIterator<Item = &'a str>) -> Required {
        let providers: BTreeMap<&str, &Package> =
            self.0.values().flat_map(|package| package.replaced().map(move |name| (name, package))).collect();
        let mut required = Required::default();
        let mut open: Vec<&str> = first.into_iter().collect();
        while let Some(name) = open.pop() {
            match self.0.get(name).or_else(|| providers.get(name).copied()) {
                Some(package) if required.packages.insert(package.name.clone()) => {
                    required.packages.extend(package.replaced().map(str::to_owned));
                    open.extend(keys(&package.require));
                }
                Some(_) => {}
                None => _ = required.missing.insert(name.to_owned()),
            }
        }
        required
    }
}

impl Package {
    /// Packages that it replaces.
    pub(super) fn replaced(&self) -> impl Iterator<Item = &str> {
        keys(&self.replace)
    }

    /// Versions of another that it requires.
    pub(super) fn requires(&self, name: &str) -> Option<&str> {
        self.require.get(name)?.as_str()
    }

    /// Version in which it replaces another.
    pub(super) fn replaces(&self, name: &str) -> Option<&str> {
        self.replace.get(name)?.as_str()
    }
}

/// Keys of an object. PHP writes an empty one as `[]`.
pub(super) fn keys(object: &Value) -> impl Iterator<Item = &str> {
    object.as_object().into_iter().flat_map(|object| object.keys().map(String::as_str))
}
