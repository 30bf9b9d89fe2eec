//! Which Magento release a root is.

use camino::Utf8Path;

use super::{
    composer::{ComposerLock, ComposerPackage, parse},
    input,
};
use crate::{catalog::Catalog, names::MagentoVersion};

/// The metapackages that are the editions. Magento itself takes its number from these
/// (`framework/App/ProductMetadata.php`).
const EDITIONS: [&str; 2] = ["magento/product-community-edition", "magento/product-enterprise-edition"];

const BASE: &str = "vendor/magento/magento2-base/composer.json";
const ROOT: &str = "composer.json";
const FRAMEWORK: &str = "vendor/magento/framework/composer.json";
/// Of 2.0, where the framework has it as a constant.
const APP_INTERFACE: &str = "lib/internal/Magento/Framework/AppInterface.php";

/// The files that may say it, beside composer.lock.
pub(super) const FILES: [&str; 4] = [BASE, ROOT, FRAMEWORK, APP_INTERFACE];

/// The release, from the first file that says it.
pub(super) fn of(root: &Utf8Path, lock: &ComposerLock) -> Option<MagentoVersion> {
    let package = |path: &str| parse(&input::text(&root.join(path))?);
    let locked = || EDITIONS.iter().find_map(|edition| lock.version(edition)?.parse().ok());
    let base = || package(BASE)?.version?.parse().ok();
    let project = || project(&package(ROOT)?);
    let framework = || of_framework(&package(FRAMEWORK)?.version?);
    let constant = || constant(&input::text(&root.join(APP_INTERFACE))?);
    locked().or_else(base).or_else(project).or_else(framework).or_else(constant)
}

/// The release that the project's composer.json requires, or, in a checkout of Magento itself, is.
fn project(package: &ComposerPackage) -> Option<MagentoVersion> {
    let required = EDITIONS.iter().find_map(|edition| package.require.get(*edition)?.parse().ok());
    let is_magento = package.name.starts_with("magento/");
    required.or_else(|| package.version.as_deref().filter(|_| is_magento)?.parse().ok())
}

/// The release whose framework has the version.
fn of_framework(version: &str) -> Option<MagentoVersion> {
    let mut releases = Catalog::bundled().releases().iter();
    releases.find(|release| release.framework == version).map(|release| release.version)
}

/// `const VERSION = '2.0.0';`
fn constant(code: &str) -> Option<MagentoVersion> {
    let (_, rest) = code.split_once("const VERSION")?;
    rest.split('\'').nth(1)?.parse().ok()
}
