//! Events, and the places that dispatch them.

use std::collections::BTreeSet;

use crate::catalog::{DocType, ReleaseSet, tables::module_of};

/// Event of Magento.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its name, with `{…}` for the variable parts of a pattern.
    pub name: String,
    /// Places that dispatch it, at least one. One release may have several.
    pub dispatches: Vec<Dispatch>,
}

/// Place that dispatches an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch {
    /// Class whose objects dispatch it, possibly in an inherited method.
    pub class: String,
    /// Method that dispatches it.
    pub method: &'static str,
    /// Origin of the event's name.
    pub kind: EventKind,
    /// Kind of code: `model`, `admin controller`, `page rendering`.
    pub origin: &'static str,
    /// Position relative to a database transaction, which may still be rolled back.
    pub transaction: Transaction,
    /// Data that observers get.
    pub data: Vec<DataKey>,
    /// Releases with this row.
    pub releases: ReleaseSet,
}

/// Origin of an event's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// Written in the code.
    Literal,
    /// Derived from the event prefix of a model.
    Model,
    /// Derived from the event prefix of a collection.
    Collection,
    /// Derived from an interface that the EntityManager loads and saves.
    EntityManager,
    /// Contains variable parts.
    Pattern,
}

/// Position of a dispatch relative to a database transaction; partly inferred from the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Transaction {
    /// Inside: the change may still be rolled back.
    Inside,
    /// Unknown: the method opens none, but its caller may have.
    Caller,
    /// Outside.
    Outside,
}

/// Key of the data that observers get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataKey {
    /// Its name: `order`.
    pub name: &'static str,
    /// Its type from doc blocks and assignments; may be an interface for a model object, and may be empty.
    pub php_type: DocType,
}

impl Event {
    /// Releases that dispatch it.
    #[must_use]
    pub fn releases(&self) -> ReleaseSet {
        self.dispatches.iter().fold(ReleaseSet::default(), |all, dispatch| all | dispatch.releases)
    }

    /// Places that dispatch it in these releases.
    pub fn within(&self, releases: ReleaseSet) -> impl Iterator<Item = &Dispatch> {
        self.dispatches.iter().filter(move |dispatch| !(dispatch.releases & releases).is_empty())
    }

    /// Modules whose classes dispatch it in these releases.
    #[must_use]
    pub fn modules(&self, releases: ReleaseSet) -> BTreeSet<String> {
        self.within(releases).map(Dispatch::module).collect()
    }

    /// Releases in which every dispatch carries the key.
    #[must_use]
    pub fn carrying(&self, key: &str) -> ReleaseSet {
        let of = |carries: bool| {
            let dispatches = self.dispatches.iter().filter(|dispatch| dispatch.key(key).is_some() == carries);
            dispatches.fold(ReleaseSet::default(), |all, dispatch| all | dispatch.releases)
        };
        of(true) - of(false)
    }

    /// Releases with a dispatch in this position relative to a transaction.
    #[must_use]
    pub fn releases_by(&self, transaction: Transaction) -> ReleaseSet {
        let dispatches = self.dispatches.iter().filter(|dispatch| dispatch.transaction == transaction);
        dispatches.fold(ReleaseSet::default(), |all, dispatch| all | dispatch.releases)
    }

    /// Returns true if its name has variable parts.
    #[must_use]
    pub fn is_pattern(&self) -> bool {
        self.name.contains('{')
    }
}

impl Dispatch {
    /// Module of its class.
    #[must_use]
    pub fn module(&self) -> String {
        module_of(&self.class)
    }

    /// Data that observers get under a key.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&DataKey> {
        self.data.iter().find(|key| key.name == name)
    }
}
