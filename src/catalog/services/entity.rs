//! Business entities: their events and interfaces.

use crate::catalog::{
    ReleaseSet,
    tables::{NumberedSets, VersionedRow, VersionedTable, class, columns, rows},
};

const ENTITIES: &str = include_str!("../data/entities.tsv");

/// Business entity, such as an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Short name: `order`, `order_item`.
    pub name: &'static str,
    /// Class of its model; may be empty.
    pub model: String,
    /// Prefix of its events; `core_abstract` if it shares them with all models without a prefix of their own
    /// (docs/magento/events.md#core-abstract). Empty if it has no events.
    pub event_prefix: &'static str,
    /// Key under which its events carry it, besides `data_object`.
    pub event_object: &'static str,
    /// Its repository or other service; may be empty.
    pub service: String,
    /// Its data interface, see [`Catalog::types`](crate::catalog::Catalog::types); may be empty.
    pub data_interface: String,
    /// True if its model is a `Magento\Framework\Model\AbstractModel`.
    pub is_abstract_model: bool,
    /// Releases with this row.
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
