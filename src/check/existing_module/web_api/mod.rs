//! Rules on etc/webapi.xml and the PHP that it names.

mod constructor;
mod doc_blocks;
mod preferences;
mod route;
mod types;

use std::collections::HashMap;

use self::{doc_blocks::ServiceReader, route::XmlRoute};
use super::ExistingModule;
use crate::{
    diag::{Diagnostic, Rule},
    parsers::SpannedText,
};

pub(super) fn check(module: &ExistingModule<'_>) -> Vec<Diagnostic> {
    let mut findings = preferences::check(module);
    let Some(document) = module.files.tables.get("etc/webapi.xml") else { return findings };
    let routes: Vec<XmlRoute<'_>> = document.root.named("route").filter_map(XmlRoute::of).collect();
    findings.extend(declared_twice(&routes));
    let mut reader = ServiceReader::of(module);
    for route in &routes {
        findings.extend(route.check(module));
        reader.called(route);
    }
    findings.extend(reader.check());
    findings
}

/// Reports routes that the file declares twice, or that differ in parameter names only.
fn declared_twice(routes: &[XmlRoute<'_>]) -> Vec<Diagnostic> {
    let mut first: HashMap<String, &SpannedText> = HashMap::new();
    let mut findings = Vec::new();
    for route in routes {
        let steps = route.path().split('/').map(|step| if step.starts_with(':') { ":" } else { step });
        let shape = format!("{} {}", route.method.value, steps.collect::<Vec<_>>().join("/"));
        match first.get(&shape) {
            None => _ = first.insert(shape, route.url),
            Some(other) => findings.push(
                Diagnostic::new(Rule::DeclaredTwice, "this route is declared twice")
                    .at(route.url.span.clone())
                    .related(other.span.clone(), "first here")
                    .reason("if two routes differ only in parameter names, only one of them answers; of two that are the same, the second replaces the first and the resources of both are needed")
                    .help("rename or remove one of them"),
            ),
        }
    }
    findings
}
