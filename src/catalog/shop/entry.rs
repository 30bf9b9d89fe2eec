//! A shop as a release of a catalog.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::Shop;
use crate::catalog::{
    Access, ModulePackage, ReleaseId, ReleaseSet, RouteNeed, RouteTable, acl::AclRow, packages::wildcards,
};

/// Shop in a catalog, whose release is its place there.
#[derive(Debug, Clone)]
pub(in crate::catalog) struct ShopEntry {
    /// Name in messages: its file. None for the only shop of a catalog.
    pub(in crate::catalog) name: Option<String>,
    pub(in crate::catalog) shop: Shop,
}

impl ShopEntry {
    /// Shops with the release of each.
    fn numbered(shops: &[Self]) -> impl Iterator<Item = (ReleaseSet, &Shop)> {
        shops.iter().zip(0..).map(|(entry, id)| ([ReleaseId(id)].into_iter().collect(), &entry.shop))
    }

    /// ACL resources of all shops.
    pub(in crate::catalog) fn acl(shops: &[Self]) -> Vec<AclRow> {
        Self::numbered(shops).flat_map(|(releases, shop)| shop.acl(releases)).collect()
    }

    /// Routes of all shops.
    pub(in crate::catalog) fn routes(shops: &[Self]) -> RouteTable {
        let mut routes: BTreeMap<(&str, &str), Vec<RouteNeed>> = BTreeMap::new();
        for (releases, shop) in Self::numbered(shops) {
            for ((path, method), refs) in &shop.routes {
                let access = Access::of_refs(refs.values().flatten().cloned().map(Cow::Owned));
                let needs = routes.entry((path, method)).or_default();
                match needs.iter_mut().find(|need| need.access == access) {
                    Some(need) => need.releases = need.releases | releases,
                    None => needs.push(RouteNeed { access, releases }),
                }
            }
        }
        RouteTable::new(routes.into_iter().flat_map(|((path, method), needs)| {
            needs.into_iter().map(|need| (path.to_owned().into(), method.to_owned().into(), need))
        }))
    }

    /// Composer package of a module that every shop has enabled, with the wildcards that cover its versions.
    pub(in crate::catalog) fn package(shops: &[Self], module: &str) -> Option<ModulePackage> {
        let modules = shops.iter().map(|entry| entry.shop.modules.get(module));
        let modules = modules.collect::<Option<Vec<_>>>()?;
        let names: BTreeSet<&str> = modules.iter().filter_map(|it| it.package.as_deref()).collect();
        let name = names.first().filter(|_| names.len() == 1)?;
        let versions = modules.iter().map(|it| it.version.as_deref()).collect::<Option<Vec<_>>>()?;
        let constraint = wildcards(versions.into_iter());
        Some(ModulePackage { name: (*name).to_owned(), constraint })
            .filter(|package| !package.constraint.is_empty())
    }
}
