//! Imports as JSON.

use camino::Utf8PathBuf;
use serde_json::{Value, json};

use super::{Import, SpecState};
use crate::{
    diag::{Diagnostic, Report, Rule},
    tree::TreePath,
};

/// Builds the document: `{"version": 1, "modules": [...], "without_integrations": [...]}`.
pub(super) fn document(imports: &[Import], others: &[Utf8PathBuf]) -> Value {
    json!({
        "version": 1,
        "modules": imports.iter().map(module).collect::<Vec<_>>(),
        "without_integrations": others.iter().map(|path| path.as_str()).collect::<Vec<_>>(),
    })
}

fn module(import: &Import) -> Value {
    let Import { root, path, imported, state } = import;
    let (word, failure) = match state {
        Ok(SpecState::New) => ("written", None),
        Ok(SpecState::Same) => ("up-to-date", None),
        Ok(SpecState::No) => ("not-written", None),
        Err(failure) => ("failed", Some(failure.to_string())),
    };
    json!({
        "name": imported.name.as_ref().map(ToString::to_string),
        "directory": root.as_str(),
        "spec": path.as_str(),
        "state": word,
        "failure": failure,
        "placeholders": imported.placeholders,
        "errors": imported.errors,
        "adopted": paths(imported.adopted.keys()),
        "rewritten": paths(imported.rewritten.iter()),
        "classes": paths(imported.seeded.iter()),
        "stays": imported.stays,
        "uses_pair": imported.uses_pair,
        "not_carried": findings(&imported.reports, |it| it.rule == Rule::NotCarried),
        "findings": findings(&imported.reports, |it| it.rule != Rule::NotCarried),
    })
}

fn paths<'a>(paths: impl Iterator<Item = &'a TreePath>) -> Value {
    paths.map(TreePath::as_str).collect()
}

fn findings(reports: &[Report], chosen: impl Fn(&Diagnostic) -> bool) -> Vec<Value> {
    let of_report = |report: &Report| -> Vec<Value> {
        let chosen = report.diagnostics.iter().filter(|finding| chosen(finding));
        let finding = |finding: &Diagnostic| {
            let start = finding.span.as_ref().map_or(0, |span| span.start);
            let position = report.source.position(start);
            json!({
                "rule": finding.rule.id(),
                "level": finding.level,
                "message": finding.message,
                "reason": finding.reason,
                "help": finding.help,
                "file": report.source.name,
                "line": position.line,
                "column": position.column,
            })
        };
        chosen.map(finding).collect()
    };
    reports.iter().flat_map(of_report).collect()
}
