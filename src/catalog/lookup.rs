//! The tables of a catalog, each read when it is first asked for.

use super::{
    Catalog, Config, ConfigPath, CronTables, DataType, Entity, EventTable, MenuItem, RouteTable,
    ServiceTable, Topic, VersionedTable, config, events, jobs, routes, services,
};

/// What releases ship, of the Open Source edition. In 2.2.11, 2.3.4-p2 and 2.4.9 what the release before ships stands in.
///
/// None of it is read from a shop: the catalog of a shop has what the bundled release ships that is the shop's, or the last
/// before it, and nothing of what its further modules bring.
impl Catalog {
    /// The REST routes of all releases.
    #[must_use]
    pub fn routes(&self) -> &RouteTable {
        self.routes.get_or_init(routes::read)
    }

    /// The events that core dispatches.
    #[must_use]
    pub fn events(&self) -> &EventTable {
        self.core.events.get_or_init(|| events::read(self.core.sets()))
    }

    /// The entities that integrations deal in, by a short name: `order`, `order_item`.
    #[must_use]
    pub fn entities(&self) -> &VersionedTable<Entity> {
        self.core.entities.get_or_init(|| services::entities(self.core.sets()))
    }

    /// The entities that a model event tells of: of `sales_order_save_after` the order. Several where their models share it.
    pub fn entities_of(&self, event: &str) -> impl Iterator<Item = &Entity> {
        const SUFFIXES: [&str; 4] = ["_load_", "_save_", "_delete_", "_clear"];
        let ends = |suffix: &str| event.rfind(suffix).map(|at| &event[..at]);
        let prefix = SUFFIXES.into_iter().find_map(ends).unwrap_or_default().to_owned();
        self.entities().iter().filter(move |entity| !prefix.is_empty() && entity.event_prefix == prefix)
    }

    /// The classes that a REST method can take or return, by name. What Magento generates for extension attributes is not
    /// among them.
    #[must_use]
    pub fn types(&self) -> &VersionedTable<DataType> {
        self.core.types.get_or_init(|| services::types(self.core.sets()))
    }

    /// The classes behind Magento's own REST routes.
    #[must_use]
    pub fn services(&self) -> &ServiceTable {
        self.core.services.get_or_init(|| services::services(self.core.sets()))
    }

    /// Tabs, sections and groups of Stores > Configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        self.core.config.get_or_init(|| config::config(self.core.sets()))
    }

    /// The paths `section/group/field` that core takes: where it has a field, and where its fields store their values.
    #[must_use]
    pub fn config_paths(&self) -> &VersionedTable<ConfigPath> {
        self.core.paths.get_or_init(|| config::paths(self.core.sets()))
    }

    /// The items of the Admin's menu, by id.
    #[must_use]
    pub fn menu(&self) -> &VersionedTable<MenuItem> {
        self.core.menu.get_or_init(|| config::menu(self.core.sets()))
    }

    /// The cron groups and jobs.
    #[must_use]
    pub fn cron(&self) -> &CronTables {
        self.core.cron.get_or_init(|| jobs::cron(self.core.sets()))
    }

    /// The topics of the message queue, by name; none before 2.3.0. Those that every REST route has from 2.3.0 on,
    /// `async.…`, are among them only where communication.xml names them.
    #[must_use]
    pub fn topics(&self) -> &VersionedTable<Topic> {
        self.core.topics.get_or_init(|| jobs::topics(self.core.sets()))
    }
}
