//! Topics of the message queue, from the merged communication.xml of core.

use crate::catalog::{
    ReleaseSet,
    tables::{NumberedSets, VersionedRow, VersionedTable, columns, module, rows},
};

const TOPICS: &str = include_str!("../data/topics.tsv");

/// Topic of the message queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its name.
    pub name: &'static str,
    /// Module that declares it.
    pub module: String,
    /// Releases with this row.
    pub releases: ReleaseSet,
}

impl VersionedRow for Topic {
    fn id(&self) -> &str {
        self.name
    }
    fn releases(&self) -> ReleaseSet {
        self.releases
    }
}

pub(in crate::catalog) fn topics(sets: &NumberedSets) -> VersionedTable<Topic> {
    VersionedTable::new(rows(TOPICS).map(|line| {
        let [name, its_module, releases] = columns(line);
        Topic { name, module: module(its_module), releases: sets.get(releases, sets.all) }
    }))
}
