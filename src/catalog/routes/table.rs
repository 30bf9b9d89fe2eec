//! Table of REST routes, and the ones that match a call.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{Access, OwnRoute, Route, RouteNeed};
use crate::{
    catalog::{ReleaseId, ReleaseSet},
    names::{Call, is_parameter},
};

/// Table of REST routes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteTable {
    /// Sorted by path and then by method.
    pub(super) routes: Vec<Route>,
}

impl RouteTable {
    /// Builds the table from rows with path, method, access and releases.
    pub(in crate::catalog) fn new(
        rows: impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>, RouteNeed)>,
    ) -> Self {
        let mut routes: BTreeMap<_, Vec<RouteNeed>> = BTreeMap::new();
        for (path, method, need) in rows {
            routes.entry((path, method)).or_default().push(need);
        }
        let route =
            |((path, method), needs): (_, Vec<RouteNeed>)| Route { method, path, needs: needs.into() };
        Self { routes: routes.into_iter().map(route).collect() }
    }

    /// This table with more rows.
    pub(in crate::catalog) fn joined_with(
        self,
        rows: impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>, RouteNeed)>,
    ) -> Self {
        let order = |one: &Route, other: &Route| (&one.path, &one.method).cmp(&(&other.path, &other.method));
        let (mut routes, mut added) = (self.routes, Vec::new());
        for other in Self::new(rows).routes {
            match routes.binary_search_by(|route| order(route, &other)) {
                Ok(at) => {
                    let needs = routes[at].needs.iter().chain(other.needs.iter());
                    routes[at].needs = needs.cloned().collect::<Vec<_>>().into();
                }
                Err(_) => added.push(other),
            }
        }
        routes.append(&mut added);
        routes.sort_by(order);
        Self { routes }
    }

    /// Routes of the compiled module, which has them in all of its releases.
    #[must_use]
    pub fn own(routes: impl IntoIterator<Item = OwnRoute>, releases: ReleaseSet) -> Self {
        Self::new(routes.into_iter().map(|OwnRoute { method, path, refs }| {
            let access = Access::of_refs(refs.into_iter().map(Cow::Owned));
            (path.into(), method.into(), RouteNeed { access, releases })
        }))
    }

    /// All routes, by path and then by method.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.routes.iter()
    }

    /// Routes that require each ACL resource in one of these releases.
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

    /// Routes that an integration with these resources can call in a release, including public ones.
    /// [`Catalog::granted`](crate::catalog::Catalog::granted) resolves the resources.
    pub fn open_to(&self, granted: &BTreeSet<&str>, release: ReleaseId) -> impl Iterator<Item = &Route> {
        let is_open = move |route: &&Route| route.access(release).is_some_and(|it| it.is_open_to(granted));
        self.routes.iter().filter(is_open)
    }

    /// Route of one of these releases that differs from another only in parameter names.
    #[must_use]
    pub fn like(&self, method: &str, path: &str, releases: ReleaseSet) -> Option<&Route> {
        let is_there = |route: &&Route| !(route.releases() & releases).is_empty();
        let mut routes = self.near(path).filter(|route| route.method == method);
        routes.find(|route| is_same_path(&route.path, path) && is_there(route))
    }

    /// Route of one of these releases that shares some calls with another: one has a literal segment, the other a
    /// parameter.
    #[must_use]
    pub fn overlapping(&self, method: &str, path: &str, releases: ReleaseSet) -> Option<&Route> {
        let is_there = |route: &&Route| !(route.releases() & releases).is_empty();
        let mut routes = self.near(path).filter(|route| route.method == method);
        routes.find(|route| overlap(&route.path, path) && is_there(route))
    }

    /// Routes that the call matches, whatever their method; the first answers. Magento sorts the paths and takes the
    /// last match, so that a literal segment wins over a parameter (`module-webapi`: `Model/Rest/Config.php` and
    /// `Controller/Rest/Router.php`).
    pub(in crate::catalog) fn fitting(&self, call: &Call) -> impl Iterator<Item = &Route> {
        let fits = call.fitting();
        let path: String = call.path().map(|step| format!("/{step}")).collect();
        self.near(&path).rev().filter(move |route| fits(&route.path))
    }

    /// Routes that begin with the same step after the version or with a parameter: few of all routes. In their order.
    fn near(&self, path: &str) -> impl DoubleEndedIterator<Item = &Route> + use<'_> {
        let (version, first) =
            path.strip_prefix('/').and_then(|path| path.split_once('/')).unwrap_or_default();
        let first = first.split('/').next().unwrap_or_default();
        let with_parameter = self.starting(&format!("/{version}/:"));
        let with_first =
            if is_parameter(first) { &[] } else { self.starting(&format!("/{version}/{first}")) };
        let (before, after) =
            if first < ":" { (with_first, with_parameter) } else { (with_parameter, with_first) };
        before.iter().chain(after)
    }

    /// Routes whose path starts so.
    fn starting(&self, start: &str) -> &[Route] {
        let from = self.routes.partition_point(|route| route.path.as_ref() < start);
        let rest = self.routes.get(from..).unwrap_or_default();
        let count = rest.iter().take_while(|route| route.path.starts_with(start)).count();
        &rest[..count]
    }

    /// Routes that answer the call in some release. They differ in parameter names: a call to `/V1/categories/list` is
    /// not a call to `/V1/categories/:categoryId`, although that is what matches before 2.2.
    pub fn answering(&self, call: &Call) -> impl Iterator<Item = &Route> {
        let mut routes = self.fitting(call).filter(|route| route.method == call.method()).peekable();
        let first = routes.peek().copied();
        routes.filter(move |route| first.is_some_and(|first| is_same_path(&first.path, &route.path)))
    }
}

/// Returns true if two paths differ only in parameter names.
pub(in crate::catalog) fn is_same_path(one: &str, other: &str) -> bool {
    let shape = |step| if is_parameter(step) { ":" } else { step };
    one.split('/').map(shape).eq(other.split('/').map(shape))
}

/// Returns true if some call matches both paths.
fn overlap(one: &str, other: &str) -> bool {
    let fit = |(one, other)| one == other || is_parameter(one) || is_parameter(other);
    one.split('/').count() == other.split('/').count() && one.split('/').zip(other.split('/')).all(fit)
}
