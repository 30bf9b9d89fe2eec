//! Wording of plans in the formats for people.

use crate::{
    catalog::ReleaseSet,
    diag::plural,
    plan::{Action, Cause, ModulePlan, Planned, Reason},
};

/// Note about releases in which every `setup:upgrade` resets.
pub(super) fn fault(plan: &ModulePlan<'_>) -> Option<String> {
    let releases = plan.always_resets();
    let remedy = Cause::AlwaysResets.remedy().unwrap_or_default();
    (!releases.is_empty()).then(|| {
        let releases = plan.spec.catalog.describe(releases).replace(", ", " and ");
        format!(
            "{releases}: every setup:upgrade resets every integration that has a permission, even if nothing \
             changed; {remedy}"
        )
    })
}

/// Predicates of an integration: its actions, each with its releases if there are several.
pub(super) fn actions(plan: &ModulePlan<'_>, planned: &Planned) -> Vec<String> {
    let worst_first = planned.actions.iter().rev();
    let phrases = worst_first.map(|(action, releases)| {
        let phrase = match action {
            Action::Reset if is_reattached(plan, planned) => {
                "will be reset: Magento deletes its row and creates a new one; its key, secret and tokens are restored"
            }
            Action::Keep if !planned.routes.lost.is_empty() => {
                "will be kept, with fewer routes: its status, key, secret and tokens do not change"
            }
            action => phrase(*action),
        };
        let end = phrase.find(": ").or_else(|| phrase.find("; ")).unwrap_or(phrase.len());
        let (verb, cost) = phrase.split_at(end);
        format!("{verb}{}{cost}", plan.when(*releases))
    });
    phrases.collect()
}

/// Predicate for an action, with its cost.
const fn phrase(action: Action) -> &'static str {
    match action {
        Action::Keep => "will be kept: its status, key, secret and tokens do not change",
        Action::Ignored => "will be kept; a change is ignored",
        Action::Unknown => "cannot be predicted: PHP may create, keep, change, orphan or reset it",
        Action::Preserve => "will be kept: its credentials are kept, and the module changes its row in place",
        Action::Rename => "will be renamed: its status, key, secret and tokens do not change",
        Action::Delete => "will be deleted: its row, key, secret, tokens and permissions",
        Action::Update => "will be updated in place: its status, key, secret and tokens do not change",
        Action::Create => "will be created",
        Action::Orphan => "will be orphaned: no module declares it, and its row and tokens stay as they are",
        Action::Reset => {
            "will be reset: Magento deletes its row and creates a new one; its key, secret and tokens are lost"
        }
        Action::Abort => "will stop setup:upgrade with an error",
    }
}

/// Reasons to list for an integration; the bug of a release is noted once for all.
pub(super) fn reasons(planned: &Planned) -> impl Iterator<Item = &Reason> {
    planned.reasons.iter().filter(|reason| reason.cause != Cause::AlwaysResets && reason.cause != Cause::New)
}

/// Reasons in sentences, without permissions that are gained or lost, which are listed.
pub(super) fn sentences(plan: &ModulePlan<'_>, planned: &Planned) -> impl Iterator<Item = String> {
    let told = reasons(planned).filter(|it| !matches!(it.cause, Cause::Gained { .. } | Cause::Lost { .. }));
    told.map(|reason| format!("{}{}", reason.cause.message(), bracketed(plan, reason.releases)))
}

/// Returns true if permissions force the reset.
pub(super) fn forces_reset(planned: &Planned) -> bool {
    let mut causes = planned.reasons.iter().map(|reason| &reason.cause);
    let is_reset = planned.actions.contains_key(&Action::Reset);
    is_reset && causes.any(|cause| matches!(cause, Cause::Gained { .. } | Cause::Lost { .. }))
}

/// Distinct remedies, in the order of the reasons.
pub(in crate::plan) fn remedies(plan: &ModulePlan<'_>, planned: &Planned) -> Vec<String> {
    let mut remedies = Vec::new();
    for reason in planned.reasons.iter().filter(|reason| reason.cause != Cause::AlwaysResets) {
        let remedy = remedy(plan, planned, reason).filter(|remedy| !remedies.contains(remedy));
        remedies.extend(remedy);
    }
    remedies
}

/// Remedy for a reason, if one is needed: integrations that are changed in place, or whose credentials are restored,
/// need no re-authorisation.
pub(super) fn remedy(plan: &ModulePlan<'_>, planned: &Planned, reason: &Reason) -> Option<String> {
    let is_change = matches!(
        reason.cause,
        Cause::Changed { .. } | Cause::Gained { .. } | Cause::Lost { .. } | Cause::TakenOver { .. }
    );
    let is_by_plugin = planned.actions.keys().any(|action| action.is_by_plugin());
    let keeps = is_reattached(plan, planned) || is_by_plugin && !planned.actions.contains_key(&Action::Reset);
    if is_change && !keeps && !planned.actions.contains_key(&Action::Reset) {
        return None;
    }
    match (&reason.cause, plan.removals.get(&planned.name)) {
        (Cause::Gained { .. }, _) if keeps => Some(
            "make sure that it may use the new permissions at once: no one has to re-authorise it".to_owned(),
        ),
        _ if is_change && keeps => None,
        // Other releases grant it, and those that lack it ignore it.
        (Cause::NotGranted { .. }, _) if reason.releases != plan.plan.releases => None,
        (Cause::Removed { renamed_to }, statements) => {
            let name = &planned.name;
            let statements = statements.map(|all| all.trim_end_matches(';'));
            let by_hand = statements.or(reason.cause.remedy()).unwrap_or_default();
            let first = match renamed_to {
                Some(new) => format!("if it is the same integration, add renamed_from = {name:?} to `{new}`; if not, "),
                None => String::new(),
            };
            Some(format!(
                "{first}once nobody uses it, list it in [retired], integrations = [{name:?}], or remove it by hand: n98-magerun2 \
                 integration:delete, or {by_hand}"
            ))
        }
        (cause, _) if is_change && !matches!(cause, Cause::TakenOver { .. }) && !planned.permissions.gained.is_empty() => {
            cause.remedy().map(|remedy| {
                format!("{remedy}: its new permissions then take effect without re-authorisation")
            })
        }
        (Cause::New, _) if has_both_urls(plan, planned) => Some(
            "activate it in System > Extensions > Integrations: Magento then posts its credentials to `endpoint_url`"
                .to_owned(),
        ),
        (cause, _) => cause.remedy().map(str::to_owned),
    }
}

