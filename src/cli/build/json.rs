//! Results of all specs as a JSON document.

use serde::Serialize;

use crate::{
    cli::{
        Outcome,
        build::{PendingBuild, Run},
    },
    diff::Change,
    tree::place,
};

/// Version of the document; raised when a key changes or is removed, not when one is added.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    specs: Vec<Spec<'a>>,
}

#[derive(Serialize)]
struct Spec<'a> {
    spec: &'a str,
    /// Empty if the spec has errors.
    module: Option<&'a str>,
    root: String,
    result: Kind,
    /// True if the spec was edited to unmanage files, or would be.
    spec_edited: bool,
    /// Reason why nothing was written.
    message: Option<String>,
    files: Vec<File<'a>>,
}

#[derive(Serialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    /// The files were up to date already.
    Unchanged,
    /// The files were written.
    Written,
    /// The files would be written without `--dry-run` or `--check`.
    Differs,
    /// There are conflicts.
    Conflict,
    /// The spec has errors, or something could not be read or written.
    Failed,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    status: &'static str,
    merged: bool,
    conflict: Option<String>,
}

impl Run<'_> {
    /// Renders the document and returns the outcome of the build.
    pub(super) fn json(&self, all: &[PendingBuild]) -> (String, Outcome) {
        let specs: Vec<Spec<'_>> = all.iter().map(|prepared| self.spec(prepared)).collect();
        let outcome = specs.iter().map(|spec| self.outcome(spec.result)).max().unwrap_or(Outcome::Fine);
        let document = Document { version: VERSION, specs };
        (serde_json::to_string_pretty(&document).unwrap_or_default() + "\n", outcome)
    }

    fn outcome(&self, kind: Kind) -> Outcome {
        match kind {
            Kind::Unchanged | Kind::Written => Outcome::Fine,
            Kind::Differs | Kind::Conflict if self.args.check => Outcome::Differences,
            Kind::Differs => Outcome::Fine,
            Kind::Conflict | Kind::Failed => Outcome::Failed,
        }
    }

    fn spec<'a>(&self, prepared: &'a PendingBuild) -> Spec<'a> {
        let project = &prepared.project;
        let (result, message, files) = match &prepared.plan {
            None => (Kind::Failed, Some("the spec has errors".to_owned()), Vec::new()),
            Some(Err(message)) => (Kind::Failed, Some(message.to_string()), Vec::new()),
            Some(Ok(plan)) => {
                let changes = &plan.comparison.changes;
                let kind = if changes.is_blocked() {
                    Kind::Conflict
                } else if changes.is_clean() {
                    Kind::Unchanged
                } else if self.args.dry_run || self.args.check {
                    Kind::Differs
                } else {
                    Kind::Written
                };
                (kind, None, changes.files.iter().map(file).collect())
            }
        };
        Spec {
            spec: project.spec.as_str(),
            module: project.module.as_ref().map(|module| module.name.as_str()),
            root: place(&project.root).to_string(),
            result,
            spec_edited: matches!(&prepared.plan, Some(Ok(plan)) if plan.edit.is_some()),
            message,
            files,
        }
    }
}

fn file(change: &Change) -> File<'_> {
    File {
        path: change.path.as_str(),
        status: change.status.as_str(),
        merged: change.is_merged,
        conflict: change.conflict(),
    }
}
