//! Reader of the table of events.

use std::collections::BTreeMap;

use super::{
    EventTable,
    event::{DataKey, Dispatch, Event, EventKind, Transaction},
    family,
};
use crate::catalog::{
    DocType,
    tables::{NumberedSets, blocks, class, columns},
};

const EVENTS: &str = include_str!("../data/events.tsv");

/// Reads all events.
pub(in crate::catalog) fn read(sets: &NumberedSets) -> EventTable {
    let mut events: BTreeMap<String, Event> = BTreeMap::new();
    let mut add = |name: String, dispatch: Dispatch| {
        if !dispatch.releases.is_empty() {
            let event = |name: &String| Event { name: name.clone(), dispatches: Vec::new() };
            events.entry(name).or_insert_with_key(event).dispatches.push(dispatch);
        }
    };
    for block in blocks(EVENTS) {
        let class = class(block.head);
        for line in block.below() {
            let [name, kind, origin, transaction, method, data, releases] = columns(line);
            let (kind, releases) = (self::kind(kind), sets.get(releases, sets.all));
            if let Some(prefix) = name.strip_suffix("_*") {
                let members = family::members(prefix, kind, data, &class, releases);
                members.into_iter().for_each(|(name, dispatch)| add(name, dispatch));
            } else {
                let transaction = self::transaction(transaction);
                let data = data.split(';').filter(|key| !key.is_empty()).map(|key| self::key(key, &class));
                let data = data.collect();
                let class = class.clone();
                add(name.to_owned(), Dispatch { class, method, kind, origin, transaction, data, releases });
            }
        }
    }
    let has_capitals = |name: &&String| name.contains(|c: char| c.is_ascii_uppercase());
    let in_lower_case =
        events.keys().filter(has_capitals).map(|name| (name.to_lowercase(), name.clone())).collect();
    EventTable { events, in_lower_case, ignoring_case: sets.ignoring_case }
}

fn kind(word: &str) -> EventKind {
    match word {
        "model" => EventKind::Model,
        "collection" => EventKind::Collection,
        "entity_manager" => EventKind::EntityManager,
        "pattern" => EventKind::Pattern,
        _ => EventKind::Literal,
    }
}

fn transaction(word: &str) -> Transaction {
    match word {
        "yes" => Transaction::Inside,
        "no" => Transaction::Outside,
        _ => Transaction::Caller,
    }
}

/// Parses the key `order:\Sales\Model\Order`; `.` is the class that dispatches.
fn key(text: &'static str, own: &str) -> DataKey {
    let (name, php_type) = text.split_once(':').unwrap_or((text, ""));
    let php_type = if php_type == "." { DocType::new(own) } else { DocType::of_table(php_type, own) };
    DataKey { name, php_type }
}
