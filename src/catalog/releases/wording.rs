//! Sets of releases as text.

use std::collections::BTreeMap;

use super::{Basis, Release, ReleaseId, ReleaseSet};
use crate::catalog::Catalog;

impl Catalog {
    /// Shortest constraint for exactly these releases: `2.4.6 || >=2.4.7 <=2.4.8-p1`.
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

    /// Splits the set into runs of consecutive releases.
    fn neighbours(&self, set: ReleaseSet) -> Vec<&[Release]> {
        let parts = self.releases.chunk_by(|a, b| set.contains(a.id) == set.contains(b.id));
        parts.filter(|part| part.first().is_some_and(|release| set.contains(release.id))).collect()
    }

    /// Describes the releases: `2.4.4..2.4.7-p3, 2.4.8`. Runs are of consecutive releases in the catalog. For Mage-OS its
    /// own releases follow in brackets. Shops go by their names.
    #[must_use]
    pub fn describe(&self, set: ReleaseSet) -> String {
        let mut runs = self.runs(set).join(", ");
        if let Some(mage_os) = self.in_mage_os(set) {
            runs = format!("{runs} ({mage_os})");
        }
        if self.shop().is_some() { format!("this shop's {runs}") } else { runs }
    }

    /// Lists the runs of consecutive releases, `2.4.4..2.4.7-p3` and `2.4.8`, or the names of shops.
    #[must_use]
    pub fn runs(&self, set: ReleaseSet) -> Vec<String> {
        let names = set.iter().map(|id| self.name(id).map(str::to_owned));
        if let Some(names) = names.collect::<Option<Vec<_>>>() {
            return names;
        }
        let runs = self.neighbours(set).into_iter().map(|run| match run {
            [only] => only.version.to_string(),
            run => format!("{}..{}", run[0].version, run[run.len() - 1].version),
        });
        runs.collect()
    }

    /// Describes when each of several statements holds: `before 2.2.8` and `from 2.2.8 on`, or
    /// `in 2.2.0..2.2.7 and 2.3.0`.
    #[must_use]
    pub fn when(&self, parts: &[ReleaseSet]) -> Vec<String> {
        if let [before, after] = parts
            && !self.is_of_shops()
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

    /// Releases of the set whose ACL is in the catalog; the whole set if there are none.
    #[must_use]
    pub fn known_or_all(&self, set: ReleaseSet) -> ReleaseSet {
        let known = self.known(set);
        if known.is_empty() { set } else { known }
    }

    /// Suffix ` in 2.4.4..2.4.6` for a statement that does not hold in all releases in question; otherwise empty.
    #[must_use]
    pub fn when_in(&self, holds: ReleaseSet, all: ReleaseSet) -> String {
        if holds == all { String::new() } else { format!(" in {}", self.describe(self.known_or_all(holds))) }
    }

    /// Releases of the set whose code was not read, by basis. Omits those after the newest with a known ACL.
    #[must_use]
    pub fn unverified(&self, set: ReleaseSet) -> Vec<(Basis, ReleaseSet)> {
        let newest = self.newest_checked().id;
        let of = |basis| {
            let has = |&id: &ReleaseId| id <= newest && self.release(id).basis == basis;
            (basis, set.iter().filter(has).collect::<ReleaseSet>())
        };
        [of(Basis::Deduced), of(Basis::Assumed)].into_iter().filter(|(_, set)| !set.is_empty()).collect()
    }

    /// Statement on the releases of the set that are not known from their code; `None` if all are.
    #[must_use]
    pub fn unverified_in_words(&self, set: ReleaseSet) -> Option<String> {
        let parts = self.unverified(set).into_iter().flat_map(|(basis, releases)| match basis {
            Basis::Assumed => self.assumed_in_words(releases),
            Basis::Deduced | Basis::Real => {
                vec![format!("{} are deduced from other releases", self.describe(releases))]
            }
        });
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| format!("the ACL and routes of {}", parts.join("; those of ")))
    }

    /// Names the release that those of each run are assumed to match: `2.4.9 are assumed to match those of 2.4.8-p5`.
    fn assumed_in_words(&self, set: ReleaseSet) -> Vec<String> {
        let runs = self.neighbours(set).into_iter().map(|run| {
            let before = self.releases.iter().rev().find(|it| it.id < run[0].id);
            let before = before.map_or_else(String::new, |it| format!(" those of {}", it.version));
            let run = run.iter().map(|release| release.id).collect();
            format!("{} are assumed to match{before}", self.describe(run))
        });
        runs.collect()
    }

    /// Runs of the releases that are not known from their code, below `deduced` and `assumed`, for JSON.
    #[must_use]
    pub fn unverified_runs(&self, set: ReleaseSet) -> BTreeMap<String, Vec<String>> {
        let runs = |(basis, releases): (Basis, ReleaseSet)| (basis.to_string(), self.runs(releases));
        self.unverified(set).into_iter().map(runs).collect()
    }
}
