//! What each Magento release has: its ACL, its REST routes, the PHP it runs on, its packages. Bundled, so that no Magento is
//! needed; or of one shop, read from its own files.

mod acl;
pub mod behaviour;
mod called;
mod constraint;
mod counterpart;
mod data;
mod glob;
mod packages;
mod php;
mod reach;
mod release;
mod renames;
mod routes;
pub mod scan;
mod search;
mod selection;
mod shipped;
mod shop;
mod suggest;

use std::{
    collections::{BTreeSet, HashSet},
    sync::{LazyLock, OnceLock},
};

use acl::AclRow;
pub use acl::{AclChange, AclChanged, AclTable, OwnNode, Resource};
pub use called::Called;
pub use constraint::{Constraint, ConstraintError, check_package_constraint};
pub use packages::Package;
pub use php::PhpRange;
pub use reach::{Opened, Reach};
pub use release::{Release, ReleaseId, ReleaseSet};
pub use renames::renamed;
pub use routes::{Access, Need, OwnRoute, Route, RouteChange, RouteChanged, RouteTable};
pub use search::Query;
pub use selection::{Effect, Selection};
pub use shipped::{
    Caution, Config, ConfigGroup, ConfigPath, ConfigSection, ConfigTab, Cron, CronGroup, CronJob, DataKey,
    DataType, Dispatch, Entity, Event, EventKind, EventTable, Field, MenuItem, Parameter, PhpType, Row,
    Scopes, Service, ServiceMethod, ServiceTable, Table, Topic, Transaction, TypeKind,
};
pub use shop::{Shop, ShopModule, ShopResource};

use crate::names::{MagentoVersion, ModuleName};

/// All releases and what they have. Its tables are read when they are first asked for.
#[derive(Debug, Clone)]
pub struct Catalog {
    releases: Vec<Release>,
    /// A row for each state of a resource.
    acl: OnceLock<Vec<AclRow>>,
    /// The modules that are known by a package or a resource.
    modules: OnceLock<HashSet<&'static str>>,
    routes: OnceLock<RouteTable>,
    /// What else releases ship.
    shipped: shipped::Shipped,
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
    /// Releases that the constraint names and that came after this catalog, each with the one that stands in for it:
    /// the newest, or the newest of the line whose patch it is.
    pub newer: Vec<(MagentoVersion, ReleaseId)>,
}

