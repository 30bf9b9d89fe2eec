//! Packages of modules, and the releases that ship them.

use super::{ModulePackage, wildcards};
use crate::{
    catalog::{
        Catalog, Constraint, Release, ReleaseSet, Target,
        acl::{acl_modules, renames},
        shop::ShopEntry,
        tables::{ReleaseRuns, TableBlock, block, blocks, blocks_with, columns},
    },
    names::MagentoVersion,
};

/// Modules with their packages, and below each the versions by number of the releases that ship them.
const PACKAGES: &str = include_str!("../data/packages.tsv");

/// Package of a module that some releases ship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippedPackage {
    /// Name of the module.
    pub module: &'static str,
    /// Name of the package.
    pub package: &'static str,
    /// Versions, each with the releases that ship it.
    pub versions: Vec<(&'static str, ReleaseSet)>,
}

impl ShippedPackage {
    /// Releases that ship any version.
    #[must_use]
    pub fn releases(&self) -> ReleaseSet {
        self.versions.iter().fold(ReleaseSet::default(), |all, (_, shipped)| all | *shipped)
    }
}

impl Catalog {
    /// Returns true if some release ships the module, or a known resource has it in its prefix. For a shop all modules
    /// are known except those with an unreadable acl.xml: a module that is not there has nothing.
    #[must_use]
    pub fn knows_module(&self, module: &str) -> bool {
        let of_resources = || acl_modules().chain(renames::modules()).collect();
        if self.is_of_shops() {
            return self.unread().all(|(_, unread)| unread != module);
        }
        package(module).is_some() || self.modules.get_or_init(of_resources).contains(module)
    }

    /// Module of that name, ignoring case, with the bundled releases that ship it.
    #[must_use]
    pub fn shipping_module(&self, name: &str) -> Option<(&'static str, ReleaseSet)> {
        // Each of them starts with a capital.
        let capital = name.get(..1)?.to_ascii_uppercase();
        let package = blocks_with(PACKAGES, &capital).find(|it| module_of(*it).eq_ignore_ascii_case(name))?;
        let versions = versions(self, package);
        Some((module_of(package), versions.fold(ReleaseSet::default(), |all, (_, shipped)| all | shipped)))
    }

    /// Package of the module, if every release of the target ships it, or every shop has it. If its packages are unknown,
    /// a release uses those of the previous release (docs/magento/releases-and-editions.md#unknown-packages).
    #[must_use]
    pub fn package(&self, module: &str, target: &Target) -> Option<ModulePackage> {
        if self.is_of_shops() {
            return ShopEntry::package(&self.shops, module);
        }
        find(self, module, target.releases)
    }

    /// Wildcards that cover `magento/framework` in the target: `103.0.*`.
    #[must_use]
    pub fn framework(&self, target: &Target) -> String {
        wildcards(target.releases.iter().map(|id| self.release(id).framework))
    }

    /// Constraint on `magento/framework` that just these releases fulfil; none if there is no short one.
    #[must_use]
    pub fn framework_of(&self, releases: ReleaseSet) -> Option<String> {
        let versions: Vec<&str> = releases.iter().map(|id| self.release(id).framework).collect();
        let (first, last) = (versions.first()?, versions.last()?);
        let next = last.parse::<MagentoVersion>().ok()?.next_release();
        let candidates = [
            wildcards(versions.iter().copied()),
            format!(">={first} <{next}"),
            format!(">={first} <={last}"),
        ];
        let is_exact = |it: &String| {
            let constraint = it.parse::<Constraint>().ok();
            constraint.and_then(|it| self.shipping("magento/framework", &it)) == Some(releases)
        };
        candidates.into_iter().find(is_exact)
    }

