//! Imports as JSON.

use camino::Utf8PathBuf;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Import, SpecState};
use crate::{
    diag::{
        Rule,
        render::{JsonFinding, json_findings},
        with_slashes,
    },
    tree::TreePath,
};

/// Imported modules.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonImports<'a> {
    /// Modules that declare integrations.
    modules: Vec<JsonImport<'a>>,
    /// Directories of modules without integrations, which were left out.
    without_integrations: Vec<String>,
}

/// Imported module.
#[derive(Serialize, JsonSchema)]
struct JsonImport<'a> {
    /// Name of the module; null if no file has a valid one.
    name: Option<String>,
    /// Directory of the module.
    directory: String,
    /// Path of the spec.
    spec: String,
    /// State of the spec on disk; `not-written` after a dry run.
    #[schemars(extend("enum" = ["written", "up-to-date", "not-written", "failed"]))]
    state: &'static str,
    /// Reason of `failed`; otherwise null.
    failure: Option<String>,
    /// Integrations whose e-mail address is a placeholder in the spec.
    placeholders: &'a [String],
    /// Errors in the spec.
    errors: &'a [String],
    /// Files that the spec takes over as they are.
    adopted: Vec<&'a str>,
    /// Files that the next build rewrites or deletes.
    rewritten: Vec<&'a str>,
    /// Classes that the spec declares; they stay the user's.
    classes: Vec<&'a str>,
    /// Files that stay the user's, as they are.
    stays: &'a [String],
    /// Places in PHP that use the legacy pair at run time.
    uses_pair: &'a [String],
    /// Parts of files that could not be carried into the spec, and why.
    not_carried: Vec<JsonFinding<'a>>,
    /// The other findings.
    findings: Vec<JsonFinding<'a>>,
}

/// Builds the document.
pub(super) fn document<'a>(imports: &'a [Import], others: &'a [Utf8PathBuf]) -> JsonImports<'a> {
    JsonImports {
        modules: imports.iter().map(module).collect(),
        without_integrations: others.iter().map(|path| with_slashes(path.as_str())).collect(),
    }
}

fn module(import: &Import) -> JsonImport<'_> {
    let Import { root, path, imported, state } = import;
    let (state, failure) = match state {
        Ok(SpecState::New(_)) => ("written", None),
        Ok(SpecState::Same) => ("up-to-date", None),
        Ok(SpecState::No) => ("not-written", None),
        Err(failure) => ("failed", Some(failure.to_string())),
    };
    let (not_carried, findings) =
        json_findings(&imported.reports).partition(|finding| finding.rule() == Rule::NotCarried.id());
    JsonImport {
        name: imported.name.as_ref().map(ToString::to_string),
        directory: with_slashes(root.as_str()),
        spec: with_slashes(path.as_str()),
        state,
        failure,
        placeholders: &imported.placeholders,
        errors: &imported.errors,
        adopted: imported.adopted.keys().map(TreePath::as_str).collect(),
        rewritten: imported.rewritten.iter().map(TreePath::as_str).collect(),
        classes: imported.seeded.iter().map(TreePath::as_str).collect(),
        stays: &imported.stays,
        uses_pair: &imported.uses_pair,
        not_carried,
        findings,
    }
}
