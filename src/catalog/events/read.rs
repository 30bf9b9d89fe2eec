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

/// Line of the table with the class above it. The line of a family stands for several events.
#[derive(Debug)]
pub(super) struct EventLine {
    /// Name of its event, or the start of the names of its family, without the `_` after it.
    pub(super) name: &'static str,
    pub(super) is_family: bool,
    class: &'static str,
    text: &'static str,
}

/// Reads all lines, in the order of the table.
pub(super) fn event_lines() -> impl Iterator<Item = EventLine> {
    blocks(EVENTS).flat_map(|block| {
        block.below().map(move |text| {
            let [full] = columns(text);
            let start = full.strip_suffix("_*");
            EventLine { name: start.unwrap_or(full), is_family: start.is_some(), class: block.head, text }
        })
    })
}

impl EventLine {
    /// Events of the line: none but its own, or the members of its family.
    pub(super) fn members(&self) -> impl Iterator<Item = Option<Member>> {
        let [_, kind] = columns(self.text);
        let members = self.is_family.then(|| family::members(self::kind(kind)).map(Some));
        let own = (!self.is_family).then_some(None);
        members.into_iter().flatten().chain(own)
    }

    /// Name of an event of the line.
    pub(super) fn name_of(&self, member: Option<Member>) -> Cow<'static, str> {
        member.map_or(self.name.into(), |(suffix, ..)| [self.name, "_", suffix].concat().into())
    }

    /// Reads an event of the line.
    pub(super) fn dispatch(&self, member: Option<Member>, sets: &NumberedSets) -> Dispatch {
        let [_, kind, origin, transaction, method, data, releases] = columns(self.text);
        let (class, kind, releases) = (class(self.class), self::kind(kind), sets.get(releases, sets.all));
        if let Some(member) = member {
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
