//! The plan for programs.

use serde_json::{Value, json};

use crate::{
    catalog::ReleaseSet,
    cli::plan::{document::Document, words::remedy},
    diag::render::json_document,
    module::{Lacks, Missing, Unfit},
    plan::{Cause, Planned, Reason},
};

pub(super) fn document(documents: &[Document<'_>]) -> Value {
    let integrations = documents
        .iter()
        .flat_map(|document| document.integrations().map(move |planned| integration(document, planned)));
    let steps = documents.iter().flat_map(steps);
    let breaks = documents.iter().flat_map(breaks);
    let missing = documents.iter().flat_map(missing);
    json_document([
        ("integrations", integrations.collect()),
        ("breaks", breaks.collect()),
        ("missing", missing.collect()),
        ("steps", steps.collect()),
    ])
}

/// The document where the shop does not answer.
pub(super) fn failure(message: &str) -> Value {
    json_document([("error", message.into())])
}

fn integration(document: &Document<'_>, planned: &Planned) -> Value {
    let runs = |releases: ReleaseSet| document.catalog.runs(releases);
    let actions = planned.actions.iter().rev();
    let actions =
        actions.map(|(action, releases)| json!({ "action": action.as_str(), "releases": runs(*releases) }));
    let permission =
        |(id, releases): (&String, &ReleaseSet)| json!({ "id": id, "releases": runs(*releases) });
    let route = |(route, releases): (&crate::module::RouteName, &ReleaseSet)| json!({ "method": route.method, "path": route.path, "releases": runs(*releases) });
    json!({
        "name": planned.name,
        "module": document.module.name.as_str(),
        "action": planned.action().as_str(),
        "actions": actions.collect::<Vec<_>>(),
        "reasons": planned.reasons.iter().map(|it| reason(document, planned, it)).collect::<Vec<_>>(),
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

fn reason(document: &Document<'_>, planned: &Planned, reason: &Reason) -> Value {
    let cause = &reason.cause;
    json!({
        "code": cause.code(),
        "attribute": cause.attribute().map(|attribute| attribute.as_str()),
        // Of what is gone, the name is what was before.
        "before": cause.before().or(matches!(cause, Cause::Removed { .. }).then_some(&*planned.name)),
        "after": cause.after(),
        "releases": document.catalog.runs(reason.releases),
        "message": cause.message(),
        "remedy": remedy(document, planned, reason),
    })
}

fn breaks<'a>(document: &'a Document<'_>) -> impl Iterator<Item = Value> + 'a {
    document.breaks.iter().map(|broken| {
        json!({
            "module": document.module.name.as_str(),
            "code": broken.code(),
            "subject": broken.subject(),
            "message": broken.message(),
            "remedy": broken.remedy(),
        })
    })
}

/// What the user's classes lack: a file, the class in it, or methods, with the imports that these need.
fn missing<'a>(document: &'a Document<'_>) -> impl Iterator<Item = Value> + 'a {
    document.unfit.iter().map(|Unfit { path, lacks }| {
        let (lacks, methods, imports) = match lacks {
            Lacks::File => ("file", [].as_slice(), [].as_slice()),
            Lacks::Syntax => ("syntax", [].as_slice(), [].as_slice()),
            Lacks::Class(_) => ("class", [].as_slice(), [].as_slice()),
            Lacks::Methods { methods, imports } => ("methods", methods.as_slice(), imports.as_slice()),
            Lacks::Declaration { .. } => ("declaration", [].as_slice(), [].as_slice()),
        };
        let method = |it: &Missing| json!({ "name": it.name, "text": it.text, "found": it.found });
        let methods = methods.iter().map(method);
        json!({
            "module": document.module.name.as_str(),
            "path": path.as_str(),
            "lacks": lacks,
            "methods": methods.collect::<Vec<_>>(),
            "imports": imports,
        })
    })
}

fn steps<'a>(document: &'a Document<'_>) -> impl Iterator<Item = Value> + 'a {
    document.steps.iter().map(|step| {
        json!({
            "module": document.module.name.as_str(),
            "command": step.line,
            "files": step.files,
            "message": step.why,
        })
    })
}
