//! Rules on etc/events.xml, and those of single areas.

use super::{ExistingModule, Firsts, classes::MethodOf, twice};
use crate::{
    check::{
        events::observed,
        taken_names::{ObserverName, TakenNames},
    },
    diag::{Diagnostic, Level, Rule},
    parsers::{SpannedText, xml::Element},
};

pub(super) fn check(module: &ExistingModule<'_>) -> Vec<Diagnostic> {
    let files = module.files.tables.iter().filter(|(path, _)| path.ends_with("events.xml"));
    files.flat_map(|(path, document)| file(module, area(path), &document.root)).collect()
}

/// Area of a file; none for `etc/events.xml`.
fn area(path: &str) -> Option<&str> {
    path.strip_prefix("etc/")?.strip_suffix("/events.xml")
}

fn file(module: &ExistingModule<'_>, area: Option<&str>, root: &Element) -> Vec<Diagnostic> {
    let names = TakenNames { context: &module.context, releases: module.resolved.target.releases };
    let mut findings = Vec::new();
    let mut firsts = Firsts::new();
    for event in root.named("event") {
        let Some(name) = event.attribute("name") else { continue };
        let is_disabled = |it: &&Element| it.attribute("disabled").is_some_and(|it| it.value == "true");
        let mut observers = event.named("observer").filter(|it| !is_disabled(it)).peekable();
        if observers.peek().is_some() && !module.may_dispatch(&name.value) {
            let releases = module.resolved.target.releases;
            let mut found = observed(&module.context, releases, &name.value, Some(name.span.clone()));
            // Without its PHP it cannot be known what a module dispatches itself.
            let is_foreign = |it: &Diagnostic| it.rule == Rule::UnknownEvent && it.level == Level::Warning;
            found.retain(|it| module.has_php() || !is_foreign(it));
            findings.append(&mut found);
        }
        for observer in observers {
            findings.extend(class(module, observer));
            let Some(id) = observer.attribute("name") else { continue };
            let is_own = observer.attribute("instance").is_some_and(|class| module.is_own(&class.value));
            if is_own && !module.is_core {
                let named = ObserverName { event: &name.value, area, id: &id.value };
                findings.extend(names.observer(&named, Some(id.span.clone())));
            }
            let first = firsts.seen((name.value.to_lowercase(), &id.value), &id.span);
            findings.extend(first.map(|first| {
                twice(Rule::DeclaredTwice, "this observer is declared twice".to_owned(), &id.span, first)
                    .reason("observers merge by event and name, so only one of them runs")
                    .help("rename or remove one of them")
            }));
        }
    }
    findings
}

/// Reports an observer whose class is missing or has no `execute`.
fn class(module: &ExistingModule<'_>, observer: &Element) -> Option<Diagnostic> {
    let class = observer.attribute("instance").filter(|class| !module.is_virtual(class))?;
    let execute = SpannedText::new("execute", class.span.clone());
    match module.method(class, &execute) {
        MethodOf::Fault(fault) => Some(*fault),
        _ => None,
    }
}
