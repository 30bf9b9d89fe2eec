//! Plan as JSON.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::wording::remedy;
use crate::{
    catalog::ReleaseSet,
    deploy::DeployMode,
    diag::render::versioned,
    module::{Lacks, Missing, RouteName, Unfit},
    plan::{Cause, Delta, ModulePlan, Planned, Reason},
};

/// Effects of the next `setup:upgrade`.
#[derive(Serialize, JsonSchema)]
pub(crate) struct JsonPlan<'a, I> {
    /// Integrations of all specs.
    integrations: Vec<I>,
    /// Promises to other systems that the change breaks.
    breaks: Vec<JsonBreak<'a>>,
    /// Gaps in the classes of the user.
    missing: Vec<JsonMissing<'a>>,
    /// Commands that put the change into effect, in order.
    steps: Vec<JsonStep<'a>>,
    /// Notes about the plans.
    notes: Vec<JsonNote<'a>>,
}

/// Effect on an integration.
#[derive(Serialize, JsonSchema)]
pub(crate) struct JsonPlanned<'a> {
    /// Name of the integration.
    name: &'a str,
    /// Name of its module.
    module: &'a str,
    /// Releases whose ACL and routes were not read from their code, below `deduced` and `assumed`.
    not_verified: BTreeMap<String, Vec<String>>,
    /// The worst of `actions`.
    #[schemars(extend("enum" = ["keep", "ignored", "unknown", "preserve", "update", "rename", "create", "delete", "orphan", "reset", "abort"]))]
    action: &'static str,
    /// Actions, the worst first; each release occurs once.
    actions: Vec<ReleaseAction>,
    /// Reasons for the actions.
    reasons: Vec<JsonReason<'a>>,
    /// ACL resources that the integration gains and loses.
    permissions: Differences<ReleasePermission<'a>>,
    /// REST routes that the integration gains and loses, without those that everyone may call.
    routes: Differences<ReleaseRoute<'a>>,
}

/// Action of `setup:upgrade`.
#[derive(Serialize, JsonSchema)]
struct ReleaseAction {
    /// Action on the integration.
    #[schemars(extend("enum" = ["keep", "ignored", "unknown", "preserve", "update", "rename", "create", "delete", "orphan", "reset", "abort"]))]
    action: &'static str,
    /// Releases in which it happens, as ranges.
    releases: Vec<String>,
}

/// Reason for an action.
#[derive(Serialize, JsonSchema)]
struct JsonReason<'a> {
    /// Code of the reason.
    code: &'static str,
    /// Attribute of the integration, named as in the spec; null if the reason is another.
    attribute: Option<&'static str>,
    /// Value before; null if there is none.
    before: Option<&'a str>,
    /// Value after; null if there is none.
    after: Option<&'a str>,
    /// Releases for which it holds, as ranges.
    releases: Vec<String>,
    /// The reason in words.
    message: String,
    /// Advice; null if there is none.
    remedy: Option<String>,
}

/// Differences between before and after.
#[derive(Serialize, JsonSchema)]
#[schemars(inline)]
struct Differences<T> {
    /// Only after the change.
    gained: Vec<T>,
    /// Only before the change.
    lost: Vec<T>,
}

/// ACL resource.
#[derive(Serialize, JsonSchema)]
struct ReleasePermission<'a> {
    /// Id of the resource.
    id: &'a str,
    /// Releases for which it holds, as ranges.
    releases: Vec<String>,
}

/// REST route.
#[derive(Serialize, JsonSchema)]
struct ReleaseRoute<'a> {
    /// HTTP method.
    method: &'a str,
    /// Path, with its parameters as `:name`.
    path: &'a str,
    /// Releases for which it holds, as ranges.
    releases: Vec<String>,
}

/// Promise that is broken.
#[derive(Serialize, JsonSchema)]
struct JsonBreak<'a> {
    /// Name of the module.
    module: &'a str,
    /// Code of the break.
    code: &'static str,
    /// Thing that other systems rely on.
    subject: String,
    /// The break in words.
    message: String,
    /// Advice.
    remedy: String,
}

/// Gap in a class of the user.
#[derive(Serialize, JsonSchema)]
struct JsonMissing<'a> {
    /// Name of the module.
    module: &'a str,
    /// Path of the file in the module.
    path: &'a str,
    /// Kind of the gap: the file, valid PHP, the class, methods in it, or its declaration.
    #[schemars(extend("enum" = ["file", "syntax", "class", "methods", "declaration"]))]
    lacks: &'static str,
    /// Methods that are missing or declared differently.
    methods: Vec<MissingMethod<'a>>,
    /// Classes that the file has to import for them.
    imports: &'a [String],
}

/// Method that a class lacks.
#[derive(Serialize, JsonSchema)]
struct MissingMethod<'a> {
    /// Name of the method.
    name: &'a str,
    /// Code of the method; for an existing one, its declaration.
    text: &'a str,
    /// Existing declaration that does not fit; null if there is none.
    found: Option<&'a str>,
}

/// Command.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonStep<'a> {
    /// Name of the module.
    module: &'a str,
    /// Command line for `bin/magento`.
    command: &'a str,
    /// Changed files that need the command.
    files: &'a [String],
    /// Reason for the command.
    message: String,
    /// Deploy mode, if only one needs the command; otherwise null. `development` stands for default and developer mode.
    #[schemars(extend("enum" = ["production", "development", null]))]
    mode: Option<&'static str>,
}

