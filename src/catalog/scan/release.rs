//! Detection of a root's Magento release.

use camino::Utf8Path;

use super::{
    composer::{ComposerLock, ComposerPackage, parse},
    input,
};
use crate::{
    catalog::{Catalog, MageOsRelease},
    names::MagentoVersion,
};

/// Metapackages of the editions. Magento itself reads its version from these
/// (`framework/App/ProductMetadata.php`).
const EDITIONS: [&str; 2] = ["magento/product-community-edition", "magento/product-enterprise-edition"];

/// Metapackages of Mage-OS (docs/magento/releases-and-editions.md#mage-os-recognised).
const MAGE_OS: [&str; 2] = ["mage-os/product-community-edition", "mage-os/product-minimal-edition"];

/// Files of Magento outside of modules, and the framework, with the files that name their versions.
const MAGENTO_BASE: &str = "magento/magento2-base";
const MAGE_OS_BASE: &str = "mage-os/magento2-base";
const MAGENTO_FRAMEWORK: &str = "magento/framework";
const MAGE_OS_FRAMEWORK: &str = "mage-os/framework";

const ROOT: &str = "composer.json";
/// The framework in a git checkout.
const LIBRARY: &str = "lib/internal/Magento/Framework/composer.json";
/// File with the version of 2.0, a constant of the framework.
const APP_INTERFACE: &str = "lib/internal/Magento/Framework/AppInterface.php";

/// Files that may name the release, besides composer.lock.
pub(super) const FILES: [&str; 7] = [
    "vendor/magento/magento2-base/composer.json",
    "vendor/mage-os/magento2-base/composer.json",
    "vendor/magento/framework/composer.json",
    "vendor/mage-os/framework/composer.json",
    ROOT,
    LIBRARY,
    APP_INTERFACE,
];

/// Release from the first file that names it.
pub(super) fn of(root: &Utf8Path, lock: &ComposerLock) -> Option<MagentoVersion> {
    let product = || EDITIONS.iter().find_map(|edition| lock.version(edition)?.parse().ok());
    let mage_os = || MAGE_OS.iter().find_map(|edition| of_mage_os(lock.get(edition)?));
    let installed = InstalledPackages { root, lock };
    let base = || installed.version(MAGENTO_BASE, MAGE_OS_BASE)?.parse().ok();
    let project = || project(&parse(&input::text(&root.join(ROOT))?)?);
    let framework = || of_framework(&installed.version(MAGENTO_FRAMEWORK, MAGE_OS_FRAMEWORK)?);
    let library = || of_library(&parse(&input::text(&root.join(LIBRARY))?)?);
    let constant = || constant(&input::text(&root.join(APP_INTERFACE))?);
    product()
        .or_else(mage_os)
        .or_else(base)
        .or_else(project)
        .or_else(framework)
        .or_else(library)
        .or_else(constant)
}

/// Packages in composer.lock or in vendor.
struct InstalledPackages<'a> {
    root: &'a Utf8Path,
    lock: &'a ComposerLock,
}

impl InstalledPackages<'_> {
    /// Version of a package of Magento, or of the one that replaces it in Mage-OS.
    fn version(&self, magento: &str, mage_os: &str) -> Option<String> {
        let locked = || self.lock.version(magento).map(str::to_owned);
        let of_twin = |package: &ComposerPackage| Some(package.twin()?.1.to_owned());
        let read =
            |package: &str| parse(&input::text(&self.root.join(format!("vendor/{package}/composer.json")))?);
        locked()
            .or_else(|| of_twin(self.lock.get(mage_os)?))
            .or_else(|| read(magento)?.version)
            .or_else(|| of_twin(&read(mage_os)?))
    }
}

/// Magento release that a product of Mage-OS is based on.
fn of_mage_os(product: &ComposerPackage) -> Option<MagentoVersion> {
    let named = product.extra.get("magento_version").map(String::as_str);
    let replaced = EDITIONS.iter().find_map(|edition| product.replace.get(*edition));
    let known = || behind(product.version.as_deref()?);
    named.or(replaced.map(String::as_str)).and_then(|version| version.parse().ok()).or_else(known)
}

/// Magento release behind a release of Mage-OS.
fn behind(mage_os_version: &str) -> Option<MagentoVersion> {
    Some(MageOsRelease::named(mage_os_version.parse().ok()?)?.magento)
}

/// Release that the project's composer.json requires or replaces or, in a checkout of Magento itself, is.
fn project(package: &ComposerPackage) -> Option<MagentoVersion> {
    let products = || EDITIONS.iter().chain([&MAGENTO_BASE]);
    let required = products().find_map(|edition| package.require.get(*edition)?.parse().ok());
    let replaced = || products().find_map(|edition| package.replace.get(*edition)?.parse().ok());
    let of_mage_os = || MAGE_OS.iter().find_map(|edition| behind(package.require.get(*edition)?));
    let itself = || match package.name.split_once('/')?.0 {
        "magento" => package.version.as_deref()?.parse().ok(),
        "mage-os" => behind(package.version.as_deref()?),
        _ => None,
    };
    required.or_else(replaced).or_else(of_mage_os).or_else(itself)
}

/// Release with this version of the framework.
fn of_framework(version: &str) -> Option<MagentoVersion> {
    let mut releases = Catalog::bundled().releases().iter();
    releases.find(|release| release.framework == version).map(|release| release.version)
}

/// Release of the framework in a git checkout. In one of Mage-OS it replaces nothing and has the number of Mage-OS
/// (docs/magento/releases-and-editions.md#mage-os-checkout).
fn of_library(package: &ComposerPackage) -> Option<MagentoVersion> {
    let version = package.version.as_deref()?;
    let replaced = || of_framework(package.twin()?.1);
    of_framework(version).or_else(replaced).or_else(|| behind(version))
}

/// Parses `const VERSION = '2.0.0';`.
fn constant(code: &str) -> Option<MagentoVersion> {
    let (_, rest) = code.split_once("const VERSION")?;
    rest.split('\'').nth(1)?.parse().ok()
}