/// Returns true if Magento hands over the credentials itself on activation.
fn has_both_urls(plan: &ModulePlan<'_>, planned: &Planned) -> bool {
    let mut all = plan.spec.module.integrations.iter();
    all.any(|it| {
        it.name.as_str() == planned.name && it.endpoint_url.is_some() && it.identity_link_url.is_some()
    })
}

fn is_reattached(plan: &ModulePlan<'_>, planned: &Planned) -> bool {
    plan.reattached.contains(&planned.name)
}

/// `Plan: 1 to reset, 2 to keep.`
pub(crate) fn summary(plans: &[&ModulePlan<'_>]) -> String {
    let verbs = [
        (Action::Abort, "to stop setup:upgrade"),
        (Action::Reset, "to reset"),
        (Action::Orphan, "to orphan"),
        (Action::Delete, "to delete"),
        (Action::Create, "to create"),
        (Action::Rename, "to rename"),
        (Action::Update, "to update in place"),
        (Action::Unknown, "that cannot be known"),
    ];
    let all = || plans.iter().copied().flat_map(ModulePlan::integrations);
    let anyway = all().filter(|planned| planned.is_reset_anyway()).count();
    let count = |action| all().filter(|it| it.action() == action && !it.is_reset_anyway()).count();
    let counts = verbs.into_iter().map(|(action, verb)| (count(action), verb.to_owned()));
    let ignored = count(Action::Ignored);
    let preserved = count(Action::Preserve);
    let kept = count(Action::Keep) + ignored + preserved;
    let fewer = all().filter(|it| it.action() == Action::Keep && !it.routes.lost.is_empty()).count();
    let mut notes = Vec::new();
    if preserved > 0 {
        let count = if preserved == kept { String::new() } else { format!("{preserved} ") };
        notes.push(count + "changed in place");
    }
    if ignored > 0 {
        notes.push(plural(ignored, "change") + " ignored");
    }
    if fewer > 0 {
        let count = if fewer == kept { String::new() } else { format!("{fewer} ") };
        notes.push(count + "with fewer routes");
    }
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
    let counts = counts
        .chain([(kept, format!("to keep{notes}")), (anyway, "to reset because of a Magento bug".to_owned())]);
    let breaks: usize = plans.iter().map(|plan| plan.breaks.len()).sum();
    let verb = if breaks == 1 { "breaking change" } else { "breaking changes" };
    let counts = counts.chain([(breaks, verb.to_owned())]);
    let counts: Vec<String> =
        counts.filter(|(count, _)| *count > 0).map(|(count, verb)| format!("{count} {verb}")).collect();
    if counts.is_empty() { "Plan: no changes.".to_owned() } else { format!("Plan: {}.", counts.join(", ")) }
}

/// Counts the permissions and routes of a new integration.
pub(super) fn grants(planned: &Planned) -> Option<String> {
    let is_new = planned.action() == Action::Create && planned.permissions.lost.is_empty();
    let permissions = plural(planned.permissions.gained.len(), "permission");
    let routes = plural(planned.routes.gained.len(), "route");
    is_new.then(|| format!("{permissions}, {routes}"))
}

/// Returns the integrations that are shown one by one.
pub(super) fn shown<'a>(plan: &'a ModulePlan<'_>) -> impl Iterator<Item = &'a Planned> {
    plan.integrations().filter(|it| !is_folded(plan, it))
}

/// Returns a sign and a line for the unchanged integrations of other modules, by action.
pub(super) fn folded(plan: &ModulePlan<'_>) -> Vec<(&'static str, String)> {
    let all = plan.integrations().filter(|it| is_folded(plan, it));
    let (reset, kept): (Vec<_>, Vec<_>) = all.partition(|it| it.is_reset_anyway());
    let line = |all: Vec<&Planned>, what: &str| {
        let names: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
        format!("{} of other modules {what}: {}", plural(names.len(), "integration"), names.join(", "))
    };
    let groups = [(Action::Reset, reset, "reset, as at every setup:upgrade"), (Action::Keep, kept, "kept")];
    let groups = groups.into_iter().filter(|(_, all, _)| !all.is_empty());
    groups.map(|(action, all, what)| (action.symbol(), line(all, what))).collect()
}

fn is_folded(plan: &ModulePlan<'_>, planned: &Planned) -> bool {
    plan.others.contains(&planned.name) && planned.is_unchanged()
}

/// Releases in brackets, to follow a line.
pub(crate) fn bracketed(plan: &ModulePlan<'_>, releases: ReleaseSet) -> String {
    let when = plan.when(releases);
    if when.is_empty() { when } else { format!(" ({})", when.trim_start()) }
}
