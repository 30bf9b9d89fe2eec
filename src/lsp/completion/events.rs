//! Events, with what they carry.

use lsp_types::CompletionItemKind;

use super::{own::KnownValues, proposal::Proposal};
use crate::{
    catalog::Event,
    names::EventName,
    spec::{Pointer, pointer},
};

/// Events for the webhook with an event at a route. It sends the `data_object`: events without one come last. A webhook that
/// waits for changes is not for deletions alone.
pub(super) fn of_webhooks(known: &KnownValues<'_>, route: &Pointer) -> Vec<Proposal> {
    let webhook = pointer!["webhook", route.steps().nth(1).unwrap_or_default()];
    let webhook = known.draft.json.pointer(&webhook);
    let waits_for_changes = webhook.is_some_and(|webhook| webhook.get("changed").is_some());
    let at = route.steps().nth(3).and_then(|at| at.parse().ok());
    let others =
        webhook.and_then(|webhook| webhook.get("event")?.as_array()).into_iter().flatten().enumerate();
    let mut others = others.filter(|(place, _)| Some(*place) != at).filter_map(|(_, event)| event.as_str());
    let is_deletion = |event: &str| EventName::new(event).is_ok_and(|it| it.is_deletion());
    let is_alone = !others.any(|event| !is_deletion(event));
    let mut all = events(known, |event| {
        let lacking = known.there(event.releases()) - event.carrying("data_object");
        !lacking.is_empty()
    });
    all.retain(|it| !(waits_for_changes && is_alone && is_deletion(&it.text)));
    let weight = |event: &str| distance(event) * 1000 + event.len();
    all.into_iter().map(|it| Proposal { weight: weight(&it.text), ..it }).collect()
}

/// Distance of an event from the moment at which a webhook is recorded: when the object is saved or deleted, in its
/// transaction.
fn distance(event: &str) -> usize {
    let ends = |endings: &[&str]| endings.iter().any(|ending| event.ends_with(ending));
    match event {
        _ if ends(&["_commit_after", "_before", "_load_after", "_clear"]) => 3,
        _ if ends(&["_save_after"]) => 0,
        _ if ends(&["_delete_after"]) => 1,
        _ => 2,
    }
}

/// Events for observers.
pub(super) fn all(known: &KnownValues<'_>) -> Vec<Proposal> {
    events(known, |_| false)
}

/// Names of Magento's observers of the event that the observer at a route has, if it is switched off: another one needs an id
/// of its own.
pub(super) fn observers(known: &KnownValues<'_>, route: &Pointer) -> Vec<Proposal> {
    let observer = route.parent().and_then(|observer| known.draft.json.pointer(&observer));
    let observer = observer.filter(|it| it.get("disabled").is_some_and(|it| *it == true));
    let event = observer.and_then(|observer| observer.get("event")?.as_str()).unwrap_or_default();
    let observers = known.catalog.observers(event).into_iter();
    let observers = observers.map(|it| {
        let area = it.area.map_or_else(String::new, |area| format!(", in {area}"));
        Proposal::new(CompletionItemKind::EVENT, it.name, format!("observer of {}{area}", it.module))
    });
    observers.collect()
}

fn events(known: &KnownValues<'_>, is_last: impl Fn(&Event) -> bool) -> Vec<Proposal> {
    let events = known.catalog.events().iter().filter(|event| !event.is_pattern());
    let events = events.filter_map(|event| {
        let there = known.there(event.releases());
        let entity = known.catalog.entities_of(&event.name).next().map(|entity| entity.name);
        let dispatch = event.within(there).next()?;
        let mut keys: Vec<&str> = dispatch.data.iter().map(|key| key.name).collect();
        keys.dedup();
        let carries = match keys.as_slice() {
            [] => "carries nothing".to_owned(),
            keys => format!("carries {}", keys.join(", ")),
        };
        let detail = [entity, Some(&carries)].into_iter().flatten().collect::<Vec<_>>().join("; ");
        let proposal = known.proposal(CompletionItemKind::EVENT, &event.name, detail, there)?;
        Some(proposal.titled(entity.unwrap_or_default()).last_if(is_last(event)))
    });
    events.collect()
}
