//! Reader of the table of events.

use std::borrow::Cow;

use super::{
    event::{DataKey, Dispatch, EventKind, Transaction},
    family::{self, Member},
};
use crate::catalog::{
    DocType,
    tables::{NumberedSets, blocks, class, columns},
};

const EVENTS: &str = include_str!("../data/events.tsv");

/// Row of an event in the table: the class that dispatches it and its line. One row of a family has several events.
#[derive(Debug)]
pub(super) struct EventRow {
    pub(super) name: Cow<'static, str>,
    class: &'static str,
    line: &'static str,
    member: Option<Member>,
}

/// Reads the names of all events, sorted; rows of the same event keep their order.
pub(super) fn event_rows() -> Vec<EventRow> {
    let mut events = Vec::new();
    for block in blocks(EVENTS) {
        let class = block.head;
        for line in block.below() {
            let [name, kind] = columns(line);
            match name.strip_suffix("_*") {
                Some(prefix) => events.extend(family::members(self::kind(kind)).map(|member| {
                    let name = [prefix, "_", member.0].concat();
                    EventRow { name: name.into(), class, line, member: Some(member) }
                })),
                None => events.push(EventRow { name: name.into(), class, line, member: None }),
            }
        }
    }
    events.sort_by(|a, b| a.name.cmp(&b.name));
    events
}

impl EventRow {
    /// Reads the row.
    pub(super) fn dispatch(&self, sets: &NumberedSets) -> Dispatch {
        let [_, kind, origin, transaction, method, data, releases] = columns(self.line);
        let (class, kind, releases) = (class(self.class), self::kind(kind), sets.get(releases, sets.all));
        if let Some(member) = self.member {
            return family::dispatch(member, kind, data, class, releases);
        }
        let transaction = self::transaction(transaction);
        let data = data.split(';').filter(|key| !key.is_empty()).map(|key| self::key(key, &class));
        let data = data.collect();
        Dispatch { class, method, kind, origin, transaction, data, releases }
    }
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