/// Note about a plan.
#[derive(Serialize, JsonSchema)]
struct JsonNote<'a> {
    /// Name of the module.
    module: &'a str,
    /// The note.
    message: &'a str,
}

/// Renders plans as one JSON document.
#[must_use]
pub fn json(plans: &[ModulePlan<'_>]) -> Value {
    versioned(&document(&plans.iter().collect::<Vec<_>>(), plans.iter().flat_map(json_integrations)))
}

/// Document of plans, with their integrations.
pub(super) fn document<'a, I>(
    plans: &[&'a ModulePlan<'a>],
    integrations: impl Iterator<Item = I>,
) -> JsonPlan<'a, I> {
    let plans = || plans.iter().copied();
    JsonPlan {
        integrations: integrations.collect(),
        breaks: plans().flat_map(breaks).collect(),
        missing: plans().flat_map(missing).collect(),
        steps: plans().flat_map(steps).collect(),
        notes: plans().flat_map(notes).collect(),
    }
}

impl<'a, I> JsonPlan<'a, I> {
    pub(super) fn with_steps(self, steps: Vec<JsonStep<'a>>) -> Self {
        Self { steps, ..self }
    }
}

/// Integrations of a plan.
pub(crate) fn json_integrations<'a>(plan: &'a ModulePlan<'a>) -> impl Iterator<Item = JsonPlanned<'a>> {
    plan.integrations().map(move |planned| integration(plan, planned))
}

fn integration<'a>(plan: &'a ModulePlan<'a>, planned: &'a Planned) -> JsonPlanned<'a> {
    let runs = |releases: ReleaseSet| plan.spec.catalog.runs(releases);
    let actions = planned.actions.iter().rev();
    let permission =
        |id: &'a String, releases: ReleaseSet| ReleasePermission { id, releases: runs(releases) };
    let route = |route: &'a RouteName, releases: ReleaseSet| ReleaseRoute {
        method: &route.method,
        path: &route.path,
        releases: runs(releases),
    };
    JsonPlanned {
        name: &planned.name,
        module: plan.spec.module.name.as_str(),
        not_verified: plan.spec.catalog.unverified_runs(plan.plan.releases),
        action: planned.action().as_str(),
        actions: actions
            .map(|(action, releases)| ReleaseAction { action: action.as_str(), releases: runs(*releases) })
            .collect(),
        reasons: planned.reasons.iter().map(|it| reason(plan, planned, it)).collect(),
        permissions: differences(&planned.permissions, permission),
        routes: differences(&planned.routes, route),
    }
}

fn differences<'a, T: Ord, R>(
    delta: &'a Delta<T>,
    render: impl Fn(&'a T, ReleaseSet) -> R,
) -> Differences<R> {
    let all =
        |side: &'a BTreeMap<T, ReleaseSet>| side.iter().map(|(it, releases)| render(it, *releases)).collect();
    Differences { gained: all(&delta.gained), lost: all(&delta.lost) }
}

fn reason<'a>(plan: &ModulePlan<'_>, planned: &'a Planned, reason: &'a Reason) -> JsonReason<'a> {
    let cause = &reason.cause;
    JsonReason {
        code: cause.code(),
        attribute: cause.attribute().map(|attribute| attribute.as_str()),
        // A removed integration has its name before and nothing after.
        before: cause.before().or(matches!(cause, Cause::Removed { .. }).then_some(&*planned.name)),
        after: cause.after(),
        releases: plan.spec.catalog.runs(reason.releases),
        message: cause.message(),
        remedy: remedy(plan, planned, reason),
    }
}

fn breaks<'a>(plan: &'a ModulePlan<'_>) -> impl Iterator<Item = JsonBreak<'a>> {
    plan.breaks.iter().map(|broken| JsonBreak {
        module: plan.spec.module.name.as_str(),
        code: broken.code(),
        subject: broken.subject(),
        message: broken.message(),
        remedy: broken.remedy(),
    })
}

fn missing<'a>(plan: &'a ModulePlan<'_>) -> impl Iterator<Item = JsonMissing<'a>> {
    plan.unfit.iter().map(|Unfit { path, lacks }| {
        let (lacks, methods, imports) = match lacks {
            Lacks::File => ("file", [].as_slice(), [].as_slice()),
            Lacks::Syntax => ("syntax", [].as_slice(), [].as_slice()),
            Lacks::Class(_) => ("class", [].as_slice(), [].as_slice()),
            Lacks::Methods { methods, imports } => ("methods", methods.as_slice(), imports.as_slice()),
            Lacks::Declaration { .. } => ("declaration", [].as_slice(), [].as_slice()),
        };
        let method = |Missing { name, text, found }: &'a Missing| MissingMethod {
            name,
            text,
            found: found.as_deref(),
        };
        JsonMissing {
            module: plan.spec.module.name.as_str(),
            path: path.as_str(),
            lacks,
            methods: methods.iter().map(method).collect(),
            imports,
        }
    })
}

fn notes<'a>(plan: &'a ModulePlan<'_>) -> impl Iterator<Item = JsonNote<'a>> {
    let module = plan.spec.module.name.as_str();
    plan.notes.iter().map(move |message| JsonNote { module, message })
}

/// Commands of a plan.
pub(super) fn steps<'a>(plan: &'a ModulePlan<'_>) -> impl Iterator<Item = JsonStep<'a>> {
    plan.instructions.iter().map(|step| JsonStep {
        module: plan.spec.module.name.as_str(),
        command: &step.line,
        files: &step.files,
        message: step.remark(),
        mode: step.mode.map(DeployMode::as_str),
    })
}
