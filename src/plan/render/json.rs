//! Plan as JSON.

use serde_json::Value;

use super::wording::remedy;
use crate::{
    catalog::ReleaseSet,
    deploy::DeployMode,
    diag::render::json_document,
    module::{Lacks, Missing, Unfit},
    plan::{Cause, ModulePlan, Planned, Reason},
};

/// Renders plans as one JSON document.
#[must_use]
pub fn json(plans: &[ModulePlan<'_>]) -> Value {
    json_document(lists(&plans.iter().collect::<Vec<_>>()))
}

/// Lists of the document.
pub(super) fn lists(plans: &[&ModulePlan<'_>]) -> [(&'static str, Value); 5] {
    let plans = || plans.iter().copied();
    let integrations =
        plans().flat_map(|plan| plan.integrations().map(move |planned| integration(plan, planned)));
    let steps = plans().flat_map(steps);
    let breaks = plans().flat_map(breaks);
    let missing = plans().flat_map(missing);
    let notes = plans().flat_map(notes);
    [
        ("integrations", integrations.collect()),
        ("breaks", breaks.collect()),
        ("missing", missing.collect()),
        ("steps", steps.collect()),
        ("notes", notes.collect()),
    ]
}

fn integration(plan: &ModulePlan<'_>, planned: &Planned) -> Value {
    let runs = |releases: ReleaseSet| plan.spec.catalog.runs(releases);
    let actions = planned.actions.iter().rev();
    let actions = actions.map(
        |(action, releases)| serde_json::json!({ "action": action.as_str(), "releases": runs(*releases) }),
    );
    let permission =
        |(id, releases): (&String, &ReleaseSet)| serde_json::json!({ "id": id, "releases": runs(*releases) });
    let route = |(route, releases): (&crate::module::RouteName, &ReleaseSet)| serde_json::json!({ "method": route.method, "path": route.path, "releases": runs(*releases) });
    serde_json::json!({
        "name": planned.name,
        "module": plan.spec.module.name.as_str(),
        "not_verified": plan.spec.catalog.unverified_runs(plan.plan.releases),
        "action": planned.action().as_str(),
        "actions": actions.collect::<Vec<_>>(),
        "reasons": planned.reasons.iter().map(|it| reason(plan, planned, it)).collect::<Vec<_>>(),
        "permissions": {
            "gained": planned.permissions.gained.iter().map(permission).collect::<Vec<_>>(),
            "lost": planned.permissions.lost.iter().map(permission).collect::<Vec<_>>(),
        },
        "routes": {
            "gained": planned.routes.gained.iter().map(route).collect::<Vec<_>>(),
            "lost": planned.routes.lost.iter().map(route).collect::<Vec<_>>(),
        },
    })
}

fn reason(plan: &ModulePlan<'_>, planned: &Planned, reason: &Reason) -> Value {
    let cause = &reason.cause;
    serde_json::json!({
        "code": cause.code(),
        "attribute": cause.attribute().map(|attribute| attribute.as_str()),
        // A removed integration has its name before and nothing after.
        "before": cause.before().or(matches!(cause, Cause::Removed { .. }).then_some(&*planned.name)),
        "after": cause.after(),
        "releases": plan.spec.catalog.runs(reason.releases),
        "message": cause.message(),
        "remedy": remedy(plan, planned, reason),
    })
}

fn breaks<'a>(plan: &'a ModulePlan<'_>) -> impl Iterator<Item = Value> + 'a {
    plan.breaks.iter().map(|broken| {
        serde_json::json!({
            "module": plan.spec.module.name.as_str(),
            "code": broken.code(),
            "subject": broken.subject(),
            "message": broken.message(),
            "remedy": broken.remedy(),
        })
    })
}

/// Gap in the user's classes: a file, a class, or methods with the imports they need.
fn missing<'a>(plan: &'a ModulePlan<'_>) -> impl Iterator<Item = Value> + 'a {
    plan.unfit.iter().map(|Unfit { path, lacks }| {
        let (lacks, methods, imports) = match lacks {
            Lacks::File => ("file", [].as_slice(), [].as_slice()),
            Lacks::Syntax => ("syntax", [].as_slice(), [].as_slice()),
            Lacks::Class(_) => ("class", [].as_slice(), [].as_slice()),
            Lacks::Methods { methods, imports } => ("methods", methods.as_slice(), imports.as_slice()),
            Lacks::Declaration { .. } => ("declaration", [].as_slice(), [].as_slice()),
        };
        let method =
            |it: &Missing| serde_json::json!({ "name": it.name, "text": it.text, "found": it.found });
        let methods = methods.iter().map(method);
        serde_json::json!({
            "module": plan.spec.module.name.as_str(),
            "path": path.as_str(),
            "lacks": lacks,
            "methods": methods.collect::<Vec<_>>(),
            "imports": imports,
        })
    })
}

fn notes<'a>(plan: &'a ModulePlan<'_>) -> impl Iterator<Item = Value> + 'a {
    let module = plan.spec.module.name.as_str();
    plan.notes.iter().map(move |note| serde_json::json!({ "module": module, "message": note }))
}

/// Commands of a plan.
pub(super) fn steps<'a>(plan: &'a ModulePlan<'_>) -> impl Iterator<Item = Value> + 'a {
    plan.instructions.iter().map(|step| {
        serde_json::json!({
            "module": plan.spec.module.name.as_str(),
            "command": step.line,
            "files": step.files,
            "message": step.remark(),
            "mode": step.mode.map(DeployMode::as_str),
        })
    })
}
