//! Results of all specs as a JSON document.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    cli::{
        Outcome,
        build::{PendingBuild, Run},
        output::note_failure,
    },
    diag::{
        Failure,
        render::{JSON_VERSION, to_json},
    },
    diff::{Change, Comparison},
    tree::place,
};

/// Results of a build.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonBuild<'a> {
    /// Version of the document; another number means that a key changed or went away.
    version: u32,
    /// Results, one for each spec.
    specs: Vec<JsonSpec<'a>>,
}

/// Result of a spec.
#[derive(Serialize, JsonSchema)]
struct JsonSpec<'a> {
    /// Path of the spec.
    spec: &'a str,
    /// Name of the module; null if the spec has errors.
    module: Option<&'a str>,
    /// Directory of the module.
    root: String,
    /// Result of the build.
    result: BuildResult,
    /// True if the spec was edited to unmanage files, or would be.
    spec_edited: bool,
    /// Reason of `failed`; otherwise null.
    message: Option<String>,
    /// Generated files.
    files: Vec<BuildFile<'a>>,
}

/// Result of a build.
#[derive(Serialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum BuildResult {
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

/// Generated file.
#[derive(Serialize, JsonSchema)]
struct BuildFile<'a> {
    /// Path in the module.
    path: &'a str,
    /// State before the build.
    #[schemars(extend("enum" = ["created", "changed", "deleted", "hand-edited", "in-the-way", "unchanged"]))]
    status: &'static str,
    /// True if the spec's changes were merged into edits by hand.
    merged: bool,
    /// Conflict that stops the build; otherwise null.
    conflict: Option<String>,
}

impl Run<'_> {
    /// Renders the document and returns the outcome of the build.
    pub(super) fn json(&self, all: &[PendingBuild]) -> (String, Outcome) {
        all.iter().for_each(|prepared| self.note_failure(prepared));
        let specs: Vec<JsonSpec<'_>> = all.iter().map(|prepared| self.spec(prepared)).collect();
        let outcome = specs.iter().map(|spec| self.outcome(spec.result)).max().unwrap_or(Outcome::Fine);
        let document = JsonBuild { version: JSON_VERSION, specs };
        (to_json(&document), outcome)
    }

    /// Notes why nothing was written, if it is neither a finding in the spec nor what `--check` asks for.
    fn note_failure(&self, prepared: &PendingBuild) {
        match &prepared.plan {
            Some(Err(failure)) => note_failure(failure),
            Some(Ok(plan)) if !self.args.check => {
                let Comparison { root, changes, .. } = &plan.comparison;
                for change in changes.conflicts() {
                    let path = root.join(change.path.as_path());
                    let conflict = change.conflict().unwrap_or_default();
                    let message = format!("nothing was written to {}: {path}: {conflict}", place(root));
                    note_failure(&Failure::new(message).at(path));
                }
            }
            _ => {}
        }
    }

    fn outcome(&self, kind: BuildResult) -> Outcome {
        match kind {
            BuildResult::Unchanged | BuildResult::Written => Outcome::Fine,
            BuildResult::Differs | BuildResult::Conflict if self.args.check => Outcome::Differences,
            BuildResult::Differs => Outcome::Fine,
            BuildResult::Conflict | BuildResult::Failed => Outcome::Failed,
        }
    }

    fn spec<'a>(&self, prepared: &'a PendingBuild) -> JsonSpec<'a> {
        let project = &prepared.project;
        let (result, message, files) = match &prepared.plan {
            None => (BuildResult::Failed, Some("the spec has errors".to_owned()), Vec::new()),
            Some(Err(message)) => (BuildResult::Failed, Some(message.to_string()), Vec::new()),
            Some(Ok(plan)) => {
                let changes = &plan.comparison.changes;
                let kind = if changes.is_blocked() {
                    BuildResult::Conflict
                } else if changes.is_clean() {
                    BuildResult::Unchanged
                } else if self.args.dry_run || self.args.check {
                    BuildResult::Differs
                } else {
                    BuildResult::Written
                };
                (kind, None, changes.files.iter().map(file).collect())
            }
        };
        JsonSpec {
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

fn file(change: &Change) -> BuildFile<'_> {
    BuildFile {
        path: change.path.as_str(),
        status: change.status.as_str(),
        merged: change.is_merged,
        conflict: change.conflict(),
    }
}
