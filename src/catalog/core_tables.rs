//! Tables of core that modules build on: events, data interfaces and services, the Admin's configuration and menu,
//! jobs.

use std::sync::{Arc, OnceLock};

use super::{
    Config, ConfigPath, CronTables, DataType, Entity, EventTable, ExtensionAttributes, MenuItem, Relation,
    ReleaseId, ServiceTable, SettingModel, Topic, VersionedTable, tables::NumberedSets,
};

/// Tables of a catalog, each read on first use.
#[derive(Debug, Default)]
pub(super) struct CoreTables {
    /// Bundled release used in place of each shop's; empty for the bundled catalog.
    stand_ins: Vec<ReleaseId>,
    sets: OnceLock<Arc<NumberedSets>>,
    pub(super) events: OnceLock<EventTable>,
    pub(super) entities: OnceLock<VersionedTable<Entity>>,
    pub(super) types: OnceLock<VersionedTable<DataType>>,
    pub(super) extension_attributes: OnceLock<VersionedTable<ExtensionAttributes>>,
    pub(super) relations: OnceLock<Vec<Relation>>,
    pub(super) services: OnceLock<ServiceTable>,
    pub(super) config: OnceLock<Config>,
    pub(super) paths: OnceLock<VersionedTable<ConfigPath>>,
    pub(super) menu: OnceLock<VersionedTable<MenuItem>>,
    pub(super) models: OnceLock<VersionedTable<SettingModel>>,
    pub(super) cron: OnceLock<CronTables>,
    pub(super) topics: OnceLock<VersionedTable<Topic>>,
}

impl CoreTables {
    /// Tables for shops.
    pub(super) fn standing_in(stand_ins: Vec<ReleaseId>) -> Self {
        Self { stand_ins, ..Self::default() }
    }

    pub(super) fn sets(&self) -> &Arc<NumberedSets> {
        self.sets.get_or_init(|| Arc::new(NumberedSets::new(&self.stand_ins)))
    }
}

impl Clone for CoreTables {
    /// Returns the same tables, unread.
    fn clone(&self) -> Self {
        Self { stand_ins: self.stand_ins.clone(), ..Self::default() }
    }
}
