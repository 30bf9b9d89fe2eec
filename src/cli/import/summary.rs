//! Summary of many imports.

use camino::Utf8Path;

use super::{Import, SpecState};
use crate::{
    cli::output,
    diag::{Rule, plural},
};

/// Renders a line for each module, the number of modules that were left out, and the folder that was not searched.
pub(super) fn table(imports: &[Import], others: usize, unsearched: Option<&Utf8Path>) -> String {
    let head = ["MODULE", "SPEC", "RESULT"].map(str::to_owned);
    let rows = imports.iter().map(|import| {
        let name = import.imported.name.as_ref().map_or_else(|| import.root.to_string(), ToString::to_string);
        let path = import.state.as_ref().map_or_else(|_| "-".to_owned(), |_| import.path.to_string());
        [name, path, result(import)]
    });
    let mut text = output::table(std::iter::once(head).chain(rows));
    let count = imports.iter().filter(|import| import.state.is_ok()).count();
    let is_dry = imports.iter().any(|import| matches!(import.state, Ok(SpecState::No)));
    text += &format!("{} {}imported", plural(count, "module"), if is_dry { "can be " } else { "" });
    if others > 0 {
        text += &format!("; {} without integrations left out", plural(others, "module"));
    }
    if let Some(folder) = unsearched {
        text += &format!("\n{folder} was not searched; to import from it: magespec import {folder}");
    }
    text
}

/// Words of a result: what is missing, what stays and what a build rewrites.
fn result(import: &Import) -> String {
    let imported = &import.imported;
    let state = match &import.state {
        Err(_) => return "not imported".to_owned(),
        Ok(SpecState::New(_)) => "written",
        Ok(SpecState::Same) => "up to date",
        Ok(SpecState::No) => "ready",
    };
    let stay = imported.reports.iter().flat_map(|report| &report.diagnostics);
    let stay = stay.filter(|finding| finding.rule == Rule::NotCarried).count();
    let counts = [
        (imported.placeholders.len(), "address", "to replace"),
        (imported.errors.len(), "error", "to fix"),
        (stay, "part", "left in files"),
        (imported.rewritten.len(), "file", "to rewrite"),
    ];
    let counts = counts.iter().filter(|(count, ..)| *count > 0);
    let counts = counts.map(|(count, noun, what)| format!(", {} {what}", plural(*count, noun)));
    format!("{state}{}", counts.collect::<String>())
}
