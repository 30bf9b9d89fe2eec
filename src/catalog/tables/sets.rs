//! The sets of releases of the tables, as a catalog has them.

use super::runs::{ReleaseRuns, at_number, numbered_runs};
use crate::catalog::{
    Release, ReleaseId, ReleaseSet,
    releases::{behaviour::ignores_case_of_events, bundled},
};

/// The sets of releases that the tables name by number: those of the bundled catalog; of a shop's catalog, whose only
/// release is its own, what holds for the release that stands in for it.
#[derive(Debug)]
pub(in crate::catalog) struct NumberedSets {
    pub(in crate::catalog) all: ReleaseSet,
    /// Those of them that compare the names of events in lower case.
    pub(in crate::catalog) ignoring_case: ReleaseSet,
    numbered: Vec<ReleaseSet>,
}

impl NumberedSets {
    pub(in crate::catalog) fn new(stand_in: Option<ReleaseId>) -> Self {
        let all = |is_in: &dyn Fn(&Release) -> bool| {
            bundled().iter().filter(|release| is_in(release)).map(|release| release.id).collect()
        };
        let in_catalog = |set: ReleaseSet| match stand_in {
            None => set,
            Some(id) if set.contains(id) => [ReleaseId(0)].into_iter().collect(),
            Some(_) => ReleaseSet::default(),
        };
        let runs = ReleaseRuns::new(bundled());
        Self {
            all: in_catalog(all(&|_| true)),
            ignoring_case: in_catalog(all(&|release| ignores_case_of_events(release.version))),
            numbered: numbered_runs().iter().map(|text| in_catalog(runs.parse(text))).collect(),
        }
    }

    /// The releases of a line of a table: by number, or those of what it hangs under.
    pub(in crate::catalog) fn get(&self, number: &str, above: ReleaseSet) -> ReleaseSet {
        if number.is_empty() { above } else { at_number(&self.numbered, number).unwrap_or_default() }
    }
}
