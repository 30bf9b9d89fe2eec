//! The catalog: its releases and tables.

use std::{
    borrow::Cow,
    collections::HashSet,
    sync::{Arc, LazyLock, OnceLock},
};

use super::{
    Basis, Release, ReleaseId, ReleaseSet, RouteTable, Shop,
    acl::{AclRow, SharedAcl},
    core_tables::CoreTables,
    releases,
    shop::ShopEntry,
};
use crate::names::{Edition, MagentoVersion, ModuleName};

/// All releases with their tables, each of which is read on first use.
#[derive(Debug, Clone)]
pub struct Catalog {
    pub(super) releases: Vec<Release>,
    /// One row for each state of an ACL resource.
    pub(super) acl: OnceLock<Arc<Vec<AclRow>>>,
    /// ACL of some of its releases.
    pub(super) acl_tables: SharedAcl,
    /// Modules known by a resource.
    pub(super) modules: OnceLock<HashSet<&'static str>>,
    pub(super) routes: OnceLock<RouteTable>,
    /// Other tables of core.
    pub(super) core: CoreTables,
    pub(super) edition: Edition,
    /// Shops that this catalog was read from; each is then one of its releases.
    pub(super) shops: Vec<ShopEntry>,
}

impl Catalog {
    /// Catalog bundled with magespec.
    #[must_use]
    pub fn bundled() -> &'static Self {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::bundled_as(Edition::OpenSource));
        &CATALOG
    }

    /// Bundled catalog of an edition, with no table read yet.
    pub(super) fn bundled_as(edition: Edition) -> Self {
        Self {
            releases: releases::bundled().to_vec(),
            acl: OnceLock::new(),
            acl_tables: SharedAcl::default(),
            modules: OnceLock::new(),
            routes: OnceLock::new(),
            core: CoreTables::default(),
            edition,
            shops: Vec::new(),
        }
    }

    /// Bundled catalog as if the ACL of releases after `last` were unknown.
    #[cfg(test)]
    pub(crate) fn with_acl_until(last: MagentoVersion) -> Self {
        let mut catalog = Self::bundled().clone();
        for release in &mut catalog.releases {
            release.has_acl &= release.version <= last;
        }
        catalog
    }

    /// Catalog of one shop instead of its release.
    #[must_use]
    pub fn of_shop(shop: Shop) -> Self {
        Self::of(vec![ShopEntry { name: None, shop }])
    }

    /// Catalog of several shops instead of their releases, each with the name that messages give it.
    #[must_use]
    pub fn of_shops(shops: impl IntoIterator<Item = (String, Shop)>) -> Self {
        Self::of(shops.into_iter().map(|(name, shop)| ShopEntry { name: Some(name), shop }).collect())
    }

    /// Catalog with one release for each shop. Events, types, services, configuration, menu, jobs and topics are not
    /// read from a shop: they come from the same bundled release, or the last one before it.
    fn of(shops: Vec<ShopEntry>) -> Self {
        let known = &Self::bundled().releases;
        let stand_in = |entry: &ShopEntry| Self::bundled().nearest(entry.shop.version).unwrap_or(&known[0]);
        let releases = shops.iter().zip(0..).map(|(entry, id)| Release {
            id: ReleaseId(id),
            version: entry.shop.version,
            has_acl: true,
            basis: Basis::Real,
            // PHP and framework are those of the same release, or of the nearest one that is known.
            ..stand_in(entry).clone()
        });
        Self {
            releases: releases.collect(),
            acl: Arc::new(ShopEntry::acl(&shops)).into(),
            acl_tables: SharedAcl::default(),
            modules: OnceLock::new(),
            routes: ShopEntry::routes(&shops).into(),
            edition: Edition::OpenSource,
            core: CoreTables::standing_in(shops.iter().map(|entry| stand_in(entry).id).collect()),
            shops,
        }
    }

    /// Catalog without the module itself: if a shop already has it, the shop as it was before. The spec, not the
    /// installed version, says what the module adds.
    #[must_use]
    pub fn beside(&self, module: &ModuleName) -> Cow<'_, Self> {
        if self.shops.iter().all(|entry| !entry.shop.modules.contains_key(module.as_str())) {
            return Cow::Borrowed(self);
        }
        let without = |entry: &ShopEntry| ShopEntry {
            name: entry.name.clone(),
            shop: entry.shop.without(module.as_str()),
        };
        Cow::Owned(Self::of(self.shops.iter().map(without).collect()))
    }

    /// Returns true if the releases are shops.
    #[must_use]
    pub fn is_of_shops(&self) -> bool {
        !self.shops.is_empty()
    }

    /// Its shops.
    pub fn shops(&self) -> impl Iterator<Item = &Shop> {
        self.shops.iter().map(|entry| &entry.shop)
    }

    /// Release of the shop, if this is the catalog of one without a name.
    #[must_use]
    pub fn shop(&self) -> Option<&Release> {
        self.shops.first().filter(|entry| entry.name.is_none()).and(self.releases.first())
    }

    /// Name of the shop that the release is, if it has one.
    #[must_use]
    pub fn name(&self, id: ReleaseId) -> Option<&str> {
        self.shops.get(usize::from(id.0))?.name.as_deref()
    }

    /// Modules whose acl.xml was unreadable in a shop, with the name of the shop.
    pub fn unread(&self) -> impl Iterator<Item = (&str, &str)> {
        self.shops.iter().flat_map(|entry| {
            let name = entry.name.as_deref().unwrap_or_default();
            entry.shop.unread.iter().map(move |module| (name, module.as_str()))
        })
    }

    /// All releases, oldest first; shops in the order of the spec.
    #[must_use]
    pub fn releases(&self) -> &[Release] {
        &self.releases
    }

    /// Set of all releases.
    #[must_use]
    pub fn all(&self) -> ReleaseSet {
        self.releases.iter().map(|release| release.id).collect()
    }

    /// Release with an id that this catalog gave.
    #[must_use]
    pub fn release(&self, id: ReleaseId) -> &Release {
        &self.releases[usize::from(id.0)]
    }

    /// Last of the releases that have something, if later ones lack it.
    #[must_use]
    pub fn ends_at(&self, releases: ReleaseSet) -> Option<ReleaseId> {
        releases.last().filter(|last| !self.is_of_shops() && self.all().last() != Some(*last))
    }

    /// Newest release whose ACL is in the catalog.
    #[must_use]
    pub fn newest_checked(&self) -> &Release {
        let checked = self.releases.iter().rev().find(|release| release.has_acl);
        checked.unwrap_or(&self.releases[0])
    }

    /// Releases of the set that fulfil the condition.
    #[must_use]
    pub fn those(&self, set: ReleaseSet, holds: impl Fn(MagentoVersion) -> bool) -> ReleaseSet {
        set.iter().filter(|&id| holds(self.release(id).version)).collect()
    }
}
