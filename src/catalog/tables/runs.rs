//! Releases in the bundled tables: runs in version order, or the number of a row in `runs.tsv`.

use std::sync::LazyLock;

use super::rows;
use crate::{
    catalog::{Release, ReleaseSet},
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
        let ids = runs.split(',').flat_map(|run| {
            let (first, last) = run.split_once("..").unwrap_or((run, run));
            match (self.place(first), self.place(last)) {
                (Some(first), Some(last)) => self.0.get(first..=last).unwrap_or_default(),
                _ => &[],
            }
        });
        ids.map(|release| release.id).collect()
    }

    /// Releases with the number; all of them for an empty number.
    pub(in crate::catalog) fn numbered(&self, number: &str) -> ReleaseSet {
        if number.is_empty() {
            return self.0.iter().map(|release| release.id).collect();
        }
        let runs = index(number).and_then(|at| numbered_runs().get(at));
        runs.map(|runs| self.parse(runs)).unwrap_or_default()
    }

    fn place(&self, version: &str) -> Option<usize> {
        let version: MagentoVersion = version.parse().ok()?;
        self.0.binary_search_by_key(&version, |release| release.version).ok()
    }
}
