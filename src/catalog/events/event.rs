//! An event, and where it is dispatched.

use std::collections::BTreeSet;

use crate::catalog::{DocType, ReleaseSet, tables::module_of};

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its name, with `{…}` for what varies in that of a pattern.
    pub name: String,
    /// Where it is dispatched; at least one place. In one release there may be several.
    pub dispatches: Vec<Dispatch>,
}

/// A place that dispatches an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch {
    /// The class whose objects dispatch it; what they inherit included.
    pub class: String,
    /// The method that does.
    pub method: &'static str,
    /// How it comes to the event.
    pub kind: EventKind,
    /// The kind of code: `model`, `admin controller`, `page rendering`.
    pub origin: &'static str,
    /// Whether the database can still take back what it tells of.
    pub transaction: Transaction,
    /// What observers get.
    pub data: Vec<DataKey>,
    /// The releases in which it is so.
    pub releases: ReleaseSet,
}

/// How an event comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// Its name stands in the code.
    Literal,
    /// Of the event prefix of a model.
    Model,
    /// Of the event prefix of a collection.
    Collection,
    /// Of an interface that the EntityManager loads and saves.
    EntityManager,
    /// A name with parts that vary.
    Pattern,
}

/// Whether an event is dispatched inside of a database transaction; partly deduced from the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Transaction {
    /// Inside: what it tells of may still be rolled back.
    Inside,
    /// The method opens none, but its caller may have.
    Caller,
    /// Outside.
    Outside,
}

/// A key of what observers get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataKey {
    /// Its name: `order`.
    pub name: &'static str,
    /// Its type, by doc blocks and assignments; may be an interface where the object is a model, and may be empty.
    pub php_type: DocType,
}

impl Event {
    /// The releases that dispatch it.
    #[must_use]
    pub fn releases(&self) -> ReleaseSet {
        self.dispatches.iter().fold(ReleaseSet::default(), |all, dispatch| all | dispatch.releases)
    }

    /// Where these releases dispatch it.
    pub fn within(&self, releases: ReleaseSet) -> impl Iterator<Item = &Dispatch> {
        self.dispatches.iter().filter(move |dispatch| !(dispatch.releases & releases).is_empty())
    }

    /// The modules whose classes dispatch it in these releases.
    #[must_use]
    pub fn modules(&self, releases: ReleaseSet) -> BTreeSet<String> {
        self.within(releases).map(Dispatch::module).collect()
    }

    /// The releases that dispatch it everywhere with a key.
    #[must_use]
    pub fn carrying(&self, key: &str) -> ReleaseSet {
        let of = |carries: bool| {
            let dispatches = self.dispatches.iter().filter(|dispatch| dispatch.key(key).is_some() == carries);
            dispatches.fold(ReleaseSet::default(), |all, dispatch| all | dispatch.releases)
        };
        of(true) - of(false)
    }

    /// The releases that dispatch it in one place or another with this relation to a transaction.
    #[must_use]
    pub fn releases_by(&self, transaction: Transaction) -> ReleaseSet {
        let dispatches = self.dispatches.iter().filter(|dispatch| dispatch.transaction == transaction);
        dispatches.fold(ReleaseSet::default(), |all, dispatch| all | dispatch.releases)
    }

    /// Whether its name has parts that vary.
    #[must_use]
    pub fn is_pattern(&self) -> bool {
        self.name.contains('{')
    }
}

impl Dispatch {
    /// The module of its class.
    #[must_use]
    pub fn module(&self) -> String {
        module_of(&self.class)
    }

    /// What observers get under a key.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<&DataKey> {
        self.data.iter().find(|key| key.name == name)
    }
}
