//! Rules on etc/webapi.xml and the PHP that it names.

mod constructor;
mod doc_blocks;
mod preferences;
mod route;
mod types;

pub(crate) use self::types::ParameterType;

use self::{doc_blocks::ServiceReader, preferences::Preferences, route::XmlRoute};
use super::{ExistingModule, Firsts, twice};
use crate::{
    diag::{Diagnostic, Rule},
    names::path_shape,
};

pub(super) fn check(module: &ExistingModule<'_>) -> Vec<Diagnostic> {
    let preferences = Preferences::of(module);
    let mut findings = preferences.check(module);
    let Some(document) = module.files.tables.get("etc/webapi.xml") else { return findings };
    let routes: Vec<XmlRoute<'_>> = document.root.named("route").filter_map(XmlRoute::of).collect();
    findings.extend(declared_twice(&routes));
    let mut reader = ServiceReader::of(module, &preferences);
    for route in &routes {
        let called = route.service.map(|(class, method)| (class, module.method(class, method)));
        if let Some((class, called)) = &called {
            reader.called(class, called);
        }
        findings.extend(route.check(module, called.map(|(_, called)| called)));
    }
    findings.extend(reader.check());
    findings
}

/// Reports routes that the file declares twice, or that differ in parameter names only.
fn declared_twice(routes: &[XmlRoute<'_>]) -> Vec<Diagnostic> {
    let mut firsts = Firsts::new();
    let mut findings = Vec::new();
    for route in routes {
        let shape = format!("{} {}", route.method.value, path_shape(route.path()));
        let first = firsts.seen(shape, &route.url.span);
        findings.extend(first.map(|first| {
                twice(Rule::DeclaredTwice, "this route is declared twice".to_owned(), &route.url.span, first)
                    .reason("if two routes differ only in parameter names, only one of them answers; of two that are the same, the second replaces the first and the resources of both are needed")
                    .help("rename or remove one of them")
        }));
    }
    findings
}
