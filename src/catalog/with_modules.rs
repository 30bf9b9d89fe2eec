//! Releases with the modules of shops.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use super::{
    Access, Catalog, RouteNeed,
    acl::{AclRow, SharedAcl},
};

impl Catalog {
    /// This catalog with the modules that shops have besides: their resources and routes, in every release.
    #[must_use]
    pub fn with_modules_of(&self, shops: &Self) -> Self {
        let all = self.all();
        let is_other = |module: &str| !self.knows_module(module);
        let mut acl = self.acl_rows().as_ref().clone();
        let mut known: HashSet<String> = acl.iter().map(|row| row.id.to_string()).collect();
        let others = shops.acl_rows().iter().filter(|row| is_other(&row.module));
        let others = others.filter(|row| known.insert(row.id.to_string()));
        acl.extend(others.map(|row| AclRow { releases: all, ..row.clone() }));
        let mut others = BTreeMap::new();
        for ((path, method), refs) in shops.shops.iter().flat_map(|entry| &entry.shop.routes) {
            if refs.keys().all(|module| is_other(module)) {
                let access = Access::of_refs(refs.values().flatten().cloned().map(Cow::Owned));
                others.entry((path.clone().into(), method.clone().into())).or_insert(access);
            }
        }
        let others = others
            .into_iter()
            .map(|((path, method), access)| (path, method, RouteNeed { access, releases: all }));
        let routes = self.routes().clone().joined_with(others);
        Self {
            releases: self.releases.clone(),
            acl: Arc::new(acl).into(),
            acl_tables: SharedAcl::default(),
            modules: self.modules.clone(),
            routes: routes.into(),
            core: self.core.clone(),
            edition: self.edition,
            shops: self.shops.clone(),
        }
    }
}
