//! Menu of the Admin, from the merged menu.xml of core.

use crate::catalog::{
    ReleaseSet,
    tables::{NumberedSets, VersionedRow, VersionedTable, columns, module, rows},
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

pub(in crate::catalog) fn menu(sets: &NumberedSets) -> VersionedTable<MenuItem> {
    VersionedTable::new(rows(MENU).map(|line| {
        let [id, title, parent, other, releases] = columns(line);
        let named_after = id.split_once("::").map_or(id, |(module, _)| module);
        let module = module(if other.is_empty() { named_after } else { other });
        MenuItem { id, title, parent, module, releases: sets.get(releases, sets.all) }
    }))
}
