//! The content of one shop.

mod entry;
mod plain;
mod text;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

pub(super) use self::{entry::ShopEntry, plain::plain};
use super::{
    ReleaseSet,
    acl::{AclRoot, AclRow, blocking_roots},
    behaviour::is_legacy,
};
use crate::names::MagentoVersion;

/// Content of one shop, read from its files: the enabled modules, merged as Magento merges them.
///
/// Third-party text in it has no hidden characters and no line breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    /// Its Magento release.
    pub version: MagentoVersion,
    /// Enabled modules by name.
    pub modules: BTreeMap<String, ShopModule>,
    /// Modules whose acl.xml could not be read completely: their resources are unknown.
    pub unread: BTreeSet<String>,
    /// The merged ACL by id.
    pub resources: BTreeMap<String, ShopResource>,
    /// REST routes: by path and method the `ref`s in each module's webapi.xml. They add up.
    pub routes: BTreeMap<(String, String), BTreeMap<String, BTreeSet<String>>>,
}

/// Module of a shop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShopModule {
    /// Its Composer package, if it has one.
    pub package: Option<String>,
    /// Version of the package, if known.
    pub version: Option<String>,
}

/// ACL resource of a shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopResource {
    /// Id of its parent; none for a root.
    pub parent: Option<String>,
    /// Title in the role editor.
    pub title: String,
    /// Module that declares it.
    pub module: String,
    /// Sort order among its siblings.
    pub sort_order: i32,
    /// True if it is disabled.
    pub is_disabled: bool,
}

impl Shop {
    /// Empty shop of the release.
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

    /// The shop as it was before the module.
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

    /// Roots that keep Magento from granting integrations anything; none in 2.0, which resolves no names.
    pub(super) fn blocking_roots(&self) -> Vec<&str> {
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
        blocking_roots(&roots)
    }

    /// Its resources as rows of a catalog with these releases.
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
}
