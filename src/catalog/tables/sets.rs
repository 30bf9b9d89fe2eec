//! Numbered sets of releases, resolved for a catalog.

use super::runs::{ReleaseRuns, at_number, numbered_runs};
use crate::catalog::{
    Release, ReleaseId, ReleaseSet,
    releases::{behaviour::ignores_case_of_events, bundled},
};

/// Sets of releases that the tables refer to by number. In a catalog of shops, a set holds the shops whose bundled
/// release is in the set.
#[derive(Debug)]
pub(in crate::catalog) struct NumberedSets {
    pub(in crate::catalog) all: ReleaseSet,
    /// Releases that compare event names in lower case.
    pub(in crate::catalog) ignoring_case: ReleaseSet,
    numbered: Vec<ReleaseSet>,
}

impl NumberedSets {
    pub(in crate::catalog) fn new(stand_ins: &[ReleaseId]) -> Self {
        let all = |is_in: &dyn Fn(&Release) -> bool| {
            bundled().iter().filter(|release| is_in(release)).map(|release| release.id).collect()
        };
        let of_shops = |set: ReleaseSet| {
            let shops = stand_ins.iter().zip(0..).filter(|&(&release, _)| set.contains(release));
            shops.map(|(_, id)| ReleaseId(id)).collect()
        };
        let in_catalog = |set: ReleaseSet| if stand_ins.is_empty() { set } else { of_shops(set) };
        let runs = ReleaseRuns::new(bundled());
        Self {
            all: in_catalog(all(&|_| true)),
            ignoring_case: in_catalog(all(&|release| ignores_case_of_events(release.version))),
            numbered: numbered_runs().iter().map(|text| in_catalog(runs.parse(text))).collect(),
        }
    }

    /// Releases of a line in a table: by number, or those of the line above it.
    pub(in crate::catalog) fn get(&self, number: &str, above: ReleaseSet) -> ReleaseSet {
        if number.is_empty() { above } else { at_number(&self.numbered, number).unwrap_or_default() }
    }
}
