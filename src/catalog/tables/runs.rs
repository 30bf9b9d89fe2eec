//! Releases in the bundled tables: runs in version order, or the number of a row in `runs.tsv`.

use std::sync::LazyLock;

use super::{columns, rows};
use crate::{
    catalog::{Release, ReleaseId, ReleaseSet},
    names::MagentoVersion,
};

const RUNS: &str = include_str!("../data/runs.tsv");

/// Rows with runs of releases that other tables refer to by number, starting with number 1.
pub(super) fn numbered_runs() -> &'static [&'static str] {
    static NUMBERED: LazyLock<Vec<&str>> = LazyLock::new(|| rows(RUNS).collect());
    &NUMBERED
}

/// Index of the number in a list that starts with number 1.
pub(super) fn index(number: &str) -> Option<usize> {
    number.parse::<usize>().ok()?.checked_sub(1)
}

/// Runs of the row at an index.
pub(super) fn runs_at(index: usize) -> Option<&'static str> {
    let [_, runs] = columns(numbered_runs().get(index)?);
    Some(runs)
}

/// Parser of runs of releases: `2.0.0..2.1.3,2.2.0`.
pub(in crate::catalog) struct ReleaseRuns<'a>(&'a [Release]);

impl<'a> ReleaseRuns<'a> {
    pub(in crate::catalog) fn new(releases: &'a [Release]) -> Self {
        Self(releases)
    }

    pub(in crate::catalog) fn parse(&self, runs: &str) -> ReleaseSet {
        let mut rest = Some(runs);
        let run = || {
            let (first, after) = MagentoVersion::split_off(rest?)?;
            let (last, after) =
                after.strip_prefix("..").map_or(Some((first, after)), MagentoVersion::split_off)?;
            rest = after.strip_prefix(',');
            Some(self.id(first).zip(self.id(last)))
        };
        let runs = std::iter::from_fn(run).flatten();
        runs.fold(ReleaseSet::default(), |set, (first, last)| set | ReleaseSet::run(first, last))
    }

    /// Releases with the number; all of them for an empty number.
    pub(in crate::catalog) fn numbered(&self, number: &str) -> ReleaseSet {
        if number.is_empty() {
            return self.0.iter().map(|release| release.id).collect();
        }
        let runs = index(number).and_then(runs_at);
        runs.map(|runs| self.parse(runs)).unwrap_or_default()
    }

    fn id(&self, version: MagentoVersion) -> Option<ReleaseId> {
        let place = self.0.binary_search_by_key(&version, |release| release.version).ok()?;
        Some(self.0[place].id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn each_run_of_known_releases_counts() {
        let releases = ReleaseRuns::new(Catalog::bundled().releases());
        for runs in (0..numbered_runs().len()).filter_map(runs_at) {
            let parts: Vec<ReleaseSet> = runs.split(',').map(|run| releases.parse(run)).collect();
            assert!(parts.iter().all(|part| !part.is_empty()), "{runs}");
            assert_eq!(
                releases.parse(runs),
                parts.into_iter().fold(ReleaseSet::default(), |all, part| all | part)
            );
        }
        let first = releases.parse("2.0.0..2.1.0");
        for runs in ["2.0.0,2.1.0", "9.0.0,2.0.0..2.1.0", "2.1.0,9.0.0..9.0.1,2.0.0"] {
            assert_eq!(releases.parse(runs), first, "{runs}");
        }
    }
}
