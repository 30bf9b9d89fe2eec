//! Sets of releases in words.

use super::{Release, ReleaseSet};
use crate::catalog::Catalog;

impl Catalog {
    /// A constraint over exactly these releases, as short as it can be: `2.4.6 || >=2.4.7 <=2.4.8-p1`.
    #[must_use]
    pub fn constraint(&self, set: ReleaseSet) -> String {
        let runs = self.neighbours(set).into_iter().map(|run| {
            let (first, last) = (run[0].version, run[run.len() - 1].version);
            let line = self.releases.iter().filter(|release| release.version.with_p(0) == first);
            if first.p == 0 && line.eq(run) {
                first.to_string()
            } else if first != last {
                format!(">={first} <={last}")
            } else if first.p > 0 {
                first.to_string()
            } else {
                format!("={first}")
            }
        });
        runs.collect::<Vec<_>>().join(" || ")
    }

    /// The set in runs of neighbours in the catalog.
    fn neighbours(&self, set: ReleaseSet) -> Vec<&[Release]> {
        let parts = self.releases.chunk_by(|a, b| set.contains(a.id) == set.contains(b.id));
        parts.filter(|part| part.first().is_some_and(|release| set.contains(release.id))).collect()
    }

    /// The releases in words: `2.4.4..2.4.7-p3, 2.4.8`. Runs are of neighbours in the catalog.
    #[must_use]
    pub fn describe(&self, set: ReleaseSet) -> String {
        let runs = self.runs(set).join(", ");
        if self.shop.is_some() { format!("this shop's {runs}") } else { runs }
    }

    /// The releases as runs of neighbours in the catalog: `2.4.4..2.4.7-p3` and `2.4.8`.
    #[must_use]
    pub fn runs(&self, set: ReleaseSet) -> Vec<String> {
        let runs = self.neighbours(set).into_iter().map(|run| match run {
            [only] => only.version.to_string(),
            run => format!("{}..{}", run[0].version, run[run.len() - 1].version),
        });
        runs.collect()
    }

    /// When something holds of which one thing holds in some releases and another in others, a phrase for each:
    /// `before 2.2.8` and `from 2.2.8 on`, or `in 2.2.0..2.2.7 and 2.3.0`.
    #[must_use]
    pub fn when(&self, parts: &[ReleaseSet]) -> Vec<String> {
        if let [before, after] = parts
            && let Some(first) = after.first()
            && before.last() < Some(first)
        {
            return vec![
                format!("before {}", self.release(first).version),
                format!("from {} on", self.release(first).version),
            ];
        }
        parts.iter().map(|&part| format!("in {}", self.describe(part).replace(", ", " and "))).collect()
    }

    /// The releases of the set whose ACL is known; the whole set if no ACL in it is.
    #[must_use]
    pub fn known_or_all(&self, set: ReleaseSet) -> ReleaseSet {
        let known = self.known(set);
        if known.is_empty() { set } else { known }
    }

    /// ` in 2.4.4..2.4.6` for something that does not hold in all the releases that are looked at; otherwise nothing.
    #[must_use]
    pub fn when_in(&self, holds: ReleaseSet, all: ReleaseSet) -> String {
        if holds == all { String::new() } else { format!(" in {}", self.describe(self.known_or_all(holds))) }
    }
}
