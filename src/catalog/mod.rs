//! What each Magento release has: its ACL, its REST routes, the PHP it runs on, its packages. Bundled, so that no Magento is
//! needed; or of one shop, read from its own files.

mod acl;
pub mod behaviour;
mod called;
mod constraint;
mod data;
mod packages;
mod php;
mod reach;
mod release;
mod renames;
mod routes;
pub mod scan;
mod search;
mod selection;
mod shop;
mod suggest;

use std::{
    collections::BTreeSet,
    sync::{LazyLock, OnceLock},
};

use acl::AclRow;
pub use acl::{AclChange, AclChanged, AclTable, OwnNode, Resource};
pub use called::Called;
pub use constraint::{Constraint, ConstraintError};
pub use packages::Package;
pub use php::PhpRange;
pub use reach::{Opened, Reach};
pub use release::{Release, ReleaseId, ReleaseSet};
pub use renames::renamed;
pub use routes::{Access, Need, Route, RouteChange, RouteChanged, RouteTable};
pub use search::Query;
pub use selection::{Effect, Selection};
pub use shop::{Shop, ShopModule, ShopResource};

use crate::names::{MagentoVersion, ModuleName};

/// All releases and what they have. Its tables are read when they are first asked for.
#[derive(Debug, Clone)]
pub struct Catalog {
    releases: Vec<Release>,
    /// A row for each state of a resource.
    acl: OnceLock<Vec<AclRow>>,
    routes: OnceLock<RouteTable>,
    /// The shop whose own catalog it is; its release is the only one.
    shop: Option<Shop>,
}

/// The releases a spec asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The constraint as written.
    pub constraint: String,
    /// The releases it allows; at least one.
    pub releases: ReleaseSet,
    /// Those of them that are newer than the newest whose ACL is known; its ACL stands in for theirs.
    pub unchecked: Vec<MagentoVersion>,
}

