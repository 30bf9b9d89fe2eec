//! The catalog: its releases and tables.

use std::{
    borrow::Cow,
    collections::HashSet,
    sync::{LazyLock, OnceLock},
};

use super::{
    Basis, Release, ReleaseId, ReleaseSet, RouteTable, Shop, acl::AclRow, core_tables::CoreTables, releases,
};
use crate::names::{MagentoVersion, ModuleName};

/// All releases with their tables, each of which is read on first use.
#[derive(Debug, Clone)]
pub struct Catalog {
    pub(super) releases: Vec<Release>,
    /// One row for each state of an ACL resource.
    pub(super) acl: OnceLock<Vec<AclRow>>,
    /// Modules known by a package or a resource.
    pub(super) modules: OnceLock<HashSet<&'static str>>,
    pub(super) routes: OnceLock<RouteTable>,
    /// Other tables of core.
    pub(super) core: CoreTables,
    /// Shop that this catalog was read from; its release is then the only one.
    pub(super) shop: Option<Shop>,
}

impl Catalog {
    /// Catalog bundled with magespec.
    #[must_use]
    pub fn bundled() -> &'static Self {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog {
            releases: releases::bundled().to_vec(),
            acl: OnceLock::new(),
            modules: OnceLock::new(),
            routes: OnceLock::new(),
            core: CoreTables::default(),
            shop: None,
        });
        &CATALOG
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

    /// Catalog of one shop instead of its release. Events, types, services, configuration, menu, jobs and topics are
    /// not read from a shop: they come from the same bundled release, or the last one before it.
    #[must_use]
    pub fn of_shop(shop: Shop) -> Self {
        let id = ReleaseId(0);
        let known = &Self::bundled().releases;
        // PHP and framework are those of the same release, or of the one before if it is newer than this magespec.
        let place = known.partition_point(|release| release.version <= shop.version).saturating_sub(1);
        let release =
            Release { id, version: shop.version, has_acl: true, basis: Basis::Real, ..known[place].clone() };
        let releases = [id].into_iter().collect();
        Self {
            releases: vec![release],
            acl: shop.acl(releases).into(),
            modules: OnceLock::new(),
            routes: shop.routes(releases).into(),
            core: CoreTables::standing_in(known[place].id),
            shop: Some(shop),
        }
    }

    /// Catalog without the module itself: if a shop already has it, the shop as it was before. The spec, not the
    /// installed version, says what the module adds.
    #[must_use]
    pub fn beside(&self, module: &ModuleName) -> Cow<'_, Self> {
        let shop = self.shop.as_ref().filter(|shop| shop.modules.contains_key(module.as_str()));
        shop.map_or(Cow::Borrowed(self), |shop| Cow::Owned(Self::of_shop(shop.without(module.as_str()))))
    }

    /// Release of the shop, if this is a shop's catalog.
    #[must_use]
    pub fn shop(&self) -> Option<&Release> {
        self.shop.as_ref().and(self.releases.first())
    }

    /// All releases, oldest first.
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
