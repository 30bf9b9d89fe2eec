//! Observers of Magento's own modules.

use crate::{
    catalog::tables::{TableBlock, block, columns, module},
    names::MagentoVersion,
};

const OBSERVERS: &str = include_str!("../data/observers.tsv");

/// Row with the releases whose observers were read, one of each line.
const READ: &str = "@read";

/// Areas by their letter in the table.
const AREAS: [(&str, &str); 6] = [
    ("a", "adminhtml"),
    ("c", "crontab"),
    ("f", "frontend"),
    ("g", "graphql"),
    ("r", "webapi_rest"),
    ("s", "webapi_soap"),
];

/// Observer in the events.xml of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoreObserver {
    /// Its name.
    pub name: &'static str,
    /// Module that declares it.
    pub module: String,
    /// Area, such as `adminhtml`; none for all.
    pub area: Option<&'static str>,
    /// Releases in which it was read.
    pub read_in: Vec<MagentoVersion>,
}

/// Observers of an event, by its name in lower case.
pub(in crate::catalog) fn observers(event: &str) -> Vec<CoreObserver> {
    let read = block(OBSERVERS, READ).map(|row| row.head).unwrap_or_default();
    let read: Vec<MagentoVersion> =
        read.split('\t').skip(1).filter_map(|version| version.parse().ok()).collect();
    let of_event = block(OBSERVERS, event).filter(|block| block.head == event);
    of_event.into_iter().flat_map(TableBlock::below).map(|line| observer(line, &read)).collect()
}

fn observer(line: &'static str, read: &[MagentoVersion]) -> CoreObserver {
    let [name, its_module, area, releases] = columns(line);
    let read_in = read
        .iter()
        .copied()
        .filter(|version| releases.is_empty() || releases.contains(&version.minor.to_string()));
    CoreObserver {
        name,
        module: module(its_module),
        area: AREAS.into_iter().find(|(letter, _)| *letter == area).map(|(_, name)| name),
        read_in: read_in.collect(),
    }
}