impl Catalog {
    /// The catalog that comes with magespec.
    #[must_use]
    pub fn bundled() -> &'static Self {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog {
            releases: data::releases(),
            acl: OnceLock::new(),
            modules: OnceLock::new(),
            routes: OnceLock::new(),
            shipped: shipped::Shipped::default(),
            shop: None,
        });
        &CATALOG
    }

    /// The catalog of one shop, in place of what its release ships. Events, types, services, configuration, menu, jobs and
    /// topics are not read from a shop: they are those of the bundled release that is the shop's, or the last before it.
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
            modules: OnceLock::new(),
            routes: shop.routes(releases).into(),
            shipped: shipped::Shipped::standing_in(known[place].id),
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

    /// The releases that the constraint allows, with those that stand in for newer ones; none if there is no such
    /// release. Of a shop it is the shop's, whatever the constraint.
    #[must_use]
    pub fn resolve(&self, constraint: &Constraint) -> Option<Target> {
        if self.shop.is_some() {
            return Some(Target {
                constraint: constraint.to_string(),
                releases: self.all(),
                unchecked: Vec::new(),
                newer: Vec::new(),
            });
        }
        let allowed = || self.releases.iter().filter(|release| constraint.allows(release.version));
        let known: ReleaseSet = allowed().map(|release| release.id).collect();
        let mut newer: Vec<(MagentoVersion, ReleaseId)> =
            constraint.named().filter_map(|it| self.newer(it)).collect();
        if known.is_empty() && newer.is_empty() {
            newer.extend(constraint.next().filter_map(|it| self.newer(it)));
        }
        newer.sort_unstable();
        newer.dedup();
        let releases = newer.iter().fold(known, |mut all, &(_, stand_in)| {
            all.insert(stand_in);
            all
        });
        let newest = self.newest_checked().id;
        let unchecked = allowed().filter(|release| release.id > newest).map(|release| release.version);
        (!releases.is_empty()).then(|| Target {
            constraint: constraint.to_string(),
            releases,
            unchecked: unchecked.collect(),
            newer,
        })
    }

    /// The version with the release that stands in for it, if it came after this catalog: after all of it, or as a
    /// patch of a release in it.
    fn newer(&self, version: MagentoVersion) -> Option<(MagentoVersion, ReleaseId)> {
        let of_line = |release: &&Release| release.version.with_p(0) == version.with_p(0);
        let line = self.releases.iter().rev().find(of_line);
        let stand_in = match line {
            Some(newest) => Some(newest).filter(|newest| version > newest.version),
            None => self.releases.last().filter(|newest| version > newest.version),
        };
        stand_in.map(|release| (version, release.id))
    }

    /// The known line of releases, `2.0.*`, that the constraint seems to be about; none if it has none of them.
    #[must_use]
    pub fn line_of(&self, constraint: &Constraint) -> Option<(u32, u32)> {
        let first = constraint.first()?;
        let line = |version: MagentoVersion| (version.major, version.minor);
        self.releases.iter().map(|release| line(release.version)).find(|&known| known == line(first))
    }

    /// A constraint over exactly these releases, as short as it can be: `2.4.6 || >=2.4.7 <=2.4.8-p1`.
    #[must_use]
    pub fn constraint(&self, set: ReleaseSet) -> String {
        let runs = self.neighbours(set).into_iter().map(|run| {
            let (first, last) = (run[0].version, run[run.len() - 1].version);
            let line = self.releases.iter().filter(|release| release.version.with_p(0) == first);
            if first.p == 0 && line.eq(run) {
                first.to_string()
            } else if first != last {
                format!(">={first} <={last}")
            } else if first.p > 0 {
                first.to_string()
            } else {
                format!("={first}")
            }
        });
        runs.collect::<Vec<_>>().join(" || ")
    }

    /// The set in runs of neighbours in the catalog.
    fn neighbours(&self, set: ReleaseSet) -> Vec<&[Release]> {
        let parts = self.releases.chunk_by(|a, b| set.contains(a.id) == set.contains(b.id));
        parts.filter(|part| part.first().is_some_and(|release| set.contains(release.id))).collect()
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
        let runs = self.neighbours(set).into_iter().map(|run| match run {
            [only] => only.version.to_string(),
            run => format!("{}..{}", run[0].version, run[run.len() - 1].version),
        });
        runs.collect()
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
        acl.with_ancestors(found, release)
    }

    /// The REST routes of all releases.
    #[must_use]
    pub fn routes(&self) -> &RouteTable {
        self.routes.get_or_init(data::routes)
    }

    fn acl_rows(&self) -> &[AclRow] {
        self.acl.get_or_init(data::acl)
    }

    /// The releases of the set whose ACL is known: in others that of the release before only stands in.
    #[must_use]
    pub fn known(&self, set: ReleaseSet) -> ReleaseSet {
        set.iter().filter(|&id| self.release(id).has_acl).collect()
    }

    /// The releases that are known to have the ACL resource, switched off or not.
    #[must_use]
    pub fn ever(&self, id: &str) -> ReleaseSet {
        let states = self.acl_rows().iter().filter(|row| row.id == id);
        self.known(states.fold(ReleaseSet::default(), |all, row| all | row.releases))
    }

    /// Whether some release ships the module, or a resource there is, was or is thought to be is named after it. Of a shop
    /// all modules are known but those whose acl.xml could not be read: one that is not there has nothing.
    #[must_use]
    pub fn knows_module(&self, module: &str) -> bool {
        let all = || packages::modules().chain(data::acl_modules()).chain(renames::modules()).collect();
        match &self.shop {
            Some(shop) => !shop.unread.contains(module),
            None => self.modules.get_or_init(all).contains(module),
        }
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

    /// The releases that ship a package of Magento in a version that the constraint allows; none if no release ships it.
    #[must_use]
    pub fn shipping(&self, package: &str, constraint: &Constraint) -> Option<ReleaseSet> {
        packages::shipping(self, package, constraint)
    }

    /// The releases that run on a PHP that the constraint allows.
    #[must_use]
    pub fn running_on(&self, constraint: &Constraint) -> ReleaseSet {
        let running = self.releases.iter().filter(|release| php::runs_on(release, constraint));
        running.map(|release| release.id).collect()
    }

    /// Whether a constraint over PHP allows all that the target's releases run on.
    #[must_use]
    pub fn allows_php_of(&self, constraint: &Constraint, target: &Target) -> bool {
        php::covers(&self.php(target).constraint, constraint)
    }

    /// The PHP versions that the target's releases run on.
    #[must_use]
    pub fn php(&self, target: &Target) -> PhpRange {
        PhpRange::of(target.releases.iter().map(|id| self.release(id)))
    }
}
