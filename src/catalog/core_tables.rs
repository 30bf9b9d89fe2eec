//! Tables of core that modules build on: events, data interfaces and services, the Admin's configuration and menu,
//! jobs.

use std::sync::OnceLock;

use super::{
    Config, ConfigPath, CronTables, DataType, Entity, EventTable, MenuItem, ReleaseId, ServiceTable, Topic,
    VersionedTable, tables::NumberedSets,
};

/// Tables of a catalog, each read on first use.
#[derive(Debug, Default)]
pub(super) struct CoreTables {
    /// Bundled release used in place of a shop's.
    stand_in: Option<ReleaseId>,
    sets: OnceLock<NumberedSets>,
    pub(super) events: OnceLock<EventTable>,
    pub(super) entities: OnceLock<VersionedTable<Entity>>,
    pub(super) types: OnceLock<VersionedTable<DataType>>,
    pub(super) services: OnceLock<ServiceTable>,
    pub(super) config: OnceLock<Config>,
    pub(super) paths: OnceLock<VersionedTable<ConfigPath>>,
    pub(super) menu: OnceLock<VersionedTable<MenuItem>>,
    pub(super) cron: OnceLock<CronTables>,
    pub(super) topics: OnceLock<VersionedTable<Topic>>,
}

impl CoreTables {
    /// Tables for a shop.
    pub(super) fn standing_in(release: ReleaseId) -> Self {
        Self { stand_in: Some(release), ..Self::default() }
    }

    pub(super) fn sets(&self) -> &NumberedSets {
        self.sets.get_or_init(|| NumberedSets::new(self.stand_in))
    }
}

impl Clone for CoreTables {
    /// Returns the same tables, unread.
    fn clone(&self) -> Self {
        Self { stand_in: self.stand_in, ..Self::default() }
    }
}
