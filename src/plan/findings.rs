//! Risks of a plan as findings, located at their causes.

use super::{Action, Attribute, Break, Cause, ModulePlan, Planned, render::remedies};
use crate::{
    diag::{Diagnostic, Report, Rule},
    spec::{Spans, Spec, api::Data, pointer},
};

/// Report of the risks of one plan, at the levels of `[rules]`; `None` without risks.
#[must_use]
pub fn risks(plan: &ModulePlan<'_>) -> Option<Report> {
    let source = plan.spec.source;
    let spec = plan.spec.loaded.spec.as_ref()?;
    let place = SpecPlaces { spec, spans: &plan.spec.loaded.spans };
    let findings = plan.integrations().flat_map(|planned| {
        [
            stop(plan, &place, planned),
            reset(plan, &place, planned),
            orphan(plan, &place, planned),
            grow(plan, &place, planned),
        ]
    });
    let breaks = plan.breaks.iter().map(|broken| breaking(&place, broken));
    let findings = spec.rules.apply(findings.flatten().chain(breaks).collect());
    (!findings.is_empty()).then(|| Report::new(source.clone(), findings))
}

struct SpecPlaces<'a> {
    spec: &'a Spec,
    spans: &'a Spans,
}

impl SpecPlaces<'_> {
    /// Span of an attribute of the integration, falling back to its name, then to the module's name.
    fn of(&self, name: &str, attribute: Option<Attribute>) -> Option<std::ops::Range<usize>> {
        let Some(at) = self.spec.integration.iter().position(|it| it.name.as_str() == name) else {
            return self.spans.value(&pointer!["module", "name"]);
        };
        let attribute =
            attribute.and_then(|key| self.spans.value(&pointer!["integration", at, key.as_str()]));
        attribute.or_else(|| self.spans.value(&pointer!["integration", at, "name"]))
    }

    /// Span of its current declaration, falling back to the module's name.
    fn of_break(&self, broken: &Break) -> Option<std::ops::Range<usize>> {
        let route = match broken {
            Break::TopicChanged { topic, .. } => {
                let at = self.spec.webhook.iter().position(|webhook| webhook.topic.as_str() == topic);
                at.map(|at| pointer!["webhook", at, "fields"])
            }
            Break::RouteOpened(route) | Break::RouteChanged { route, .. } => {
                let services = self.spec.service.iter().enumerate();
                let mut methods = services.flat_map(|(at, service)| {
                    let methods = service.method.iter().enumerate();
                    methods.map(move |(method, it)| {
                        (pointer!["service", at, "method", method, "route"], &it.route)
                    })
                });
                let is_it = |it: &crate::names::Route| it.method() == route.method && it.path() == route.path;
                methods.find(|(_, it)| is_it(it)).map(|(place, _)| place)
            }
            Break::DataChanged { data, changes } => {
                let is_it = |it: &Data| format!("{}Interface", it.name) == *data;
                let mut all = self.spec.data.iter().enumerate();
                all.find(|(_, it)| is_it(it)).map(|(at, it)| {
                    // Each change starts with the name of its field.
                    let mut named = changes.iter().filter_map(|change| change.split(' ').next());
                    let fields = || it.fields.keys().map(|field| field.as_str());
                    let field = named.find_map(|name| fields().find(|field| *field == name));
                    field.map_or_else(
                        || pointer!["data", at, "name"],
                        |field| pointer!["data", at, "fields", field],
                    )
                })
            }
            Break::SettingMoved { to: Some(to), .. } => {
                let is_it = |path: &str| to.split_once('/').is_some_and(|(_, behind)| behind == path);
                let at = self.spec.setting.iter().position(|setting| is_it(setting.path.as_str()));
                at.map(|at| pointer!["setting", at, "path"])
            }
            _ => None,
        };
        route
            .and_then(|route| self.spans.value(&route))
            .or_else(|| self.spans.value(&pointer!["module", "name"]))
    }
}

/// Finding for a breaking change.
fn breaking(place: &SpecPlaces<'_>, broken: &Break) -> Diagnostic {
    Diagnostic::new(
        Rule::BreakingChange,
        format!("{} {} {}", broken.kind(), broken.subject(), broken.message()),
    )
    .at(place.of_break(broken))
    .reason("other systems rely on it, and Magento does not notify them")
    .help(broken.remedy())
}

