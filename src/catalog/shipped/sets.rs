//! The sets of releases that the tables name by number.

use crate::catalog::{
    Catalog, ReleaseId, ReleaseSet,
    behaviour::ignores_case_of_events,
    data::{Runs, rows},
};

const RUNS: &str = include_str!("../data/shipped/runs.tsv");

/// The sets of releases of the tables, as a catalog has them.
#[derive(Debug)]
pub(super) struct Sets {
    pub(super) all: ReleaseSet,
    /// Those of them that compare the names of events in lower case.
    pub(super) ignoring_case: ReleaseSet,
    /// The set of number 1 stands first.
    numbered: Vec<ReleaseSet>,
}

impl Sets {
    /// Those of the bundled catalog; of a shop's catalog, whose only release is its own, what holds for the release that
    /// stands in for it.
    pub(super) fn new(stand_in: Option<ReleaseId>) -> Self {
        let bundled = Catalog::bundled();
        let in_catalog = |set: ReleaseSet| match stand_in {
            None => set,
            Some(id) if set.contains(id) => [ReleaseId(0)].into_iter().collect(),
            Some(_) => ReleaseSet::default(),
        };
        let runs = Runs::new(bundled.releases());
        let set = |row: &'static str| Some(in_catalog(runs.parse(row.split_once('\t')?.1)));
        let ignoring_case = bundled.those(bundled.all(), ignores_case_of_events);
        Self {
            all: in_catalog(bundled.all()),
            ignoring_case: in_catalog(ignoring_case),
            numbered: rows(RUNS).filter_map(set).collect(),
        }
    }

    /// The releases of a line of a table: by number, or those of what it hangs under.
    pub(super) fn get(&self, number: &str, above: ReleaseSet) -> ReleaseSet {
        if number.is_empty() {
            return above;
        }
        let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        place.and_then(|place| self.numbered.get(place)).copied().unwrap_or_default()
    }
}
