//! Results of all specs as a JSON document.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    cli::{
        Outcome,
        build::{PendingBuild, Run, pending::PendingWrite},
        output::{note_failure, print_json},
    },
    diag::{
        Failure,
        render::{JSON_VERSION, to_json},
        with_slashes,
    },
    diff::{Change, Comparison},
    tree::place,
};

/// Results of a build.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonBuild {
    /// Version of the document; another number means that a key changed or went away.
    version: u32,
    /// Results, one for each spec.
    specs: Vec<JsonSpec>,
}

/// Result of a spec.
#[derive(Serialize, JsonSchema)]
struct JsonSpec {
    /// Path of the spec.
    spec: String,
    /// Name of the module; null if the spec has errors.
    module: Option<String>,
    /// Directory of the module.
    root: String,
    /// Result of the build.
    result: BuildResult,
    /// True if the spec was edited to unmanage files, or would be.
    spec_edited: bool,
    /// Reason of `failed`; otherwise null.
    message: Option<String>,
    /// Generated files.
    files: Vec<BuildFile>,
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
struct BuildFile {
    /// Path in the module.
    path: String,
    /// State before the build.
    #[schemars(extend("enum" = ["created", "changed", "deleted", "hand-edited", "in-the-way", "unchanged"]))]
    status: &'static str,
    /// True if the spec's changes were merged into edits by hand.
    merged: bool,
    /// Conflict that stops the build; otherwise null.
    conflict: Option<String>,
}

/// Result of a spec, and why nothing was written, if it is neither a finding in the spec nor what `--check` asks for.
pub(super) struct JsonResult {
    spec: JsonSpec,
    failures: Vec<Failure>,
}

/// Hands over the document and notes the failures.
pub(super) fn print(results: Vec<JsonResult>) {
    results.iter().flat_map(|result| &result.failures).for_each(note_failure);
    let specs = results.into_iter().map(|result| result.spec).collect();
    print_json(to_json(&JsonBuild { version: JSON_VERSION, specs }));
}

impl Run<'_> {
    /// Returns the result of a spec for the document, and its outcome.
    pub(super) fn json(&self, prepared: &mut PendingBuild) -> (JsonResult, Outcome) {
        let spec = self.spec(prepared);
        let outcome = self.outcome(spec.result);
        (JsonResult { spec, failures: self.failures(prepared.plan.take()) }, outcome)
    }

    fn failures(&self, plan: Option<Result<PendingWrite, Failure>>) -> Vec<Failure> {
        match plan {
            Some(Err(failure)) => vec![failure],
            Some(Ok(plan)) if !self.args.check => {
                let Comparison { root, changes, .. } = &plan.comparison;
                let failure = |change: &Change| {
                    let path = root.join(change.path.as_path());
                    let conflict = change.conflict().unwrap_or_default();
                    let message = format!("nothing was written to {}: {path}: {conflict}", place(root));
                    Failure::new(message).at(path)
                };
                changes.conflicts().map(failure).collect()
            }
            _ => Vec::new(),
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

    fn spec(&self, prepared: &PendingBuild) -> JsonSpec {
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
            spec: with_slashes(project.spec.as_str()),
            module: project.module.as_ref().map(|module| module.name.to_string()),
            root: with_slashes(place(&project.root).as_str()),
            result,
            spec_edited: matches!(&prepared.plan, Some(Ok(plan)) if plan.edit.is_some()),
            message,
            files,
        }
    }
}

fn file(change: &Change) -> BuildFile {
    BuildFile {
        path: change.path.to_string(),
        status: change.status.as_str(),
        merged: change.is_merged,
        conflict: change.conflict(),
    }
}
