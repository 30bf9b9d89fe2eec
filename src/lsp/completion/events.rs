//! Events, with what they carry.

use lsp_types::CompletionItemKind;

use super::{own::KnownValues, proposal::Proposal};
use crate::catalog::Event;

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
