//! Rows of what releases ship, by id.

use crate::{
    catalog::{ReleaseId, ReleaseSet},
    diag::likeness,
};

/// At most this many are suggested.
pub(in crate::catalog) const SUGGESTIONS: usize = 3;

/// As alike as ids must be.
const ALIKE: f64 = 0.85;

/// What the last part of an id counts for, behind the last `\`, `:` or `/`; the rest counts for the rest.
const LAST: f64 = 0.7;

/// Something that has an id and is so in some releases.
pub trait VersionedRow {
    /// What it is found by.
    fn id(&self) -> &str;

    /// The releases in which it is so.
    fn releases(&self) -> ReleaseSet;
}

/// What releases ship of one kind, by id. What is another in another release stands in several rows.
#[derive(Debug, Clone)]
pub struct VersionedTable<T> {
    /// By id; those of one id as the table has them.
    rows: Vec<T>,
}

impl<T: VersionedRow> VersionedTable<T> {
    /// A table of those rows that are in a release.
    pub(in crate::catalog) fn new(rows: impl IntoIterator<Item = T>) -> Self {
        let mut rows: Vec<T> = rows.into_iter().filter(|row| !row.releases().is_empty()).collect();
        rows.sort_by(|a, b| a.id().cmp(b.id()));
        Self { rows }
    }

    /// All rows, by id.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.rows.iter()
    }

    /// The rows of an id; none if no release has it.
    #[must_use]
    pub fn find(&self, id: &str) -> &[T] {
        let start = self.rows.partition_point(|row| row.id() < id);
        let rest = &self.rows[start..];
        &rest[..rest.partition_point(|row| row.id() == id)]
    }

    /// What an id is in a release; the first of several rows.
    #[must_use]
    pub fn at(&self, id: &str, release: ReleaseId) -> Option<&T> {
        self.find(id).iter().find(|row| row.releases().contains(release))
    }

    /// The releases that have the id.
    #[must_use]
    pub fn releases_of(&self, id: &str) -> ReleaseSet {
        self.find(id).iter().fold(ReleaseSet::default(), |all, row| all | row.releases())
    }

    /// The ids that one of the releases has, in order.
    pub fn ids(&self, releases: ReleaseSet) -> impl Iterator<Item = &str> {
        let parts = self.rows.chunk_by(|a, b| a.id() == b.id());
        let is_there = move |part: &&[T]| part.iter().any(|row| !(row.releases() & releases).is_empty());
        parts.filter(is_there).filter_map(|part| part.first()).map(VersionedRow::id)
    }

    /// Ids that one of the releases has and that may have been meant, the likeliest first.
    #[must_use]
    pub fn nearest(&self, id: &str, releases: ReleaseSet) -> Vec<&str> {
        nearest(id, self.ids(releases))
    }
}

/// The candidates that read most like the id, at most three.
pub(in crate::catalog) fn nearest<'a>(id: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let lower = id.to_lowercase();
    let mut ranked: Vec<(f64, &str)> = candidates
        .filter(|candidate| *candidate != id)
        .filter_map(|candidate| Some((id_likeness(&lower, &candidate.to_lowercase())?, candidate)))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    ranked.into_iter().take(SUGGESTIONS).map(|(_, candidate)| candidate).collect()
}

/// How alike two ids are, from 0 to 1, their last parts before all; none if they are not alike. An id of one part may
/// be the last part of another.
fn id_likeness(one: &str, other: &str) -> Option<f64> {
    let parts = |id| match str::rsplit_once(id, ['\\', ':', '/']) {
        Some((rest, last)) => (Some(rest), last),
        None => (None, id),
    };
    let ((rest, last), (other_rest, other_last)) = (parts(one), parts(other));
    match (rest, other_rest) {
        (Some(rest), Some(other_rest)) => {
            let rests = likeness(rest, other_rest, 0.0).unwrap_or_default();
            let lasts = likeness(last, other_last, (ALIKE - rests * (1.0 - LAST)) / LAST)?;
            Some(rests * (1.0 - LAST) + lasts * LAST)
        }
        _ => likeness(last, other_last, ALIKE),
    }
}
