//! The entities that integrations deal in: which events tell of them, and which interfaces describe them.

use crate::catalog::{
    ReleaseSet,
    tables::{NumberedSets, VersionedRow, VersionedTable, class, columns, rows},
};

const ENTITIES: &str = include_str!("../data/entities.tsv");

/// An entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// A short name: `order`, `order_item`.
    pub name: &'static str,
    /// The class of its model; empty where it has none.
    pub model: String,
    /// What its events begin with; `core_abstract` of those that share their events with all models without a prefix of
    /// their own (docs/magento/events.md#core-abstract). Empty where it has no events.
    pub event_prefix: &'static str,
    /// The key under which its events carry it, besides `data_object`.
    pub event_object: &'static str,
    /// Its repository or other service; empty where it has none.
    pub service: String,
    /// Its data interface, see [`Catalog::types`]; empty where it has none.
    pub data_interface: String,
    /// Whether its model is a `Magento\Framework\Model\AbstractModel`.
    pub is_abstract_model: bool,
    /// The releases in which it is so.
    pub releases: ReleaseSet,
}

impl VersionedRow for Entity {
    fn id(&self) -> &str {
        self.name
    }
    fn releases(&self) -> ReleaseSet {
        self.releases
    }
}

pub(in crate::catalog) fn entities(sets: &NumberedSets) -> VersionedTable<Entity> {
    VersionedTable::new(rows(ENTITIES).map(|line| {
        let [name, model, event_prefix, event_object, service, data_interface, is_model, releases] =
            columns(line);
        Entity {
            name,
            model: class(model),
            event_prefix,
            event_object,
            service: class(service),
            data_interface: class(data_interface),
            is_abstract_model: is_model == "yes",
            releases: sets.get(releases, sets.all),
        }
    }))
}
