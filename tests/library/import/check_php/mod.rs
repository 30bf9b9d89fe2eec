//! Faults in webapi.xml, crontab.xml and events.xml, and in the PHP that they name.

mod classes;
mod code;
mod web_api;

use std::path::Path;

use magespec::diag::{Level, Rule};

use crate::support::modules::{findings, imported, module};

/// Rule, place and marked text of each finding that is more than a note.
fn told(dir: &Path) -> Vec<(Rule, String, String)> {
    let told = imported(dir, None);
    let all =
        findings(&told).into_iter().filter(|(_, it)| it.level != Level::Note && it.rule != Rule::NotCarried);
    all.map(|(source, finding)| {
        let span = finding.span.clone().unwrap();
        let line = source.position(span.start).line;
        (finding.rule, format!("{}:{line}", source.name), source.slice(&span).to_owned())
    })
    .collect()
}

/// The only finding in a module with these files.
#[track_caller]
fn only(files: &[(&str, &str)]) -> (Rule, String, String) {
    let dir = module(files);
    let mut told = told(dir.path());
    assert_eq!(told.len(), 1, "{told:#?}");
    told.remove(0)
}

#[track_caller]
fn nothing_in(files: &[(&str, &str)]) {
    let dir = module(files);
    assert_eq!(told(dir.path()), []);
}
