//! The REST routes of the releases, and what each needs.

mod changes;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt,
};

pub use changes::{RouteChange, RouteChanged};

use super::{ReleaseId, ReleaseSet};
use crate::names::{Call, is_parameter};

/// What a route needs of whoever calls it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Nothing: `anonymous`.
    Anyone,
    /// To be a customer who is logged in: `self`. No integration is one.
    Customer,
    /// To be allowed all of these ACL resources, each by itself (`framework/Webapi/Authorization.php`; FACTS §5).
    Granted(BTreeSet<Cow<'static, str>>),
}

impl Access {
    /// What the `ref`s of a route in webapi.xml come to.
    pub(super) fn of_refs(refs: impl Iterator<Item = Cow<'static, str>>) -> Self {
        let mut ids: BTreeSet<_> = refs.filter(|id| id != "anonymous").collect();
        if ids.remove("self") {
            Self::Customer
        } else if ids.is_empty() {
            Self::Anyone
        } else {
            Self::Granted(ids)
        }
    }

    /// The ACL resources that are needed.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let ids = if let Self::Granted(ids) = self { Some(ids) } else { None };
        ids.into_iter().flatten().map(AsRef::as_ref)
    }

    /// Whether an integration may call that is allowed these resources.
    #[must_use]
    pub fn is_open_to(&self, granted: &BTreeSet<&str>) -> bool {
        *self != Self::Customer && self.ids().all(|id| granted.contains(id))
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anyone => f.write_str("nothing"),
            Self::Customer => f.write_str("a logged-in customer"),
            Self::Granted(_) => f.write_str(&self.ids().collect::<Vec<_>>().join(" and ")),
        }
    }
}

/// What is needed in some releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// What it is.
    pub access: Access,
    /// The releases that need it.
    pub releases: ReleaseSet,
}

impl Need {
    /// The releases of all of them.
    pub(super) fn releases(needs: &[Self]) -> ReleaseSet {
        needs.iter().fold(ReleaseSet::default(), |all, need| all | need.releases)
    }

    /// What is needed in a release; none where it is none of theirs.
    pub(super) fn access(needs: &[Self], release: ReleaseId) -> Option<&Access> {
        needs.iter().find(|need| need.releases.contains(release)).map(|need| &need.access)
    }
}

/// A REST route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: Cow<'static, str>,
    /// `/V1/orders/:id`.
    pub path: Cow<'static, str>,
    /// What it needs in the releases that have it, the oldest first; no release stands twice.
    pub needs: Vec<Need>,
}

impl Route {
    /// The releases that have it.
    #[must_use]
    pub fn releases(&self) -> ReleaseSet {
        Need::releases(&self.needs)
    }

    /// What it needs in a release; none where it is not there.
    #[must_use]
    pub fn access(&self, release: ReleaseId) -> Option<&Access> {
        Need::access(&self.needs, release)
    }

    /// What it needs in these releases, the oldest first.
    pub fn needs_in(&self, releases: ReleaseSet) -> impl Iterator<Item = Need> {
        let within = move |need: &Need| Need { releases: need.releases & releases, ..need.clone() };
        self.needs.iter().map(within).filter(|need| !need.releases.is_empty())
    }

    /// The ACL resources that it needs in one of these releases.
    #[must_use]
    pub fn ids(&self, releases: ReleaseSet) -> BTreeSet<&str> {
        let needs = self.needs.iter().filter(|need| !(need.releases & releases).is_empty());
        needs.flat_map(|need| need.access.ids()).collect()
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// A route of a module that is compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRoute {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// `/V1/acme-erp/orders/:incrementId`.
    pub path: String,
    /// What it needs, as webapi.xml has it: ACL resources, `anonymous` or `self`.
    pub refs: Vec<String>,
}

/// REST routes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteTable {
    /// By path and then by method.
    routes: Vec<Route>,
}

