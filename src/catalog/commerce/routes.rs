//! Routes that only Adobe Commerce has.

use std::{borrow::Cow, sync::LazyLock};

use crate::{
    catalog::{
        Access, Catalog, ReleaseSet, RouteNeed, releases,
        tables::{ReleaseRuns, rows},
    },
    names::{Call, MagentoVersion},
};

const ROUTES: &str = include_str!("../data/commerce_routes.tsv");

/// Oldest release whose routes of Adobe Commerce are known.
const FIRST: MagentoVersion = MagentoVersion::new(2, 4, 6);

/// Route that only Adobe Commerce has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommerceRoute {
    path: &'static str,
    method: &'static str,
    /// Its access, in the bundled releases that have it.
    pub need: RouteNeed,
    /// Modules that declare it, as far as its path tells.
    pub modules: Vec<&'static str>,
}

impl CommerceRoute {
    fn read(row: &'static str, releases: &ReleaseRuns<'_>) -> Option<Self> {
        let mut columns = row.split('\t');
        let (path, method, access) = (columns.next()?, columns.next()?, columns.next()?);
        let access = match access {
            "?" => Access::Unpublished,
            refs => Access::of_refs([Cow::Borrowed(refs)].into_iter()),
        };
        let need = RouteNeed { access, releases: releases.parse(columns.next()?) };
        let modules = columns.next().into_iter().flat_map(|modules| modules.split_whitespace()).collect();
        Some(Self { path, method, need, modules })
    }
}

/// Rows of a table of routes: path, method, access and releases.
pub(in crate::catalog) fn commerce_routes()
-> impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>, RouteNeed)> {
    all().iter().map(|route| (route.path.into(), route.method.into(), route.need.clone()))
}

/// All of them, sorted by path.
fn all() -> &'static [CommerceRoute] {
    static ALL: LazyLock<Vec<CommerceRoute>> = LazyLock::new(|| {
        let releases = ReleaseRuns::new(releases::bundled());
        rows(ROUTES).filter_map(|row| CommerceRoute::read(row, &releases)).collect()
    });
    &ALL
}

impl Catalog {
    /// Route of Adobe Commerce alone that answers the call in some release.
    #[must_use]
    pub fn commerce_route(call: &Call) -> Option<&'static CommerceRoute> {
        let fits = call.fitting();
        // As in `RouteTable::fitting`, the last path wins.
        all().iter().rev().find(|route| route.method == call.method() && fits(route.path))
    }

    /// Releases whose routes of Adobe Commerce are known.
    #[must_use]
    pub fn with_commerce_routes(&self, set: ReleaseSet) -> ReleaseSet {
        self.those(set, |version| version >= FIRST)
    }
}
