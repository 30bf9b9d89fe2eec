//! The catalog: which releases there are, and their tables.

use std::{
    borrow::Cow,
    collections::HashSet,
    sync::{LazyLock, OnceLock},
};

use super::{
    Basis, Release, ReleaseId, ReleaseSet, RouteTable, Shop, acl::AclRow, core_tables::CoreTables, releases,
};
use crate::names::{MagentoVersion, ModuleName};

/// All releases and what they have. Its tables are read when they are first asked for.
#[derive(Debug, Clone)]
pub struct Catalog {
    pub(super) releases: Vec<Release>,
    /// A row for each state of a resource.
    pub(super) acl: OnceLock<Vec<AclRow>>,
    /// The modules that are known by a package or a resource.
    pub(super) modules: OnceLock<HashSet<&'static str>>,
    pub(super) routes: OnceLock<RouteTable>,
    /// What else releases ship.
    pub(super) core: CoreTables,
    /// The shop whose own catalog it is; its release is the only one.
    pub(super) shop: Option<Shop>,
}

impl Catalog {
    /// The catalog that comes with magespec.
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

    /// The bundled catalog as if the ACL of releases after `last` were unknown.
    #[cfg(test)]
    pub(crate) fn with_acl_until(last: MagentoVersion) -> Self {
        let mut catalog = Self::bundled().clone();
        for release in &mut catalog.releases {
            release.has_acl &= release.version <= last;
        }
        catalog
    }

    /// The catalog of one shop, in place of what its release ships. Events, types, services, configuration, menu, jobs and
    /// topics are not read from a shop: they are those of the bundled release that is the shop's, or the last before it.
    #[must_use]
    pub fn of_shop(shop: Shop) -> Self {
        let id = ReleaseId(0);
        let known = &Self::bundled().releases;
        // PHP and framework are those of the release itself, or of the one before if it came after this magespec.
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

    /// What there is beside the module: of a shop that has it already, the shop before it came. What the module brings
    /// is then what its spec says, not what is installed.
    #[must_use]
    pub fn beside(&self, module: &ModuleName) -> Cow<'_, Self> {
        let shop = self.shop.as_ref().filter(|shop| shop.modules.contains_key(module.as_str()));
        shop.map_or(Cow::Borrowed(self), |shop| Cow::Owned(Self::of_shop(shop.without(module.as_str()))))
    }

    /// The release of the shop, if it is the catalog of one.
    #[must_use]
    pub fn shop(&self) -> Option<&Release> {
        self.shop.as_ref().and(self.releases.first())
    }

    /// All releases, the oldest first.
    #[must_use]
    pub fn releases(&self) -> &[Release] {
        &self.releases
    }

    /// The set of all releases.
    #[must_use]
    pub fn all(&self) -> ReleaseSet {
        self.releases.iter().map(|release| release.id).collect()
    }

    /// The release of an id that this catalog gave.
    #[must_use]
    pub fn release(&self, id: ReleaseId) -> &Release {
        &self.releases[usize::from(id.0)]
    }

    /// The newest release whose ACL is known.
    #[must_use]
    pub fn newest_checked(&self) -> &Release {
        let checked = self.releases.iter().rev().find(|release| release.has_acl);
        checked.unwrap_or(&self.releases[0])
    }

    /// The releases of the set for which something holds.
    #[must_use]
    pub fn those(&self, set: ReleaseSet, holds: impl Fn(MagentoVersion) -> bool) -> ReleaseSet {
        set.iter().filter(|&id| holds(self.release(id).version)).collect()
    }
}
