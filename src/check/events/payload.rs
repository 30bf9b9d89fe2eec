//! Events that do not carry the object of a webhook.

use super::NamedEvent;
use crate::{
    catalog::{Entity, Event},
    diag::{Diagnostic, Rule},
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
        Some(other) => format!("write \"{other}\", which carries it, or declare an [[observer]]"),
        None => {
            "write a model event such as \"sales_order_save_after\", or declare an [[observer]]".to_owned()
        }
    };
    Some(named.finding(Rule::EventWithoutObject, message).reason(reason).help(help))
}

/// Model event of the same entity that fires once the object is saved, or deleted if this event is about that. The
/// entity is that of the carried object, or else the one that the event is named after.
fn model_event(named: &NamedEvent<'_>, event: &Event) -> Option<String> {
    let catalog = named.context.catalog;
    let name = event.name.to_lowercase();
    let keys: Vec<_> = event.within(named.releases).flat_map(|dispatch| &dispatch.data).collect();
    let is_of = |entity: &&Entity| {
        let is_object = |name: &str| name == entity.model || name == entity.data_interface;
        keys.iter().any(|key| key.php_type.names().any(is_object))
    };
    let named_after =
        |entity: &&Entity| name.strip_prefix(entity.event_prefix).is_some_and(|rest| rest.starts_with('_'));
    let has_events = |entity: &&Entity| !matches!(entity.event_prefix, "" | "core_abstract");
    let entities = || catalog.entities().iter().filter(has_events);
    let entity = entities()
        .find(is_of)
        .or_else(|| entities().filter(named_after).max_by_key(|entity| entity.event_prefix.len()))?;
    let moment = if name.contains("_delete") { "delete" } else { "save" };
    let other = format!("{}_{moment}_after", entity.event_prefix);
    (named.releases - catalog.events().releases_of(&other)).is_empty().then_some(other)
}
