//! Releases in the bundled tables: runs in version order, or the number of a row in `runs.tsv`.

use std::sync::LazyLock;

use super::rows;
use crate::{
    catalog::{Release, ReleaseId, ReleaseSet},
    names::MagentoVersion,
};

const RUNS: &str = include_str!("../data/runs.tsv");

/// Runs of releases that other tables refer to by number, starting with number 1.
pub(super) fn numbered_runs() -> &'static [&'static str] {
    static NUMBERED: LazyLock<Vec<&str>> =
        LazyLock::new(|| rows(RUNS).filter_map(|row| Some(row.split_once('\t')?.1)).collect());
    &NUMBERED
}

/// Index of the number in a list that starts with number 1.
pub(super) fn index(number: &str) -> Option<usize> {
    number.parse::<usize>().ok()?.checked_sub(1)
}

/// Parser of runs of releases: `2.0.0..2.1.3,2.2.0`.
pub(in crate::catalog) struct ReleaseRuns<'a>(&'a [Release]);

impl<'a> ReleaseRuns<'a> {
    pub(in crate::catalog) fn new(releases: &'a [Release]) -> Self {
        Self(releases)
    }

    pub(in crate::catalog) fn parse(&self, runs: &str) -> ReleaseSet {
        runs.split(',').fold(ReleaseSet::default(), |set, run| {
            let ends = match run.split_once("..") {
                Some((first, last)) => self.id(first).zip(self.id(last)),
                None => self.id(run).map(|id| (id, id)),
            };
            ends.map_or(set, |(first, last)| set | ReleaseSet::run(first, last))
        })
    }

    /// Releases with the number; all of them for an empty number.
    pub(in crate::catalog) fn numbered(&self, number: &str) -> ReleaseSet {
        if number.is_empty() {
            return self.0.iter().map(|release| release.id).collect();
        }
        let runs = index(number).and_then(|at| numbered_runs().get(at));
        runs.map(|runs| self.parse(runs)).unwrap_or_default()
    }

    fn id(&self, version: &str) -> Option<ReleaseId> {
        let version: MagentoVersion = version.parse().ok()?;
        let place = self.0.binary_search_by_key(&version, |release| release.version).ok()?;
        Some(self.0[place].id)
    }
}
