//! Generic table of rows by id and release.

use crate::{
    catalog::{ReleaseId, ReleaseSet},
    diag::likeness,
};

/// Greatest number of suggestions.
pub(in crate::catalog) const SUGGESTIONS: usize = 3;

/// Similarity above which ids count as alike.
const ALIKE: f64 = 0.85;

/// Weight of the last part of an id, after the last `\`, `:` or `/`; the rest has the rest.
const LAST: f64 = 0.7;

/// Row with an id that holds for some releases.
pub trait VersionedRow {
    /// Id of the row.
    fn id(&self) -> &str;

    /// Releases with this row.
    fn releases(&self) -> ReleaseSet;
}

/// Table of one kind of thing, by id. A thing that differs between releases has several rows.
#[derive(Debug, Clone)]
pub struct VersionedTable<T> {
    /// Sorted by id; rows with the same id keep their order.
    rows: Vec<T>,
}

impl<T: VersionedRow> VersionedTable<T> {
    /// Builds a table from the rows that hold in some release.
    pub(in crate::catalog) fn new(rows: impl IntoIterator<Item = T>) -> Self {
        let mut rows: Vec<T> = rows.into_iter().filter(|row| !row.releases().is_empty()).collect();
        rows.sort_by(|a, b| a.id().cmp(b.id()));
        Self { rows }
    }

    /// All rows by id.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.rows.iter()
    }

    /// Rows with an id; none if no release has it.
    #[must_use]
    pub fn find(&self, id: &str) -> &[T] {
        let start = self.rows.partition_point(|row| row.id() < id);
        let rest = &self.rows[start..];
        &rest[..rest.partition_point(|row| row.id() == id)]
    }

    /// Row with an id in a release; the first if there are several.
    #[must_use]
    pub fn at(&self, id: &str, release: ReleaseId) -> Option<&T> {
        self.find(id).iter().find(|row| row.releases().contains(release))
    }

    /// Releases that have the id.
    #[must_use]
    pub fn releases_of(&self, id: &str) -> ReleaseSet {
        self.find(id).iter().fold(ReleaseSet::default(), |all, row| all | row.releases())
    }

    /// Ids in one of the releases, in order.
    pub fn ids(&self, releases: ReleaseSet) -> impl Iterator<Item = &str> {
        let parts = self.rows.chunk_by(|a, b| a.id() == b.id());
        let is_there = move |part: &&[T]| part.iter().any(|row| !(row.releases() & releases).is_empty());
        parts.filter(is_there).filter_map(|part| part.first()).map(VersionedRow::id)
    }

    /// Suggests ids in one of the releases, likeliest first.
    #[must_use]
    pub fn nearest(&self, id: &str, releases: ReleaseSet) -> Vec<&str> {
        nearest(id, self.ids(releases))
    }
}

/// The candidates most similar to the id, at most three.
pub(in crate::catalog) fn nearest<'a>(id: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let lower = id.to_lowercase();
    let mut ranked: Vec<(f64, &str)> = candidates
        .filter(|candidate| *candidate != id)
        .filter_map(|candidate| Some((id_likeness(&lower, &candidate.to_lowercase())?, candidate)))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    ranked.into_iter().take(SUGGESTIONS).map(|(_, candidate)| candidate).collect()
}

/// Similarity of two ids from 0 to 1, mainly of their last parts; none if they are unlike. An id of one part may be the
/// last part of another.
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