impl Catalog {
    /// The catalog that comes with magespec.
    #[must_use]
    pub fn bundled() -> &'static Self {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog {
            releases: data::releases(),
            acl: OnceLock::new(),
            routes: OnceLock::new(),
            shop: None,
        });
        &CATALOG
    }

    /// The catalog of one shop, in place of what its release ships.
    #[must_use]
    pub fn of_shop(shop: Shop) -> Self {
        let id = ReleaseId(0);
        let known = &Self::bundled().releases;
        // PHP and framework are those of the release itself, or of the one before if it came after this magespec.
        let place = known.partition_point(|release| release.version <= shop.version).saturating_sub(1);
        let release = Release { id, version: shop.version, has_acl: true, ..known[place].clone() };
        let releases = [id].into_iter().collect();
        Self {
            releases: vec![release],
            acl: shop.acl(releases).into(),
            routes: shop.routes(releases).into(),
            shop: Some(shop),
        }
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

    /// The releases that the constraint allows; none if there is no such release. Of a shop it is the shop's, whatever
    /// the constraint.
    #[must_use]
    pub fn resolve(&self, constraint: &Constraint) -> Option<Target> {
        let is_allowed = |release: &&Release| self.shop.is_some() || constraint.allows(release.version);
        let allowed = || self.releases.iter().filter(is_allowed);
        let releases: ReleaseSet = allowed().map(|release| release.id).collect();
        let newest = self.newest_checked().id;
        let unchecked =
            allowed().filter(|release| release.id > newest).map(|release| release.version).collect();
        (!releases.is_empty()).then(|| Target { constraint: constraint.to_string(), releases, unchecked })
    }

    /// Whether the constraint names a release that came after the newest one here. An open end does not, nor does an
    /// upper bound that only ends what is known.
    #[must_use]
    pub fn names_newer(&self, constraint: &Constraint) -> bool {
        self.releases.last().is_some_and(|newest| constraint.names_beyond(newest.version))
    }

    /// The releases of the set for which something holds.
    #[must_use]
    pub fn those(&self, set: ReleaseSet, holds: impl Fn(MagentoVersion) -> bool) -> ReleaseSet {
        set.iter().filter(|&id| holds(self.release(id).version)).collect()
    }

    /// The releases in words: `2.4.4..2.4.7-p3, 2.4.8`. Runs are of neighbours in the catalog.
    #[must_use]
    pub fn describe(&self, set: ReleaseSet) -> String {
        let runs = self.runs(set).join(", ");
        if self.shop.is_some() { format!("this shop's {runs}") } else { runs }
    }

    /// The releases as runs of neighbours in the catalog: `2.4.4..2.4.7-p3` and `2.4.8`.
    #[must_use]
    pub fn runs(&self, set: ReleaseSet) -> Vec<String> {
        let mut runs = Vec::new();
        let mut releases =
            self.releases.iter().map(|release| (set.contains(release.id), release.version)).peekable();
        while let Some((is_in, first)) = releases.next() {
            if !is_in {
                continue;
            }
            let mut last = first;
            while let Some((_, version)) = releases.next_if(|&(is_in, _)| is_in) {
                last = version;
            }
            runs.push(if first == last { first.to_string() } else { format!("{first}..{last}") });
        }
        runs
    }

    /// When something holds of which one thing holds in some releases and another in others, a phrase for each:
    /// `before 2.2.8` and `from there on`, or `in 2.2.0..2.2.7 and 2.3.0`.
    #[must_use]
    pub fn when(&self, parts: &[ReleaseSet]) -> Vec<String> {
        if let [before, after] = parts
            && let Some(first) = after.first()
            && before.last() < Some(first)
        {
            return vec![format!("before {}", self.release(first).version), "from there on".to_owned()];
        }
        parts.iter().map(|&part| format!("in {}", self.describe(part).replace(", ", " and "))).collect()
    }

    /// The ACL of some releases, with the resources that a module adds to each of them.
    #[must_use]
    pub fn acl(
        &self,
        releases: ReleaseSet,
        module: &ModuleName,
        own: impl IntoIterator<Item = OwnNode>,
    ) -> AclTable {
        AclTable::new(self.acl_rows(), releases, own.into_iter().map(|node| node.row(module, releases)))
    }

    /// The ACL of some releases as they ship it.
    #[must_use]
    pub fn shipped_acl(&self, releases: ReleaseSet) -> AclTable {
        AclTable::new(self.acl_rows(), releases, [])
    }

    /// What Magento makes of requested resources in a release (FACTS §5): those that can be granted there with their
    /// ancestors; in 2.0, which takes the names as they are, those that are there. `acl` is a table that has the release.
    #[must_use]
    pub fn granted<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a String>,
        acl: &'a AclTable,
        release: ReleaseId,
    ) -> BTreeSet<&'a str> {
        let ids = ids.into_iter().map(String::as_str);
        if behaviour::is_legacy(self.release(release).version) {
            return ids.filter(|id| acl.present(id).contains(release)).collect();
        }
        let found = ids.filter(|id| acl.grantable(id).contains(release));
        found.flat_map(|id| acl.ancestors(id, release).into_iter().chain([id])).collect()
    }

    /// The REST routes of all releases.
    #[must_use]
    pub fn routes(&self) -> &RouteTable {
        self.routes.get_or_init(data::routes)
    }

    fn acl_rows(&self) -> &[AclRow] {
        self.acl.get_or_init(data::acl)
    }

    /// The releases that have the ACL resource, switched off or not.
    #[must_use]
    pub fn ever(&self, id: &str) -> ReleaseSet {
        let states = self.acl_rows().iter().filter(|row| row.id == id);
        states.fold(ReleaseSet::default(), |all, row| all | row.releases)
    }

    /// Whether some release ships the module, or a resource there is, was or is thought to be is named after it. Of a shop
    /// all modules are known: one that is not there has nothing.
    #[must_use]
    pub fn knows_module(&self, module: &str) -> bool {
        self.shop.is_some()
            || packages::ships(module)
            || self.acl_rows().iter().any(|row| row.is_of(module))
            || renames::has_module(module)
    }

    /// The package of the module, if every release of the target ships it. For 2.2.11, 2.3.4-p2 and 2.4.9, of which
    /// not all packages are known, those of the release before stand in.
    #[must_use]
    pub fn package(&self, module: &str, target: &Target) -> Option<Package> {
        match &self.shop {
            Some(shop) => shop.package(module),
            None => packages::find(self, module, target.releases),
        }
    }

    /// The wildcards that cover `magento/framework` in the target: `103.0.*`.
    #[must_use]
    pub fn framework(&self, target: &Target) -> String {
        packages::wildcards(target.releases.iter().map(|id| self.release(id).framework))
    }

    /// The PHP versions that the target's releases run on.
    #[must_use]
    pub fn php(&self, target: &Target) -> PhpRange {
        PhpRange::of(target.releases.iter().map(|id| self.release(id)))
    }
}
