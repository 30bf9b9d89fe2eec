//! The topics of the message queue: the merged communication.xml of core.

use crate::catalog::{
    ReleaseSet,
    tables::{NumberedSets, VersionedRow, VersionedTable, columns, module, rows},
};

const TOPICS: &str = include_str!("../data/topics.tsv");

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its name.
    pub name: &'static str,
    /// The module that declares it.
    pub module: String,
    /// The releases in which it is so.
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
