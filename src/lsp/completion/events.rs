//! Events, with what they carry.

use lsp_types::CompletionItemKind;

use super::{own::KnownValues, proposal::Proposal};
use crate::{catalog::Event, spec::Pointer};

/// Events for webhooks, which send the `data_object`: those without one come last.
pub(super) fn of_webhooks(known: &KnownValues<'_>) -> Vec<Proposal> {
    events(known, |event| {
        let lacking = known.there(event.releases()) - event.carrying("data_object");
        !lacking.is_empty()
    })
}

/// Events for observers.
pub(super) fn all(known: &KnownValues<'_>) -> Vec<Proposal> {
    events(known, |_| false)
}

/// Names of Magento's observers of the event that the observer at a route has, for one that is switched off.
pub(super) fn observers(known: &KnownValues<'_>, route: &Pointer) -> Vec<Proposal> {
    let observer = route.parent().and_then(|observer| known.draft.json.pointer(&observer));
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
