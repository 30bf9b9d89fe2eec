//! The menu: the merged menu.xml of core.

use crate::catalog::{
    ReleaseSet,
    tables::{NumberedSets, VersionedRow, VersionedTable, columns, module, rows},
};

const MENU: &str = include_str!("../data/menu.tsv");

/// An item of the menu. Of modules that are not named `Magento_…` it is known up to 2.4.4 and for 2.4.7-p3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    /// `Magento_Backend::stores_settings`.
    pub id: &'static str,
    /// As the Admin shows it.
    pub title: &'static str,
    /// The id it hangs under; empty at the top.
    pub parent: &'static str,
    /// The module that declares it.
    pub module: String,
    /// The releases in which it is so.
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
