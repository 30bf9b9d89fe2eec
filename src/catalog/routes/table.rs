//! The REST routes of the releases, and which of them a call fits.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{Access, OwnRoute, Route, RouteNeed};
use crate::{
    catalog::{ReleaseId, ReleaseSet},
    names::{Call, is_parameter},
};

/// REST routes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteTable {
    /// By path and then by method.
    pub(super) routes: Vec<Route>,
}

impl RouteTable {
    /// The routes of rows that say path, method and what is needed when.
    pub(in crate::catalog) fn new(
        rows: impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>, RouteNeed)>,
    ) -> Self {
        let mut routes: BTreeMap<_, Vec<RouteNeed>> = BTreeMap::new();
        for (path, method, need) in rows {
            routes.entry((path, method)).or_default().push(need);
        }
        let route = |((path, method), mut needs): (_, Vec<RouteNeed>)| {
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
            (path.into(), method.into(), RouteNeed { access, releases })
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
    /// included. [`Catalog::granted`](crate::catalog::Catalog::granted) says what one is allowed.
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
    pub(in crate::catalog) fn fitting(&self, call: &Call) -> impl Iterator<Item = &Route> {
        let fits = call.fitting();
        self.routes.iter().rev().filter(move |route| fits(&route.path))
    }

    /// Those that answer the call in one release or another. They differ in the names of their parameters: a call to
    /// `/V1/categories/list` is none to `/V1/categories/:categoryId`, although that is what fits before 2.2.
    pub fn answering(&self, call: &Call) -> impl Iterator<Item = &Route> {
        let mut routes = self.fitting(call).filter(|route| route.method == call.method()).peekable();
        let first = routes.peek().copied();
        routes.filter(move |route| first.is_some_and(|first| is_same_path(&first.path, &route.path)))
    }
}

/// Whether two paths are the same but for the names of their parameters.
pub(in crate::catalog) fn is_same_path(one: &str, other: &str) -> bool {
    let shape = |step| if is_parameter(step) { ":" } else { step };
    one.split('/').map(shape).eq(other.split('/').map(shape))
}

/// Whether some call fits both paths.
fn overlap(one: &str, other: &str) -> bool {
    let fit = |(one, other)| one == other || is_parameter(one) || is_parameter(other);
    one.split('/').count() == other.split('/').count() && one.split('/').zip(other.split('/')).all(fit)
}
