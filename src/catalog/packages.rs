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
    data::rows(data::PACKAGES).filter_map(|row| row.split('\t').next())
}

/// The package of the module, if all `releases` ship it.
pub(super) fn find(catalog: &Catalog, module: &str, releases: ReleaseSet) -> Option<Package> {
    let (name, versions) = line(module)?.split_once('\t')?;
    let runs = data::Runs::new(&catalog.releases);
    let versions = versions.split(';').filter_map(|version| version.split_once('='));
    let versions: Vec<(&str, ReleaseSet)> =
        versions.map(|(version, shipped)| (version, runs.parse(shipped) & releases)).collect();
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
    let versions = data::rows(data::PACKAGES).find_map(|row| {
        let (_, rest) = row.split_once('\t')?;
        rest.strip_prefix(package)?.strip_prefix('\t')
    })?;
    let runs = data::Runs::new(&catalog.releases);
    let versions = versions.split(';').filter_map(|version| version.trim().split_once('='));
    let shipping = versions.filter(|(version, _)| allows(version.trim()));
    Some(shipping.fold(ReleaseSet::default(), |all, (_, shipped)| all | runs.parse(shipped)))
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

/// The row of the module, without its name.
fn line(module: &str) -> Option<&'static str> {
    static LINES: LazyLock<HashMap<&str, &str>> =
        LazyLock::new(|| data::rows(data::PACKAGES).filter_map(|row| row.split_once('\t')).collect());
    LINES.get(module).copied()
}
