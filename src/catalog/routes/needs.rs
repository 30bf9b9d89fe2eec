//! Access to a route, from the rows of a table.

use std::{ops::Deref, sync::OnceLock};

use super::{Access, RouteNeed};
use crate::catalog::{
    releases,
    tables::{ReleaseRuns, columns},
};

/// Access to a route in each release that has it, oldest first, without overlaps.
#[derive(Debug, Clone, Default)]
pub struct RouteNeeds {
    /// Resources and releases of the rows in the bundled table, read on first use.
    rows: Vec<&'static str>,
    needs: OnceLock<Vec<RouteNeed>>,
}

impl RouteNeeds {
    /// Adds a row of the bundled table.
    pub(super) fn push(&mut self, row: &'static str) {
        self.rows.push(row);
    }

    fn read(&self) -> Vec<RouteNeed> {
        let releases = ReleaseRuns::new(releases::bundled());
        let need = |row: &&'static str| {
            let [refs, runs] = columns(row);
            RouteNeed {
                access: Access::of_refs(refs.split(' ').map(Into::into)),
                releases: releases.parse(runs),
            }
        };
        sorted(self.rows.iter().map(need).collect())
    }
}

fn sorted(mut needs: Vec<RouteNeed>) -> Vec<RouteNeed> {
    needs.sort_by_key(|need| need.releases.first());
    needs
}

impl From<Vec<RouteNeed>> for RouteNeeds {
    fn from(needs: Vec<RouteNeed>) -> Self {
        Self { rows: Vec::new(), needs: sorted(needs).into() }
    }
}

impl Deref for RouteNeeds {
    type Target = [RouteNeed];

    fn deref(&self) -> &[RouteNeed] {
        self.needs.get_or_init(|| self.read())
    }
}

impl PartialEq for RouteNeeds {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for RouteNeeds {}
