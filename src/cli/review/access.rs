//! Access of an integration, with what it gains and loses.

use crate::{
    cli::access::Subject,
    diag::plural,
    plan::{Action, ModulePlan, Planned, Predecessor, render::bracketed},
};

/// Integration with its access and what changes in it.
pub(super) struct AccessChange<'a> {
    pub(super) subject: &'a Subject<'a>,
    /// Plan of its module, and of itself.
    planned: Option<(&'a ModulePlan<'a>, &'a Planned)>,
}

/// Permissions or routes that are gained or lost, as text with their releases.
pub(super) struct Gains {
    /// `Permissions gained`.
    pub(super) title: &'static str,
    /// True if they are gained.
    pub(super) is_gain: bool,
    /// Names, with a suffix such as ` (in 2.4.4)`.
    pub(super) items: Vec<(String, String)>,
}

impl<'a> AccessChange<'a> {
    pub(super) fn of(subject: &'a Subject<'a>, plans: &'a [ModulePlan<'a>]) -> Self {
        let plan = plans.iter().find(|plan| plan.spec.module.name == *subject.module);
        let planned = plan.and_then(|plan| {
            let is_it = |it: &&Planned| it.name == subject.integration.name.as_str();
            Some((plan, plan.integrations().find(is_it)?))
        });
        Self { subject, planned }
    }

    /// Says what the integration gains and loses.
    pub(super) fn in_words(&self) -> String {
        match self.planned {
            Some((plan, planned)) if is_new(planned) => {
                let than = planned.predecessor.as_ref().map(|old| compared_with(plan, old));
                format!("New: it gains everything listed below.{}", than.unwrap_or_default())
            }
            Some((_, planned)) => match counts([planned]) {
                text if text.is_empty() => "It gains and loses nothing.".to_owned(),
                text => format!("It {text}."),
            },
            None => String::new(),
        }
    }

    /// Lists gains and losses, unless everything is new.
    pub(super) fn gains(&self) -> Vec<Gains> {
        let Some((plan, planned)) = self.planned.filter(|(_, planned)| !is_new(planned)) else {
            return Vec::new();
        };
        let (permissions, routes) = (&planned.permissions, &planned.routes);
        let name = |(name, releases): (String, _)| (name, bracketed(plan, releases));
        let ids = |all: &std::collections::BTreeMap<String, _>| {
            all.iter().map(|(id, releases)| name((id.clone(), *releases))).collect()
        };
        let names = |all: &std::collections::BTreeMap<crate::module::RouteName, _>| {
            all.iter().map(|(route, releases)| name((route.to_string(), *releases))).collect()
        };
        let all = [
            Gains { title: "Permissions gained", is_gain: true, items: ids(&permissions.gained) },
            Gains { title: "Permissions lost", is_gain: false, items: ids(&permissions.lost) },
            Gains { title: "Routes gained", is_gain: true, items: names(&routes.gained) },
            Gains { title: "Routes lost", is_gain: false, items: names(&routes.lost) },
        ];
        all.into_iter().filter(|it| !it.items.is_empty()).collect()
    }
}

/// Says what the integrations of plans gain and lose together.
pub(super) fn total(plans: &[ModulePlan<'_>]) -> String {
    let all: Vec<&Planned> = plans.iter().flat_map(ModulePlan::integrations).collect();
    let new = all.iter().filter(|planned| is_new(planned)).count();
    let (mut old, gone): (Vec<&Planned>, Vec<&Planned>) =
        all.iter().filter(|planned| !is_new(planned)).partition(|it| it.action() != Action::Orphan);
    let deleted = old.extract_if(.., |it| it.action() == Action::Delete).count();
    let changed = old.iter().filter(|it| !it.permissions.is_empty() || !it.routes.is_empty()).count();
    let mut parts = Vec::new();
    if new > 0 {
        parts.push(format!("{} created", plural(new, "integration")));
    }
    if changed > 0 {
        let verb = counts(old);
        parts.push(format!("{changed} changed: {verb}"));
    }
    if deleted > 0 {
        parts.push(format!("{deleted} deleted"));
    }
    if !gone.is_empty() {
        parts.push(format!("{} no longer declared, which keeps its access", gone.len()));
    }
    if parts.is_empty() { "nothing gained, nothing lost".to_owned() } else { parts.join("; ") }
}

/// Integrations that nothing declares any more, whose tokens stay valid.
pub(super) fn undeclared<'a>(plans: &'a [ModulePlan<'_>]) -> impl Iterator<Item = &'a str> {
    let all = plans.iter().flat_map(ModulePlan::integrations);
    all.filter(|planned| planned.action() == Action::Orphan).map(|planned| planned.name.as_str())
}

/// Says which permissions an integration does not have that may have been renamed.
fn compared_with(plan: &ModulePlan<'_>, old: &Predecessor) -> String {
    let lacks: Vec<String> =
        old.lacks.iter().map(|(id, releases)| format!("{id}{}", bracketed(plan, *releases))).collect();
    let lacks = if lacks.is_empty() { "none of them".to_owned() } else { lacks.join(", ") };
    format!(" `{}` may have been renamed to it, and lacks {lacks}.", old.name)
}

fn is_new(planned: &Planned) -> bool {
    planned.action() == Action::Create && planned.permissions.lost.is_empty()
}

/// `gains 1 permission, 2 routes; loses 1 route`.
fn counts<'a>(all: impl IntoIterator<Item = &'a Planned> + Clone) -> String {
    let sum = |count: &dyn Fn(&Planned) -> usize| all.clone().into_iter().map(count).sum::<usize>();
    let counted = |verb: &str, permissions: usize, routes: usize| {
        let counts = [(permissions, "permission"), (routes, "route")].into_iter();
        let counts: Vec<String> =
            counts.filter(|(count, _)| *count > 0).map(|(count, word)| plural(count, word)).collect();
        (!counts.is_empty()).then(|| format!("{verb} {}", counts.join(", ")))
    };
    let gained = counted("gains", sum(&|it| it.permissions.gained.len()), sum(&|it| it.routes.gained.len()));
    let lost = counted("loses", sum(&|it| it.permissions.lost.len()), sum(&|it| it.routes.lost.len()));
    gained.into_iter().chain(lost).collect::<Vec<_>>().join("; ")
}
