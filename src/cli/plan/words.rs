//! What is said of a plan, in every format for people.

use super::document::Document;
use crate::{
    catalog::ReleaseSet,
    cli::common::plural,
    plan::{Action, Cause, Planned, Reason},
};

/// What is said of the releases that reset at every `setup:upgrade`, once.
pub(super) fn fault(document: &Document<'_>) -> Option<String> {
    let releases = document.always_resets();
    let remedy = Cause::AlwaysResets.remedy().unwrap_or_default();
    (!releases.is_empty()).then(|| {
        let releases = document.catalog.describe(releases).replace(", ", " and ");
        format!(
            "{releases}: every setup:upgrade resets every integration that is granted something, whether or not it was \
             changed; {remedy}"
        )
    })
}

/// What is done, in words behind the name; with the releases where they differ.
pub(super) fn actions(document: &Document<'_>, planned: &Planned) -> String {
    let worst_first = planned.actions.iter().rev();
    let phrases = worst_first.map(|(action, releases)| {
        format!("{} {}", document.when(*releases), phrase(*action)).trim_start().to_owned()
    });
    phrases.collect::<Vec<_>>().join("; ")
}

/// What an action is, and what it costs.
const fn phrase(action: Action) -> &'static str {
    match action {
        Action::Keep => "is kept: status, key, secret and tokens stay",
        Action::Ignored => "is kept, and a change is ignored",
        Action::Update => "is updated in place: status, key, secret and tokens stay",
        Action::Create => "is created",
        Action::Orphan => "is left behind: nothing declares it, and it stays as it is, with its tokens",
        Action::Reset => {
            "is reset: its row is deleted and made anew, and its key, secret and tokens are lost"
        }
        Action::Abort => "stops setup:upgrade with an error",
    }
}

/// The reasons that are told with an integration: the fault of a release is told once for all.
pub(super) fn reasons(planned: &Planned) -> impl Iterator<Item = &Reason> {
    planned.reasons.iter().filter(|reason| reason.cause != Cause::AlwaysResets && reason.cause != Cause::New)
}

/// What to do, each once, in the order of the reasons.
pub(super) fn remedies(planned: &Planned) -> Vec<&'static str> {
    let mut remedies = Vec::new();
    for reason in planned.reasons.iter().filter(|reason| reason.cause != Cause::AlwaysResets) {
        let remedy = reason.cause.remedy().filter(|remedy| !remedies.contains(remedy));
        // In place, nothing is to be re-authorised.
        remedies.extend(remedy.filter(|_| is_remedied(planned, reason)));
    }
    remedies
}

/// Whether there is something to do about the reason: what is changed in place needs nothing.
pub(super) fn is_remedied(planned: &Planned, reason: &Reason) -> bool {
    let is_change = matches!(
        reason.cause,
        Cause::Changed { .. } | Cause::Gained { .. } | Cause::Lost { .. } | Cause::TakenOver
    );
    !is_change || planned.actions.contains_key(&Action::Reset)
}

/// `Plan: 1 to reset, 2 to keep.`
pub(super) fn summary(documents: &[Document<'_>]) -> String {
    let verbs = [
        (Action::Abort, "stops setup:upgrade"),
        (Action::Reset, "to reset"),
        (Action::Orphan, "left behind"),
        (Action::Create, "to create"),
        (Action::Update, "to update in place"),
        (Action::Ignored, "with an ignored change"),
        (Action::Keep, "to keep"),
    ];
    let all = || documents.iter().flat_map(|document| document.integrations());
    let anyway = all().filter(|planned| planned.is_reset_anyway()).count();
    let count = |action| all().filter(|it| it.action() == action && !it.is_reset_anyway()).count();
    let counts = verbs.into_iter().map(|(action, verb)| (count(action), verb));
    let counts = counts.chain([(anyway, "reset anyway, by the fault of a release")]);
    let counts: Vec<String> =
        counts.filter(|(count, _)| *count > 0).map(|(count, verb)| format!("{count} {verb}")).collect();
    if counts.is_empty() { "Plan: nothing.".to_owned() } else { format!("Plan: {}.", counts.join(", ")) }
}

/// What a new integration may do, counted: all of it is new.
pub(super) fn grants(planned: &Planned) -> Option<String> {
    let is_new = planned.action() == Action::Create && planned.permissions.lost.is_empty();
    let permissions = plural(planned.permissions.gained.len(), "permission");
    let routes = plural(planned.routes.gained.len(), "route");
    is_new.then(|| format!("{permissions}, {routes}: `magespec access` lists them"))
}

/// The releases behind a line, in brackets.
pub(super) fn bracketed(document: &Document<'_>, releases: ReleaseSet) -> String {
    let when = document.when(releases);
    if when.is_empty() { when } else { format!(" ({})", when.trim_start()) }
}
