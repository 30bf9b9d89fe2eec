//! Menu of the Admin, from the merged menu.xml of core.

use std::sync::Arc;

use crate::catalog::{
    ReleaseSet,
    tables::{NumberedSets, TableBlock, VersionedRow, VersionedTable, blocks, columns, module},
};

const MENU: &str = include_str!("../data/menu.tsv");

/// Item of the menu. Modules of other vendors are covered up to 2.4.4 and in 2.4.7-p3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// Id, such as `Magento_Backend::stores_settings`.
    pub id: &'static str,
    /// Title in the Admin.
    pub title: &'static str,
    /// Id of its parent; empty at the top.
    pub parent: &'static str,
    /// Module that declares it.
    pub module: String,
    /// Releases with this row.
    pub releases: ReleaseSet,
}

impl VersionedRow for MenuItem {
    fn id(&self) -> &str {
        self.id
    }
    fn releases(&self) -> ReleaseSet {
        self.releases
    }
}

pub(in crate::catalog) fn menu(sets: &Arc<NumberedSets>) -> VersionedTable<MenuItem> {
    let named = |block: TableBlock| {
        let [id] = columns(block.head);
        (id.into(), block)
    };
    VersionedTable::of_blocks(blocks(MENU).map(named), sets, item)
}

fn item(_: &str, block: TableBlock, sets: &NumberedSets) -> MenuItem {
    let [id, title, parent, other, releases] = columns(block.head);
    let named_after = id.split_once("::").map_or(id, |(module, _)| module);
    let module = module(if other.is_empty() { named_after } else { other });
    MenuItem { id, title, parent, module, releases: sets.get(releases, sets.all) }
}
