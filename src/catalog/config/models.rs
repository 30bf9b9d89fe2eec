//! Classes of core that fields in system.xml name: source and backend models.

use crate::catalog::{
    ReleaseSet,
    tables::{NumberedSets, VersionedRow, VersionedTable, class, columns, rows},
};

const MODELS: &str = include_str!("../data/models.tsv");

/// Source or backend model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingModel {
    /// Class, such as `Magento\Config\Model\Config\Source\Yesno`.
    pub class: String,
    /// Releases that have it.
    pub releases: ReleaseSet,
}

impl VersionedRow for SettingModel {
    fn id(&self) -> &str {
        &self.class
    }
    fn releases(&self) -> ReleaseSet {
        self.releases
    }
}

pub(in crate::catalog) fn models(sets: &NumberedSets) -> VersionedTable<SettingModel> {
    VersionedTable::new(rows(MODELS).map(|line| {
        let [name, releases] = columns(line);
        SettingModel { class: class(name), releases: sets.get(releases, sets.all) }
    }))
}
