//! Detection of a root's Magento release.

use camino::Utf8Path;

use super::{
    composer::{ComposerLock, ComposerPackage, parse},
    input,
};
use crate::{catalog::Catalog, names::MagentoVersion};

/// Metapackages of the editions. Magento itself reads its version from these
/// (`framework/App/ProductMetadata.php`).
const EDITIONS: [&str; 2] = ["magento/product-community-edition", "magento/product-enterprise-edition"];

const BASE: &str = "vendor/magento/magento2-base/composer.json";
const ROOT: &str = "composer.json";
const FRAMEWORK: &str = "vendor/magento/framework/composer.json";
/// File with the version of 2.0, a constant of the framework.
const APP_INTERFACE: &str = "lib/internal/Magento/Framework/AppInterface.php";

/// Files that may name the release, besides composer.lock.
pub(super) const FILES: [&str; 4] = [BASE, ROOT, FRAMEWORK, APP_INTERFACE];

/// Release from the first file that names it.
pub(super) fn of(root: &Utf8Path, lock: &ComposerLock) -> Option<MagentoVersion> {
    let package = |path: &str| parse(&input::text(&root.join(path))?);
    let locked = || EDITIONS.iter().find_map(|edition| lock.version(edition)?.parse().ok());
    let base = || package(BASE)?.version?.parse().ok();
    let project = || project(&package(ROOT)?);
    let framework = || of_framework(&package(FRAMEWORK)?.version?);
    let constant = || constant(&input::text(&root.join(APP_INTERFACE))?);
    locked().or_else(base).or_else(project).or_else(framework).or_else(constant)
}

/// Release that the project's composer.json requires or, in a checkout of Magento itself, is.
fn project(package: &ComposerPackage) -> Option<MagentoVersion> {
    let required = EDITIONS.iter().find_map(|edition| package.require.get(*edition)?.parse().ok());
    let is_magento = package.name.starts_with("magento/");
    required.or_else(|| package.version.as_deref().filter(|_| is_magento)?.parse().ok())
}

/// Release with this version of the framework.
fn of_framework(version: &str) -> Option<MagentoVersion> {
    let mut releases = Catalog::bundled().releases().iter();
    releases.find(|release| release.framework == version).map(|release| release.version)
}

/// Parses `const VERSION = '2.0.0';`.
fn constant(code: &str) -> Option<MagentoVersion> {
    let (_, rest) = code.split_once("const VERSION")?;
    rest.split('\'').nth(1)?.parse().ok()
}
