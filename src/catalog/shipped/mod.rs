//! What each release ships for modules to build on: events, data interfaces and services, the Admin's configuration and menu,
//! jobs. The folder `data/shipped` holds the tables.

mod admin;
mod api;
mod events;
mod jobs;
mod php_type;
mod sets;
mod short;
mod table;

use std::sync::OnceLock;

pub use admin::{Config, ConfigGroup, ConfigPath, ConfigSection, ConfigTab, MenuItem, Scopes};
pub use api::{DataType, Entity, Field, Parameter, Service, ServiceMethod, ServiceTable, TypeKind};
pub use events::{Caution, DataKey, Dispatch, Event, EventKind, EventTable, Transaction};
pub use jobs::{Cron, CronGroup, CronJob, Topic};
pub use php_type::PhpType;
pub use table::{Row, Table};

use self::sets::Sets;
use super::{Catalog, ReleaseId};

/// The tables of a catalog, each read when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct Shipped {
    /// The bundled release that stands in for a shop's.
    stand_in: Option<ReleaseId>,
    sets: OnceLock<Sets>,
    events: OnceLock<EventTable>,
    entities: OnceLock<Table<Entity>>,
    types: OnceLock<Table<DataType>>,
    services: OnceLock<ServiceTable>,
    config: OnceLock<Config>,
    paths: OnceLock<Table<ConfigPath>>,
    menu: OnceLock<Table<MenuItem>>,
    cron: OnceLock<Cron>,
    topics: OnceLock<Table<Topic>>,
}

impl Shipped {
    /// The tables for a shop.
    pub(super) fn standing_in(release: ReleaseId) -> Self {
        Self { stand_in: Some(release), ..Self::default() }
    }

    fn sets(&self) -> &Sets {
        self.sets.get_or_init(|| Sets::new(self.stand_in))
    }
}

impl Clone for Shipped {
    /// The same tables, to be read anew.
    fn clone(&self) -> Self {
        Self { stand_in: self.stand_in, ..Self::default() }
    }
}

/// What releases ship, of the Open Source edition. In 2.2.11, 2.3.4-p2 and 2.4.9 what the release before ships stands in.
///
/// None of it is read from a shop: the catalog of a shop has what the bundled release ships that is the shop's, or the last
/// before it, and nothing of what its further modules bring.
impl Catalog {
    /// The events that core dispatches.
    #[must_use]
    pub fn events(&self) -> &EventTable {
        self.shipped.events.get_or_init(|| events::read(self.shipped.sets()))
    }

    /// The entities that integrations deal in, by a short name: `order`, `order_item`.
    #[must_use]
    pub fn entities(&self) -> &Table<Entity> {
        self.shipped.entities.get_or_init(|| api::entities(self.shipped.sets()))
    }

    /// The classes that a REST method can take or return, by name. What Magento generates for extension attributes is not
    /// among them.
    #[must_use]
    pub fn types(&self) -> &Table<DataType> {
        self.shipped.types.get_or_init(|| api::types(self.shipped.sets()))
    }

    /// The classes behind Magento's own REST routes.
    #[must_use]
    pub fn services(&self) -> &ServiceTable {
        self.shipped.services.get_or_init(|| api::services(self.shipped.sets()))
    }

    /// Tabs, sections and groups of Stores > Configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        self.shipped.config.get_or_init(|| admin::config(self.shipped.sets()))
    }

    /// The paths `section/group/field` that core takes: where it has a field, and where its fields store their values.
    #[must_use]
    pub fn config_paths(&self) -> &Table<ConfigPath> {
        self.shipped.paths.get_or_init(|| admin::paths(self.shipped.sets()))
    }

    /// The items of the Admin's menu, by id.
    #[must_use]
    pub fn menu(&self) -> &Table<MenuItem> {
        self.shipped.menu.get_or_init(|| admin::menu(self.shipped.sets()))
    }

    /// The cron groups and jobs.
    #[must_use]
    pub fn cron(&self) -> &Cron {
        self.shipped.cron.get_or_init(|| jobs::cron(self.shipped.sets()))
    }

    /// The topics of the message queue, by name; none before 2.3.0. Those that every REST route has from 2.3.0 on,
    /// `async.…`, are among them only where communication.xml names them.
    #[must_use]
    pub fn topics(&self) -> &Table<Topic> {
        self.shipped.topics.get_or_init(|| jobs::topics(self.shipped.sets()))
    }
}
