//! Generic table of rows by id and release.

use std::{
    borrow::Cow,
    ops::Range,
    sync::{Arc, OnceLock},
};

use super::{NumberedSets, TableBlock};
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
#[derive(Debug)]
pub struct VersionedTable<T> {
    /// Sorted by id.
    parts: Vec<TablePart<T>>,
    /// Source of rows that are read on first use.
    source: Option<RowSource<T>>,
}

/// Rows with the same id, in their order.
#[derive(Debug)]
struct TablePart<T> {
    id: Cow<'static, str>,
    /// Indexes of its blocks in the source.
    blocks: Range<usize>,
    rows: OnceLock<Vec<T>>,
}

/// Blocks of a bundled table, and how to read the row of one with its id.
#[derive(Debug)]
struct RowSource<T> {
    blocks: Vec<TableBlock>,
    sets: Arc<NumberedSets>,
    read: fn(&str, TableBlock, &NumberedSets) -> T,
}

impl<T: VersionedRow> VersionedTable<T> {
    /// Builds a table from the rows that hold in some release.
    pub(in crate::catalog) fn new(rows: impl IntoIterator<Item = T>) -> Self {
        let mut rows: Vec<T> = rows.into_iter().filter(|row| !row.releases().is_empty()).collect();
        rows.sort_by(|a, b| a.id().cmp(b.id()));
        let mut parts: Vec<TablePart<T>> = Vec::new();
        let mut rows = rows.into_iter().peekable();
        while let Some(row) = rows.next() {
            let id = row.id().to_owned();
            let mut all = vec![row];
            while let Some(row) = rows.next_if(|row| row.id() == id) {
                all.push(row);
            }
            parts.push(TablePart { id: id.into(), blocks: 0..0, rows: all.into() });
        }
        Self { parts, source: None }
    }

    /// Builds a table from the blocks of a bundled one, each with its id and read on first use.
    pub(in crate::catalog) fn of_blocks(
        blocks: impl IntoIterator<Item = (Cow<'static, str>, TableBlock)>,
        sets: &Arc<NumberedSets>,
        read: fn(&str, TableBlock, &NumberedSets) -> T,
    ) -> Self {
        let mut named: Vec<(Cow<'static, str>, TableBlock)> = blocks.into_iter().collect();
        named.sort_by(|a, b| a.0.cmp(&b.0));
        let mut parts: Vec<TablePart<T>> = Vec::with_capacity(named.len());
        let mut blocks = Vec::with_capacity(named.len());
        for (id, block) in named {
            blocks.push(block);
            match parts.last_mut().filter(|part| part.id == id) {
                Some(part) => part.blocks.end = blocks.len(),
                None => {
                    let its_blocks = blocks.len() - 1..blocks.len();
                    parts.push(TablePart { id, blocks: its_blocks, rows: OnceLock::new() });
                }
            }
        }
        Self { parts, source: Some(RowSource { blocks, sets: Arc::clone(sets), read }) }
    }

    fn rows<'a>(&self, part: &'a TablePart<T>) -> &'a [T] {
        part.rows.get_or_init(|| {
            let Some(source) = &self.source else { return Vec::new() };
            let blocks = source.blocks[part.blocks.clone()].iter();
            let rows = blocks.map(|block| (source.read)(&part.id, *block, &source.sets));
            rows.filter(|row| !row.releases().is_empty()).collect()
        })
    }

    /// All rows by id.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.parts.iter().flat_map(|part| self.rows(part))
    }

    /// Rows with an id; none if no release has it.
    #[must_use]
    pub fn find(&self, id: &str) -> &[T] {
        let at = self.parts.binary_search_by(|part| part.id.as_ref().cmp(id));
        at.map(|at| self.rows(&self.parts[at])).unwrap_or_default()
    }

    /// Row with an id in a release; the first if there are several.
    #[must_use]
    pub fn at(&self, id: &str, release: ReleaseId) -> Option<&T> {
        self.find(id).iter().find(|row| row.releases().contains(release))
    }

    /// Row with an id in the newest of the releases that have it.
    #[must_use]
    pub fn newest(&self, id: &str, releases: ReleaseSet) -> Option<&T> {
        self.at(id, (self.releases_of(id) & releases).last()?)
    }

    /// Releases that have the id.
    #[must_use]
    pub fn releases_of(&self, id: &str) -> ReleaseSet {
        self.find(id).iter().fold(ReleaseSet::default(), |all, row| all | row.releases())
    }

    /// Ids in one of the releases, in order.
    pub fn ids(&self, releases: ReleaseSet) -> impl Iterator<Item = &str> {
        let is_there = move |part: &&TablePart<T>| {
            self.rows(part).iter().any(|row| !(row.releases() & releases).is_empty())
        };
        self.parts.iter().filter(is_there).map(|part| part.id.as_ref())
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
