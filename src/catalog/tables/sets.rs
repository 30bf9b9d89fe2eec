//! The sets of releases of the tables, as a catalog has them.

use super::runs::{ReleaseRuns, at_number, numbered_runs};
use crate::catalog::{Catalog, ReleaseId, ReleaseSet, behaviour::ignores_case_of_events};

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
        let bundled = Catalog::bundled();
        let in_catalog = |set: ReleaseSet| match stand_in {
            None => set,
            Some(id) if set.contains(id) => [ReleaseId(0)].into_iter().collect(),
            Some(_) => ReleaseSet::default(),
        };
        let runs = ReleaseRuns::new(bundled.releases());
        Self {
            all: in_catalog(bundled.all()),
            ignoring_case: in_catalog(bundled.those(bundled.all(), ignores_case_of_events)),
            numbered: numbered_runs().iter().map(|text| in_catalog(runs.parse(text))).collect(),
        }
    }

    /// The releases of a line of a table: by number, or those of what it hangs under.
    pub(in crate::catalog) fn get(&self, number: &str, above: ReleaseSet) -> ReleaseSet {
        if number.is_empty() { above } else { at_number(&self.numbered, number).unwrap_or_default() }
    }
}
