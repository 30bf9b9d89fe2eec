//! Composer packages of Magento's modules.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use super::{Catalog, Constraint, ReleaseSet, data};
use crate::names::MagentoVersion;

/// The Composer package of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// `magento/module-sales`, for example.
    pub name: String,
    /// The narrowest wildcards that cover its versions in the target: `100.2.* || 100.3.*`.
    pub constraint: String,
}

/// The modules that some release ships.
pub(super) fn modules() -> impl Iterator<Item = &'static str> {
    data::blocks(data::PACKAGES).filter_map(|block| block.head.split('\t').next())
}

/// The package of the module, if all `releases` ship it.
pub(super) fn find(catalog: &Catalog, module: &str, releases: ReleaseSet) -> Option<Package> {
    let package = package(module)?;
    let [_, name] = data::columns(package.head);
    let versions: Vec<(&str, ReleaseSet)> =
        versions(catalog, package).map(|(version, shipped)| (version, shipped & releases)).collect();
    let shipped = versions.iter().fold(ReleaseSet::default(), |all, &(_, shipped)| all | shipped);
    (shipped == releases).then(|| Package {
        name: name.to_owned(),
        constraint: wildcards(
            versions.iter().filter(|(_, shipped)| !shipped.is_empty()).map(|&(version, _)| version),
        ),
    })
}

/// The releases that ship the package in a version that the constraint allows; none if no release ships it. Of 2.2.11,
/// 2.3.4-p2 and 2.4.9 not all packages are known.
pub(super) fn shipping(catalog: &Catalog, package: &str, constraint: &Constraint) -> Option<ReleaseSet> {
    let allows = |version: &str| version.parse::<MagentoVersion>().is_ok_and(|it| constraint.allows(it));
    if package == "magento/framework" {
        let shipping = catalog.releases.iter().filter(|release| allows(release.framework));
        return Some(shipping.map(|release| release.id).collect());
    }
    let is_it = |block: &data::Block| block.head.split('\t').nth(1) == Some(package);
    let package = data::blocks(data::PACKAGES).find(is_it)?;
    let shipping = versions(catalog, package).filter(|(version, _)| allows(version));
    Some(shipping.fold(ReleaseSet::default(), |all, (_, shipped)| all | shipped))
}

/// `103.0.*` of 103.0.1 and 103.0.7-p2: the first two numbers, in numeric order.
pub(super) fn wildcards<'a>(versions: impl Iterator<Item = &'a str>) -> String {
    let numbers = versions.filter_map(|version| {
        let mut numbers = version.split('.');
        let mut number = || numbers.next()?.parse::<u32>().ok();
        Some((number()?, number()?))
    });
    let wildcards: Vec<String> =
        numbers.collect::<BTreeSet<_>>().iter().map(|(major, minor)| format!("{major}.{minor}.*")).collect();
    wildcards.join(" || ")
}

/// The rows of the module's package.
fn package(module: &str) -> Option<data::Block> {
    static PACKAGES: LazyLock<HashMap<&str, data::Block>> = LazyLock::new(|| {
        data::blocks(data::PACKAGES)
            .filter_map(|block| Some((block.head.split('\t').next()?, block)))
            .collect()
    });
    PACKAGES.get(module).copied()
}

/// The versions of a package, and the releases that ship each.
fn versions(catalog: &Catalog, package: data::Block) -> impl Iterator<Item = (&'static str, ReleaseSet)> {
    let runs = data::Runs::new(&catalog.releases);
    package.below().map(move |line| {
        let [version, releases] = data::columns(line);
        (version, runs.numbered(releases))
    })
}
