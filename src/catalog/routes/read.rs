//! The REST routes of the bundled catalog.

use super::{Access, RouteNeed, RouteTable};
use crate::catalog::{
    releases,
    tables::{ReleaseRuns, rows},
};

const ROUTES: &str = include_str!("../data/routes.tsv");

/// Routes of all releases.
pub(in crate::catalog) fn routes() -> RouteTable {
    let releases = ReleaseRuns::new(releases::bundled());
    let row = |row: &'static str| {
        let mut columns = row.split('\t');
        let (path, method) = (columns.next()?.into(), columns.next()?.into());
        let access = Access::of_refs(columns.next()?.split(' ').map(Into::into));
        Some((path, method, RouteNeed { access, releases: releases.parse(columns.next()?) }))
    };
    RouteTable::new(rows(ROUTES).filter_map(row))
}
