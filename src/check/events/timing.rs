//! Events that fire at the wrong time for a webhook, and cautions about events.

use super::NamedEvent;
use crate::{
    catalog::{Caution, Event, Transaction},
    diag::{Diagnostic, Help, Rule},
};

/// Reports events outside the transaction that saves the object: a webhook is recorded in it and sent after it.
pub(super) fn untimely(named: &NamedEvent<'_>, event: &Event) -> Option<Diagnostic> {
    let catalog = named.context.catalog;
    let there = named.there();
    let lower = event.name.to_lowercase();
    let cautions = catalog.cautions(event, there);
    let has = |caution| cautions.iter().any(|&(other, _)| other == caution);
    let (fault, reason, instead) = if has(Caution::SharedByModels) {
        ("is shared by several models", Caution::SharedByModels.text(), None)
    } else if let Some(start) = lower.strip_suffix("_before") {
        let reason =
            "the data is not what will be stored: a new object has no id yet, and saving may still change it";
        ("fires before anything is written", reason, Some(format!("{start}_after")))
    } else if let Some(start) = lower.strip_suffix("_commit_after") {
        let reason = if has(Caution::CommitMayBeMissing) {
            Caution::CommitMayBeMissing.text()
        } else {
            "a webhook is recorded in the transaction that it reports, and sent after the commit; recorded later, it is lost if the process ends in between"
        };
        ("fires after the transaction", reason, Some(format!("{start}_after")))
    } else if (event.releases_by(Transaction::Outside) & there).is_empty() {
        return None;
    } else {
        (
            "fires outside a transaction",
            "it reports no change, or a change that is not saved in the same transaction",
            None,
        )
    };
    let instead = instead.filter(|other| {
        let events = catalog.events();
        events.find(other).is_some_and(|it| (there - (it.carrying("data_object") & it.releases())).is_empty())
    });
    let help = instead.map_or_else(
        || {
            let help = "use an event that fires once the object is saved, such as \"sales_order_save_after\"";
            Help::new(help).text("sales_order_save_after")
        },
        |other| {
            if named.is_beside(&other) {
                Help::new(format!("remove it: \"{other}\" is listed, too")).removal()
            } else {
                Help::write(&other)
            }
        },
    );
    let message = format!("`{}` {fault}", named.name);
    Some(named.finding(Rule::EventTiming, message).reason(reason).help(help))
}

/// Reports the event's caution: it may not fire when its name suggests.
pub(super) fn cautions(named: &NamedEvent<'_>, event: &Event, is_observed: bool) -> Option<Diagnostic> {
    let catalog = named.context.catalog;
    let there = named.there();
    let in_some = |text: &str, releases| {
        if releases == there { text.to_owned() } else { format!("{text} ({})", catalog.describe(releases)) }
    };
    let mut texts: Vec<String> = catalog
        .cautions(event, there)
        .into_iter()
        .map(|(caution, releases)| in_some(caution.text(), releases))
        .collect();
    let inside = event.releases_by(Transaction::Inside) & there;
    if is_observed && !inside.is_empty() {
        texts.push(in_some(
            "the change may still be rolled back, so the observer should not send anything",
            inside,
        ));
    }
    if texts.is_empty() {
        return None;
    }
    Some(
        named
            .finding(Rule::EventCaution, format!("`{}`: {}", named.name, texts.join("; ")))
            .reason("Magento dispatches an event where its code does so, not at every change of that kind")
            .help("if your receiver copes with this, set `event-caution = \"allow\"` in [rules]")
            .module_help("make sure that the observer copes with this"),
    )
}
