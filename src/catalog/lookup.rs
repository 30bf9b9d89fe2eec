//! Access to the tables of a catalog, each read on first use.

use super::{
    Catalog, Config, ConfigPath, CoreObserver, CronTables, DataType, Entity, EventTable, ExtensionAttributes,
    MenuItem, Relation, RouteTable, ServiceTable, SettingModel, Topic, VersionedTable,
    commerce::commerce_routes, config, events, jobs, routes, services,
};
use crate::names::Edition;

/// Content of the Open Source edition.
///
/// A shop's catalog has the routes that were read from the shop. Its other tables have the content of the same bundled
/// release, or of the last one before it, without anything that the shop's other modules add. For 2.2.11, 2.3.4-p2 and
/// 2.4.9 these tables repeat the release before.
impl Catalog {
    /// REST routes of all its releases.
    #[must_use]
    pub fn routes(&self) -> &RouteTable {
        self.routes.get_or_init(|| match self.edition {
            Edition::Commerce => routes::read().joined_with(commerce_routes()),
            Edition::OpenSource | Edition::MageOs => routes::read(),
        })
    }

    /// Events that core dispatches.
    #[must_use]
    pub fn events(&self) -> &EventTable {
        self.core.events.get_or_init(|| EventTable::new(self.core.sets()))
    }

    /// Business entities by a short name: `order`, `order_item`.
    #[must_use]
    pub fn entities(&self) -> &VersionedTable<Entity> {
        self.core.entities.get_or_init(|| services::entities(self.core.sets()))
    }

    /// Entities of a model event, such as the order for `sales_order_save_after`. Several if their models share the
    /// event.
    pub fn entities_of(&self, event: &str) -> impl Iterator<Item = &Entity> {
        const SUFFIXES: [&str; 4] = ["_load_", "_save_", "_delete_", "_clear"];
        let ends = |suffix: &str| event.rfind(suffix).map(|at| &event[..at]);
        let prefix = SUFFIXES.into_iter().find_map(ends).unwrap_or_default().to_owned();
        self.entities().iter().filter(move |entity| !prefix.is_empty() && entity.event_prefix == prefix)
    }

    /// Classes that a REST method can take or return, by name, without generated extension attributes.
    #[must_use]
    pub fn types(&self) -> &VersionedTable<DataType> {
        self.core.types.get_or_init(|| services::types(self.core.sets()))
    }

    /// Extension attributes that Magento's own modules declare, by the data interface that they extend.
    #[must_use]
    pub fn extension_attributes(&self) -> &VersionedTable<ExtensionAttributes> {
        self.core.extension_attributes.get_or_init(|| services::extension_attributes(self.core.sets()))
    }

    /// Objects that only the model behind a data interface has, not the interface.
    pub fn relations_of(&self, interface: &str) -> impl Iterator<Item = &Relation> {
        let relations = self.core.relations.get_or_init(services::relations);
        relations.iter().filter(move |relation| relation.interface == interface)
    }

    /// Service classes behind Magento's own REST routes.
    #[must_use]
    pub fn services(&self) -> &ServiceTable {
        self.core.services.get_or_init(|| services::services(self.core.sets()))
    }

    /// Tabs, sections and groups of Stores > Configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        self.core.config.get_or_init(|| config::config(self.core.sets()))
    }

    /// Paths `section/group/field` that core uses, for its fields and for the places where they store their values.
    #[must_use]
    pub fn config_paths(&self) -> &VersionedTable<ConfigPath> {
        self.core.paths.get_or_init(|| config::paths(self.core.sets()))
    }

    /// Items of the Admin's menu by id.
    #[must_use]
    pub fn menu(&self) -> &VersionedTable<MenuItem> {
        self.core.menu.get_or_init(|| config::menu(self.core.sets()))
    }

    /// Source and backend models of core by class.
    #[must_use]
    pub fn setting_models(&self) -> &VersionedTable<SettingModel> {
        self.core.models.get_or_init(|| config::models(self.core.sets()))
    }

    /// Model of core that a class was meant to be, if no release has the class: one with two letters mistaken at most.
    #[must_use]
    pub fn misspelt_model(&self, class: &str) -> Option<&str> {
        let models = || self.setting_models().iter().map(|model| model.class.as_str());
        if models().any(|model| model == class) {
            return None;
        }
        let near = models().map(|model| (strsim::damerau_levenshtein(class, model), model));
        near.filter(|(mistakes, _)| *mistakes <= 2).min().map(|(_, model)| model)
    }

    /// Observers of Magento's own modules for an event. One release of each line was read.
    #[must_use]
    pub fn observers(&self, event: &str) -> Vec<CoreObserver> {
        events::observers(&event.to_lowercase())
    }

    /// Cron groups and jobs.
    #[must_use]
    pub fn cron(&self) -> &CronTables {
        self.core.cron.get_or_init(|| jobs::cron(self.core.sets()))
    }

    /// Topics of the message queue by name; none before 2.3.0. The topics `async.…`, which every REST route has from
    /// 2.3.0 on, are included only if communication.xml names them.
    #[must_use]
    pub fn topics(&self) -> &VersionedTable<Topic> {
        self.core.topics.get_or_init(|| jobs::topics(self.core.sets()))
    }
}
