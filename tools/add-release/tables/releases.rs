//! The releases in version order, and sets of them as runs.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use magespec::names::MagentoVersion;

/// Set of releases.
pub(crate) type Releases = BTreeSet<MagentoVersion>;

/// Releases with their columns in `releases.tsv`: PHP, framework, whether the ACL is known, basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReleaseList {
    head: String,
    pub(crate) rows: BTreeMap<MagentoVersion, String>,
}

impl ReleaseList {
    /// Parses `releases.tsv`.
    ///
    /// # Errors
    /// Describes the first line that is not a release.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (head, rows) = super::head_and_rows(text);
        let row = |row: &str| {
            let (version, rest) = row.split_once('\t').ok_or_else(|| format!("`{row}` has one column"))?;
            Ok((version.parse().map_err(|error| format!("{error}"))?, rest.to_owned()))
        };
        Ok(Self { head, rows: rows.map(row).collect::<Result<_, String>>()? })
    }

    /// The text of `releases.tsv`.
    pub(crate) fn text(&self) -> String {
        let mut text = self.head.clone();
        for (version, row) in &self.rows {
            let _ = writeln!(text, "{version}\t{row}");
        }
        text
    }

    /// All of them.
    pub(crate) fn all(&self) -> Releases {
        self.rows.keys().copied().collect()
    }

    /// Release before another, which need not be one of them.
    pub(crate) fn before(&self, release: MagentoVersion) -> Option<MagentoVersion> {
        self.rows.range(..release).next_back().map(|(&before, _)| before)
    }

    /// Column of a release: PHP, `magento/framework`, whether the ACL is known, basis.
    pub(crate) fn column(&self, release: MagentoVersion, at: usize) -> Option<String> {
        self.rows.get(&release)?.split('\t').nth(at).map(str::to_owned)
    }

    /// How well a release is known.
    pub(crate) fn basis(&self, release: MagentoVersion) -> String {
        self.column(release, 3).unwrap_or_default()
    }

    /// Parses runs: `2.0.0..2.1.3,2.2.0`.
    ///
    /// # Errors
    /// Describes a run that names an unknown release.
    pub(crate) fn parse_runs(&self, runs: &str) -> Result<Releases, String> {
        let known = |text: &str| {
            let version = text.parse().ok().filter(|version| self.rows.contains_key(version));
            version.ok_or_else(|| format!("the run `{runs}` names `{text}`, which releases.tsv lacks"))
        };
        let mut releases = Releases::new();
        for run in runs.split(',') {
            let (first, last) = run.split_once("..").unwrap_or((run, run));
            let (first, last) = (known(first)?, known(last)?);
            if first > last {
                return Err(format!("the run `{run}` ends before it starts"));
            }
            releases.extend(self.rows.range(first..=last).map(|(&version, _)| version));
        }
        Ok(releases)
    }

    /// Writes a set as runs.
    pub(crate) fn runs(&self, releases: &Releases) -> String {
        let order: Vec<MagentoVersion> = self.rows.keys().copied().collect();
        let runs = order.chunk_by(|one, next| releases.contains(one) == releases.contains(next));
        let run = |run: &[MagentoVersion]| match run {
            [only] => only.to_string(),
            [first, .., last] => format!("{first}..{last}"),
            [] => String::new(),
        };
        let runs = runs.filter(|run| run.first().is_some_and(|first| releases.contains(first)));
        runs.map(run).collect::<Vec<_>>().join(",")
    }
}
