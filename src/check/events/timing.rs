//! Events that fire at the wrong time for a webhook, and cautions about others.

use super::NamedEvent;
use crate::{
    catalog::{Caution, Event, Transaction},
    diag::{Diagnostic, Rule},
};

/// A webhook is recorded in the transaction that saves its object, and told after it.
pub(super) fn untimely(named: &NamedEvent<'_>, event: &Event) -> Option<Diagnostic> {
    let catalog = named.context.catalog;
    let there = named.there();
    let lower = event.name.to_lowercase();
    let cautions = catalog.cautions(event, there);
    let has = |caution| cautions.iter().any(|&(other, _)| other == caution);
    let (fault, reason, instead) = if has(Caution::SharedByModels) {
        ("is of more than one model", Caution::SharedByModels.text(), None)
    } else if let Some(start) = lower.strip_suffix("_before") {
        let reason =
            "what it tells is not yet what is stored: a new object has no id, and saving may still change it";
        ("comes before anything is written", reason, Some(format!("{start}_after")))
    } else if let Some(start) = lower.strip_suffix("_commit_after") {
        let reason = if has(Caution::CommitMayBeMissing) {
            Caution::CommitMayBeMissing.text()
        } else {
            "a webhook is recorded in the transaction that it tells of, and sent when that is committed; here it is lost if the process ends in between"
        };
        ("comes when the transaction is over", reason, Some(format!("{start}_after")))
    } else if (event.releases_by(Transaction::Outside) & there).is_empty() {
        return None;
    } else {
        (
            "is outside of any transaction",
            "it tells of no change, or of one that is not recorded with it",
            None,
        )
    };
    let instead = instead.filter(|other| {
        let events = catalog.events();
        events.find(other).is_some_and(|it| (there - (it.carrying("data_object") & it.releases())).is_empty())
    });
    let help = instead.map_or_else(
        || "write an event at which the object has been saved, such as \"sales_order_save_after\"".to_owned(),
        |other| format!("write \"{other}\""),
    );
    let message = format!("`{}` {fault}", named.name);
    Some(named.finding(Rule::EventTiming, message).reason(reason).help(help))
}

/// What an event does not do although its name says so.
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
            "what it tells of may still be rolled back: nothing should be sent from there",
            inside,
        ));
    }
    if texts.is_empty() {
        return None;
    }
    Some(
        named
            .finding(Rule::EventCaution, format!("`{}` is not all that its name says", named.name))
            .reason(texts.join("; "))
            .help("plan for it; `event-caution = \"allow\"` in [rules] says that it is known"),
    )
}
