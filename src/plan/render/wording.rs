//! Wording of a plan, in every format for people.

use crate::{
    catalog::ReleaseSet,
    diag::plural,
    plan::{Action, Cause, ModulePlan, Planned, Reason},
};

/// What is said of the releases that reset at every `setup:upgrade`, once.
pub(super) fn fault(plan: &ModulePlan<'_>) -> Option<String> {
    let releases = plan.always_resets();
    let remedy = Cause::AlwaysResets.remedy().unwrap_or_default();
    (!releases.is_empty()).then(|| {
        let releases = plan.spec.catalog.describe(releases).replace(", ", " and ");
        format!(
            "{releases}: every setup:upgrade resets every integration that is granted something, whether or not it was \
             changed; {remedy}"
        )
    })
}

/// What is done, in words behind the name; with the releases where they differ.
pub(super) fn actions(plan: &ModulePlan<'_>, planned: &Planned) -> String {
    let worst_first = planned.actions.iter().rev();
    let phrases = worst_first.map(|(action, releases)| {
        let phrase = match action {
            Action::Reset if is_given_back(plan, planned) => {
                "is reset: its row is deleted and made anew, and its key, secret and tokens are put back"
            }
            Action::Keep if !planned.routes.lost.is_empty() => {
                "is kept, with fewer routes: status, key, secret and tokens stay"
            }
            action => phrase(*action),
        };
        format!("{} {phrase}", plan.when(*releases)).trim_start().to_owned()
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
pub(in crate::plan) fn remedies(plan: &ModulePlan<'_>, planned: &Planned) -> Vec<String> {
    let mut remedies = Vec::new();
    for reason in planned.reasons.iter().filter(|reason| reason.cause != Cause::AlwaysResets) {
        let remedy = remedy(plan, planned, reason).filter(|remedy| !remedies.contains(remedy));
        remedies.extend(remedy);
    }
    remedies
}

/// What to do about a reason; none where nothing is to be done: what is changed in place, or gets its credentials back,
/// need not be re-authorised.
pub(super) fn remedy(plan: &ModulePlan<'_>, planned: &Planned, reason: &Reason) -> Option<String> {
    let is_change = matches!(
        reason.cause,
        Cause::Changed { .. } | Cause::Gained { .. } | Cause::Lost { .. } | Cause::TakenOver
    );
    if is_change && !planned.actions.contains_key(&Action::Reset) {
        return None;
    }
    match (&reason.cause, plan.removals.get(&planned.name)) {
        (Cause::Gained { .. }, _) if is_given_back(plan, planned) => {
            Some("nothing, if it may do more at once: nobody is asked to re-authorise it".to_owned())
        }
        _ if is_change && is_given_back(plan, planned) => None,
        (Cause::Removed { .. }, Some(statements)) => Some(format!(
            "remove it once nobody uses it: n98-magerun2 integration:delete, or {}",
            statements.trim_end_matches(';')
        )),
        (cause, _) if is_change && cause != &Cause::TakenOver && !planned.permissions.gained.is_empty() => {
            cause.remedy().map(|remedy| {
                format!("{remedy}: what it may do more is then in force without anyone re-authorising it")
            })
        }
        (cause, _) => cause.remedy().map(str::to_owned),
    }
}

fn is_given_back(plan: &ModulePlan<'_>, planned: &Planned) -> bool {
    plan.given_back.contains(&planned.name)
}

/// `Plan: 1 to reset, 2 to keep.`
pub(super) fn summary(plans: &[ModulePlan<'_>]) -> String {
    let verbs = [
        (Action::Abort, "stops setup:upgrade"),
        (Action::Reset, "to reset"),
        (Action::Orphan, "left behind"),
        (Action::Create, "to create"),
        (Action::Update, "to update in place"),
        (Action::Ignored, "with an ignored change"),
        (Action::Keep, "to keep"),
    ];
    let all = || plans.iter().flat_map(|plan| plan.integrations());
    let anyway = all().filter(|planned| planned.is_reset_anyway()).count();
    let count = |action| all().filter(|it| it.action() == action && !it.is_reset_anyway()).count();
    let counts = verbs.into_iter().map(|(action, verb)| (count(action), verb));
    let fewer = all().filter(|it| it.action() == Action::Keep && !it.routes.lost.is_empty()).count();
    let counts = counts
        .chain([(anyway, "reset anyway, by the fault of a release"), (fewer, "of those with fewer routes")]);
    let breaks: usize = plans.iter().map(|plan| plan.breaks.len()).sum();
    let counts = counts.chain([(breaks, "to break what others rely on")]);
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
pub(super) fn bracketed(plan: &ModulePlan<'_>, releases: ReleaseSet) -> String {
    let when = plan.when(releases);
    if when.is_empty() { when } else { format!(" ({})", when.trim_start()) }
}
