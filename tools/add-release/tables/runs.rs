//! The sets of releases that tables name by number: `runs.tsv`.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{ReleaseList, Releases, head_and_rows};

/// Numbered sets of releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Runs {
    head: String,
    sets: Vec<Releases>,
}

impl Runs {
    /// Parses `runs.tsv`.
    ///
    /// # Errors
    /// Describes the first run with an unknown release.
    pub(crate) fn parse(text: &str, list: &ReleaseList) -> Result<Self, String> {
        let (head, rows) = head_and_rows(text);
        let set = |row: &str| list.parse_runs(row.split_once('\t').map_or("", |(_, runs)| runs));
        Ok(Self { head, sets: rows.map(set).collect::<Result<_, String>>()? })
    }

    /// Numbers for other sets, in order.
    pub(crate) fn numbering(&self, sets: BTreeSet<Releases>) -> Self {
        Self { head: self.head.clone(), sets: sets.into_iter().collect() }
    }

    /// Set with a number.
    ///
    /// # Errors
    /// Describes a number that there is not.
    pub(super) fn get(&self, number: &str) -> Result<&Releases, String> {
        let set = number.parse::<usize>().ok().and_then(|number| self.sets.get(number.checked_sub(1)?));
        set.ok_or_else(|| format!("a line names its releases by number {number}, which runs.tsv lacks"))
    }

    /// Number of a set.
    pub(super) fn number(&self, releases: &Releases) -> String {
        self.sets.binary_search(releases).map_or_else(|_| String::new(), |at| (at + 1).to_string())
    }

    /// The text of `runs.tsv`.
    pub(crate) fn text(&self, list: &ReleaseList) -> String {
        let mut text = self.head.clone();
        for (set, number) in self.sets.iter().zip(1..) {
            let _ = writeln!(text, "{number}\t{}", list.runs(set));
        }
        text
    }
}