impl RouteTable {
    /// The routes of rows that say path, method and what is needed when.
    pub(super) fn new(rows: impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>, Need)>) -> Self {
        let mut routes: BTreeMap<_, Vec<Need>> = BTreeMap::new();
        for (path, method, need) in rows {
            routes.entry((path, method)).or_default().push(need);
        }
        let route = |((path, method), mut needs): (_, Vec<Need>)| {
            needs.sort_by_key(|need| need.releases.first());
            Route { method, path, needs }
        };
        Self { routes: routes.into_iter().map(route).collect() }
    }

    /// The routes of a module that is compiled, which has them in all of its releases.
    #[must_use]
    pub fn own(routes: impl IntoIterator<Item = OwnRoute>, releases: ReleaseSet) -> Self {
        Self::new(routes.into_iter().map(|OwnRoute { method, path, refs }| {
            let access = Access::of_refs(refs.into_iter().map(Cow::Owned));
            (path.into(), method.into(), Need { access, releases })
        }))
    }

    /// All of them, by path and then by method.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.routes.iter()
    }

    /// Those that need each ACL resource in one of these releases.
    #[must_use]
    pub fn by_resource(&self, releases: ReleaseSet) -> BTreeMap<&str, Vec<&Route>> {
        let mut by_resource: BTreeMap<&str, Vec<&Route>> = BTreeMap::new();
        for route in &self.routes {
            for id in route.ids(releases) {
                by_resource.entry(id).or_default().push(route);
            }
        }
        by_resource
    }

    /// Those that an integration can call in a release that is allowed these resources, those that need nothing
    /// included. [`Catalog::granted`](super::Catalog::granted) says what one is allowed.
    pub fn open_to(&self, granted: &BTreeSet<&str>, release: ReleaseId) -> impl Iterator<Item = &Route> {
        let is_open = move |route: &&Route| route.access(release).is_some_and(|it| it.is_open_to(granted));
        self.routes.iter().filter(is_open)
    }

    /// The route of one of these releases that differs from another in nothing but the names of parameters.
    #[must_use]
    pub fn like(&self, method: &str, path: &str, releases: ReleaseSet) -> Option<&Route> {
        let is_there = |route: &&Route| !(route.releases() & releases).is_empty();
        let mut routes = self.routes.iter().filter(|route| route.method == method);
        routes.find(|route| is_same_path(&route.path, path) && is_there(route))
    }

    /// A route of one of these releases that some calls fit which also fit another: where one has a word the other has a
    /// parameter.
    #[must_use]
    pub fn overlapping(&self, method: &str, path: &str, releases: ReleaseSet) -> Option<&Route> {
        let is_there = |route: &&Route| !(route.releases() & releases).is_empty();
        let mut routes = self.routes.iter().filter(|route| route.method == method);
        routes.find(|route| overlap(&route.path, path) && is_there(route))
    }

    /// Those that the call fits, whatever their method; the first answers. Magento sorts the paths and takes the last that
    /// fits, so that a literal step goes before a parameter (`module-webapi`: `Model/Rest/Config.php` and
    /// `Controller/Rest/Router.php`).
    pub(super) fn fitting(&self, call: &Call) -> impl Iterator<Item = &Route> {
        let fits = call.fitting();
        self.routes.iter().rev().filter(move |route| fits(&route.path))
    }

    /// Those that answer the call in one release or another. They differ in the names of their parameters: a call to
    /// `/V1/categories/list` is none to `/V1/categories/:categoryId`, although that is what fits before 2.2.
    pub(super) fn answering(&self, call: &Call) -> impl Iterator<Item = &Route> {
        let mut routes = self.fitting(call).filter(|route| route.method == call.method()).peekable();
        let first = routes.peek().copied();
        routes.filter(move |route| first.is_some_and(|first| is_same_path(&first.path, &route.path)))
    }
}

/// Whether two paths are the same but for the names of their parameters.
pub(super) fn is_same_path(one: &str, other: &str) -> bool {
    let shape = |step| if is_parameter(step) { ":" } else { step };
    one.split('/').map(shape).eq(other.split('/').map(shape))
}

/// Whether some call fits both paths.
fn overlap(one: &str, other: &str) -> bool {
    let fit = |(one, other)| one == other || is_parameter(one) || is_parameter(other);
    one.split('/').count() == other.split('/').count() && one.split('/').zip(other.split('/')).all(fit)
}
