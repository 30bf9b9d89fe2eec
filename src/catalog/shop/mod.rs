//! What one shop has.

mod plain;
mod text;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

pub(super) use self::plain::plain;
use super::{
    Access, ModulePackage, ReleaseSet, RouteNeed, RouteTable,
    acl::{AclRoot, AclRow, in_the_way},
    behaviour::is_legacy,
    packages::wildcards,
};
use crate::names::MagentoVersion;

/// What one shop has, read from its own files: the modules that are switched on, merged as Magento merges them.
///
/// What third parties wrote stands here with nothing hidden in it, each value in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    /// Its Magento release.
    pub version: MagentoVersion,
    /// The modules that are switched on, by name.
    pub modules: BTreeMap<String, ShopModule>,
    /// Those of them whose acl.xml could not be read, or not all of it: what they have is not known.
    pub unread: BTreeSet<String>,
    /// The merged ACL, by id.
    pub resources: BTreeMap<String, ShopResource>,
    /// The REST routes: by path and method the `ref`s that each module's webapi.xml has for it. They add up.
    pub routes: BTreeMap<(String, String), BTreeMap<String, BTreeSet<String>>>,
}

/// A module of a shop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShopModule {
    /// Its Composer package, if it is one.
    pub package: Option<String>,
    /// The version of the package, if it is known.
    pub version: Option<String>,
}

/// An ACL resource of a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopResource {
    /// The id it hangs under; none for a root.
    pub parent: Option<String>,
    /// As the role editor shows it.
    pub title: String,
    /// The module that brings it.
    pub module: String,
    /// Its place among its siblings.
    pub sort_order: i32,
    /// Whether it is switched off.
    pub is_disabled: bool,
}

impl Shop {
    /// A shop of the release with nothing in it.
    #[must_use]
    pub fn new(version: MagentoVersion) -> Self {
        Self {
            version,
            modules: BTreeMap::new(),
            unread: BTreeSet::new(),
            resources: BTreeMap::new(),
            routes: BTreeMap::new(),
        }
    }

    /// The shop before the module came into it.
    pub(super) fn without(&self, module: &str) -> Self {
        let mut shop = self.clone();
        shop.modules.remove(module);
        shop.unread.remove(module);
        shop.resources.retain(|_, resource| resource.module != module);
        shop.routes.retain(|_, refs| {
            refs.remove(module);
            !refs.is_empty()
        });
        shop
    }

    /// The roots because of which Magento grants no integration anything; none in 2.0, which looks nothing up.
    pub(super) fn in_the_way(&self) -> Vec<&str> {
        if is_legacy(self.version) {
            return Vec::new();
        }
        let roots = self.resources.iter().filter(|(_, resource)| resource.parent.is_none());
        let roots: Vec<AclRoot<'_>> = roots
            .map(|(id, resource)| AclRoot {
                id,
                sort_order: resource.sort_order,
                is_disabled: resource.is_disabled,
            })
            .collect();
        in_the_way(&roots)
    }

    /// Its resources as rows of a catalog whose only release is the shop's.
    pub(super) fn acl(&self, releases: ReleaseSet) -> Vec<AclRow> {
        let row = |(id, resource): (&String, &ShopResource)| AclRow {
            id: id.clone().into(),
            parent: resource.parent.clone().map(Cow::Owned),
            title: resource.title.clone().into(),
            module: resource.module.clone().into(),
            sort_order: resource.sort_order,
            disabled: resource.is_disabled,
            releases,
        };
        self.resources.iter().map(row).collect()
    }

    /// The same for its routes.
    pub(super) fn routes(&self, releases: ReleaseSet) -> RouteTable {
        RouteTable::new(self.routes.iter().map(|((path, method), refs)| {
            let access = Access::of_refs(refs.values().flatten().cloned().map(Cow::Owned));
            (path.clone().into(), method.clone().into(), RouteNeed { access, releases })
        }))
    }

    /// The Composer package of a module that is switched on, with the wildcard that its version fits.
    pub(super) fn package(&self, module: &str) -> Option<ModulePackage> {
        let ShopModule { package, version } = self.modules.get(module)?;
        let constraint = wildcards(version.as_deref().into_iter());
        Some(ModulePackage { name: package.clone()?, constraint })
            .filter(|package| !package.constraint.is_empty())
    }
}