/// Finding for a stop of `setup:upgrade`.
fn stop(plan: &ModulePlan<'_>, place: &SpecPlaces<'_>, planned: &Planned) -> Option<Diagnostic> {
    let releases = *planned.actions.get(&Action::Abort)?;
    let cause = planned.reasons.iter().map(|reason| &reason.cause).find(|cause| cause.is_stop())?;
    let finding = Diagnostic::new(
        Rule::UpgradeStops,
        format!("setup:upgrade stops at `{}`{}", planned.name, plan.when(releases)),
    )
    .at(place.of(&planned.name, cause.attribute()))
    .reason(cause.message());
    Some(finding.help(cause.remedy().unwrap_or_default()))
}

/// Finding for a reset that the spec causes; those of buggy releases are `target-always-resets`.
fn reset(plan: &ModulePlan<'_>, place: &SpecPlaces<'_>, planned: &Planned) -> Option<Diagnostic> {
    let releases = *planned.actions.get(&Action::Reset)?;
    let causes = || planned.reasons.iter().map(|reason| &reason.cause);
    let own = |cause: &&Cause| {
        matches!(
            cause,
            Cause::Changed { .. }
                | Cause::Gained { .. }
                | Cause::Lost { .. }
                | Cause::TooLong { .. }
                | Cause::Supplementary { .. }
                | Cause::TakenOver { .. }
        )
    };
    let first = causes().find(own)?;
    let joined = |is_it: &dyn Fn(&&Cause) -> bool| {
        causes().filter(is_it).map(Cause::message).collect::<Vec<_>>().join("; ")
    };
    let taken_along = joined(&|cause| matches!(cause, Cause::TakenAlong { .. }));
    let besides = if taken_along.is_empty() { String::new() } else { format!(". Besides, {taken_along}") };
    let finding = Diagnostic::new(
        Rule::Reset,
        format!("setup:upgrade resets `{}`{}", planned.name, plan.when(releases)),
    )
    .at(place.of(&planned.name, first.attribute()))
    .reason(format!(
        "Magento deletes the row and creates a new one without its key, secret and tokens, because {}{besides}",
        joined(&own)
    ));
    Some(finding.help(remedies(plan, planned).join("; ")))
}

fn orphan(plan: &ModulePlan<'_>, place: &SpecPlaces<'_>, planned: &Planned) -> Option<Diagnostic> {
    let releases = *planned.actions.get(&Action::Orphan)?;
    let mut causes = planned.reasons.iter().map(|reason| &reason.cause);
    let cause = causes.find(|it| matches!(it, Cause::Removed { .. } | Cause::Contested { .. }))?;
    let finding =
        Diagnostic::new(Rule::Orphan, format!("`{}` will be orphaned{}", planned.name, plan.when(releases)))
            .at(place.of(cause.after().unwrap_or(&planned.name), None))
            .reason(cause.message());
    Some(finding.help(remedies(plan, planned).join("; ")))
}

/// Finding for permissions that an existing integration gains, also by a new name.
fn grow(plan: &ModulePlan<'_>, place: &SpecPlaces<'_>, planned: &Planned) -> Option<Diagnostic> {
    let is_new = planned.actions.contains_key(&Action::Create);
    let (gained, than) = match &planned.predecessor {
        Some(old) => (&old.lacks, format!(" that `{}` does not have", old.name)),
        None if is_new => return None,
        None => (&planned.permissions.gained, String::new()),
    };
    if gained.is_empty() {
        return None;
    }
    let all: Vec<String> =
        gained.iter().map(|(id, releases)| format!("{id}{}", plan.when(*releases))).collect();
    Some(
        Diagnostic::new(
            Rule::PermissionsGrow,
            format!("`{}` gains permissions{than}: {}", planned.name, all.join(", ")),
        )
        .at(place.of(&planned.name, Some(Attribute::Resources)))
        .reason(
            "anyone who holds its token gains these permissions; after a reset, only once someone has re-authorised it",
        )
        .help("grant only what its calls need: `magespec access` shows what each permission is for"),
    )
}
