//! Observers of Magento's own modules.

use std::{collections::HashMap, sync::OnceLock};

use crate::{
    catalog::tables::{TableBlock, blocks, columns, module, rows},
    names::MagentoVersion,
};

const OBSERVERS: &str = include_str!("../data/observers.tsv");

/// Row with the releases whose observers were read, one of each line.
const READ: &str = "@read\t";

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

/// Observers by event in lower case.
pub(in crate::catalog) fn observers() -> &'static HashMap<&'static str, Vec<CoreObserver>> {
    static BY_EVENT: OnceLock<HashMap<&'static str, Vec<CoreObserver>>> = OnceLock::new();
    BY_EVENT.get_or_init(|| {
        let read = rows(OBSERVERS).find_map(|row| row.strip_prefix(READ)).unwrap_or_default();
        let read: Vec<MagentoVersion> = read.split('\t').filter_map(|version| version.parse().ok()).collect();
        let of_event = |block: TableBlock| {
            (block.head, block.below().map(|line| observer(line, &read)).collect::<Vec<_>>())
        };
        blocks(OBSERVERS).filter(|block| !block.head.starts_with(READ)).map(of_event).collect()
    })
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