    /// Versions of a Magento package, each with the releases that ship it; empty if none does.
    #[must_use]
    pub fn shipped(&self, package: &str) -> Vec<(String, ReleaseSet)> {
        let of_releases = |version: &dyn Fn(&Release) -> String| {
            let mut shipped: Vec<(String, ReleaseSet)> = Vec::new();
            for release in self.releases() {
                let (version, there) = (version(release), [release.id].into_iter().collect());
                match shipped.iter_mut().find(|(known, _)| *known == version) {
                    Some((_, releases)) => *releases = *releases | there,
                    None => shipped.push((version, there)),
                }
            }
            shipped
        };
        match package {
            "magento/framework" => of_releases(&|release| release.framework.to_owned()),
            // They have the version of the release (docs/magento/releases-and-editions.md#metapackages).
            "magento/product-community-edition" | "magento/magento2-base" => {
                of_releases(&|release| release.version.to_string())
            }
            _ => {
                let rows = named(package).into_iter().flat_map(|block| versions(self, block));
                rows.map(|(version, releases)| (version.to_owned(), releases)).collect()
            }
        }
    }

    /// Releases that ship a Magento package in a version that the constraint allows; none if no release ships it.
    #[must_use]
    pub fn shipping(&self, package: &str, constraint: &Constraint) -> Option<ReleaseSet> {
        let shipped = self.shipped(package);
        let allows = |version: &str| version.parse::<MagentoVersion>().is_ok_and(|it| constraint.allows(it));
        let allowed = shipped.iter().filter(|(version, _)| allows(version));
        let shipping = allowed.fold(ReleaseSet::default(), |all, (_, releases)| all | *releases);
        (!shipped.is_empty()).then_some(shipping)
    }

    /// Modules with their packages and the releases that ship them.
    pub fn shipped_modules(&self) -> impl Iterator<Item = (&'static str, &'static str, ReleaseSet)> {
        self.shipped_packages().map(|shipped| (shipped.module, shipped.package, shipped.releases()))
    }

    /// Packages of modules with their versions.
    pub fn shipped_packages(&self) -> impl Iterator<Item = ShippedPackage> {
        blocks(PACKAGES).map(|block| ShippedPackage {
            module: module_of(block),
            package: block.head.split('\t').nth(1).unwrap_or_default(),
            versions: versions(self, block).collect(),
        })
    }

    /// Packages of modules that a release of the set ships.
    pub fn packages(&self, releases: ReleaseSet) -> impl Iterator<Item = &'static str> {
        let is_there = move |block: &TableBlock| {
            versions(self, *block).any(|(_, shipped)| !(shipped & releases).is_empty())
        };
        blocks(PACKAGES).filter(is_there).filter_map(|block| block.head.split('\t').nth(1))
    }
}

impl Catalog {
    /// Releases with a number of the table of packages. Shops are found by their own version.
    fn numbered(&self, number: &str) -> ReleaseSet {
        match self.is_of_shops() {
            true => ReleaseRuns::new(self.releases()).numbered(number),
            false => self.core.sets().get(number, self.core.sets().all),
        }
    }
}

/// Package of the module, if all `releases` ship it.
fn find(catalog: &Catalog, module: &str, releases: ReleaseSet) -> Option<ModulePackage> {
    let package = package(module)?;
    let [_, name] = columns(package.head);
    let versions: Vec<(&str, ReleaseSet)> =
        versions(catalog, package).map(|(version, shipped)| (version, shipped & releases)).collect();
    let shipped = versions.iter().fold(ReleaseSet::default(), |all, &(_, shipped)| all | shipped);
    (shipped == releases).then(|| ModulePackage {
        name: name.to_owned(),
        constraint: wildcards(
            versions.iter().filter(|(_, shipped)| !shipped.is_empty()).map(|&(version, _)| version),
        ),
    })
}

/// Module of a package.
fn module_of(package: TableBlock) -> &'static str {
    let [module] = columns(package.head);
    module
}

/// Rows of the module's package.
fn package(module: &str) -> Option<TableBlock> {
    block(PACKAGES, module)
}

/// Rows of a package.
fn named(package: &str) -> Option<TableBlock> {
    let line = format!("\t{package}\n");
    let end = memchr::memmem::find(PACKAGES.as_bytes(), line.as_bytes())?;
    self::package(PACKAGES[..end].rsplit('\n').next()?)
}

/// Versions of a package, each with the releases that ship it.
fn versions(catalog: &Catalog, package: TableBlock) -> impl Iterator<Item = (&'static str, ReleaseSet)> {
    package.below().map(move |line| {
        let [version, releases] = columns(line);
        (version, catalog.numbered(releases))
    })
}
