//! Events that do not carry the object of a webhook.

use super::NamedEvent;
use crate::{
    catalog::{Entity, Event},
    diag::{Diagnostic, Help, Rule},
};

/// Requires the `data_object` that the events of models carry and a webhook sends.
pub(super) fn without_object(named: &NamedEvent<'_>, event: &Event) -> Option<Diagnostic> {
    let catalog = named.context.catalog;
    let there = named.there();
    let lacking = there - event.carrying("data_object");
    if lacking.is_empty() {
        return None;
    }
    let mut keys: Vec<&str> =
        event.within(lacking).flat_map(|dispatch| dispatch.data.iter().map(|key| key.name)).collect();
    keys.sort_unstable();
    keys.dedup();
    let reason = match keys.as_slice() {
        [] => "it carries no data, and a webhook sends the fields of `data_object`".to_owned(),
        keys => {
            format!("it carries `{}`, and a webhook sends the fields of `data_object`", keys.join("`, `"))
        }
    };
    let message = format!("`{}` carries no `data_object` in {}", named.name, catalog.describe(lacking));
    let help = match model_event(named, event) {
        Some(other) => {
            Help::write(&other).joined(", ", "which carries it, or declare an [[observer]]".into())
        }
        None => "declare an [[observer]], which gets what the event carries".into(),
    };
    Some(named.finding(Rule::EventWithoutObject, message).reason(reason).help(help))
}

/// Words in names of events that fire when their object is being saved.
const SAVING: [&str; 14] = [
    "add", "assign", "cancel", "capture", "change", "move", "pay", "place", "refund", "register", "save",
    "submit", "update", "void",
];

/// Words in names of events that fire at other moments, or for which Magento saves no model
/// (docs/magento/events.md#product-import, #mass-actions).
const NOT_SAVING: [&str; 16] = [
    "address",
    "attribute",
    "can",
    "collection",
    "compare",
    "config",
    "email",
    "failure",
    "form",
    "import",
    "is",
    "load",
    "prepare",
    "rss",
    "template",
    "website",
];

/// Model event of the same entity that fires at the same moment: once the object is saved or deleted. The entity is
/// one that the event carries: the one that it is named after, else an order, else the first. If it carries none, it
/// is the one that it is named after.
fn model_event(named: &NamedEvent<'_>, event: &Event) -> Option<String> {
    let catalog = named.context.catalog;
    let name = event.name.to_lowercase();
    let has = |words: &[&str]| name.split('_').any(|word| words.contains(&word));
    let moment = match (has(&["delete"]), has(&SAVING), has(&NOT_SAVING)) {
        (_, _, true) => return None,
        (true, ..) => "delete",
        (_, true, _) => "save",
        _ => return None,
    };
    let keys: Vec<_> = event.within(named.releases).flat_map(|dispatch| &dispatch.data).collect();
    let has_events = |entity: &&Entity| !matches!(entity.event_prefix, "" | "core_abstract");
    let carried = keys.iter().filter_map(|key| {
        let is_object = |entity: &&Entity| {
            key.php_type.names().any(|name| name == entity.model || name == entity.data_interface)
        };
        catalog.entities().iter().filter(has_events).find(is_object)
    });
    let carried: Vec<&Entity> = carried.collect();
    let carried = || carried.iter().copied();
    let entity = named_after(&name, carried())
        .or_else(|| carried().find(|entity| entity.event_prefix == "sales_order"))
        .or_else(|| carried().next())
        .or_else(|| named_after(&name, catalog.entities().iter().filter(has_events)))?;
    let other = format!("{}_{moment}_after", entity.event_prefix);
    (named.releases - catalog.events().releases_of(&other)).is_empty().then_some(other)
}

/// Entity that an event is named after: the one with the longest prefix.
fn named_after<'a>(event: &str, entities: impl Iterator<Item = &'a Entity>) -> Option<&'a Entity> {
    let is_its =
        |entity: &&Entity| event.strip_prefix(entity.event_prefix).is_some_and(|rest| rest.starts_with('_'));
    entities.filter(is_its).max_by_key(|entity| entity.event_prefix.len())
}
