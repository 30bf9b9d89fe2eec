//! Numbered sets of releases, resolved for a catalog.

use std::sync::OnceLock;

use super::runs::{ReleaseRuns, index, numbered_runs, runs_at};
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
    stand_ins: Vec<ReleaseId>,
    /// By index of their number, each read on first use.
    numbered: Vec<OnceLock<ReleaseSet>>,
}

impl NumberedSets {
    pub(in crate::catalog) fn new(stand_ins: &[ReleaseId]) -> Self {
        let sets = Self {
            all: ReleaseSet::default(),
            ignoring_case: ReleaseSet::default(),
            stand_ins: stand_ins.to_vec(),
            numbered: vec![OnceLock::new(); numbered_runs().len()],
        };
        let all = |is_in: &dyn Fn(&Release) -> bool| {
            let releases = bundled().iter().filter(|release| is_in(release));
            sets.in_catalog(releases.map(|release| release.id).collect())
        };
        let (every, ignoring_case) =
            (all(&|_| true), all(&|release| ignores_case_of_events(release.version)));
        Self { all: every, ignoring_case, ..sets }
    }

    /// Shops whose release is in the set, if the catalog is of shops.
    fn in_catalog(&self, set: ReleaseSet) -> ReleaseSet {
        if self.stand_ins.is_empty() {
            return set;
        }
        let shops = self.stand_ins.iter().zip(0..).filter(|&(&release, _)| set.contains(release));
        shops.map(|(_, id)| ReleaseId(id)).collect()
    }

    /// Releases of a line in a table: by number, or those of the line above it.
    pub(in crate::catalog) fn get(&self, number: &str, above: ReleaseSet) -> ReleaseSet {
        if number.is_empty() {
            return above;
        }
        let Some((at, set)) = index(number).and_then(|at| Some((at, self.numbered.get(at)?))) else {
            return ReleaseSet::default();
        };
        let read = |runs| self.in_catalog(ReleaseRuns::new(bundled()).parse(runs));
        *set.get_or_init(|| runs_at(at).map(read).unwrap_or_default())
    }
}
