//! Rules on etc/adminhtml/menu.xml (docs/magento/settings.md#menu-xml).

use std::collections::HashSet;

use super::{ExistingModule, Firsts, shape::not_accepted, twice};
use crate::{
    check::{
        references::{self, Foreign},
        settings::menu::{ENTRY_RESOURCE, EQUAL_IDS, MENU_PARENT},
    },
    diag::{Diagnostic, Rule, plural},
    parsers::{SpannedText, xml::Element},
};

pub(super) const PATH: &str = "etc/adminhtml/menu.xml";

pub(super) fn check(module: &ExistingModule<'_>) -> Vec<Diagnostic> {
    let Some(document) = module.files.tables.get(PATH) else { return Vec::new() };
    let entries = || document.root.named("menu").flat_map(Element::elements);
    let ids = || entries().filter(|it| it.name.value == "add").filter_map(|it| it.attribute("id"));
    let own: HashSet<&str> = ids().map(|id| id.value.as_str()).collect();
    let mut firsts = Firsts::new();
    let mut findings = Vec::new();
    for id in ids() {
        match firsts.seen(&id.value, &id.span) {
            Some(first) => {
                let message = format!("the menu entry `{}` is declared twice", id.value);
                findings.push(
                    twice(Rule::DeclaredTwice, message, &id.span, first)
                        .reason(EQUAL_IDS)
                        .help("rename or remove one of them"),
                );
            }
            None => findings.extend(module.taken(id)),
        }
    }
    for entry in entries() {
        if let Some(resource) = entry.attribute("resource") {
            let (context, place) = (&module.context, Some(resource.span.clone()));
            let found =
                references::resource(context, module.resolved, place, &resource.value, ENTRY_RESOURCE);
            findings.extend(found);
        }
        let parent = entry.attribute("parent");
        if let Some(parent) = parent.filter(|it| !own.contains(it.value.as_str())) {
            let foreign = Foreign {
                context: &module.context,
                resolved: module.resolved,
                rule: Rule::UnknownPlace,
                what: "menu entry",
                reason: MENU_PARENT,
            };
            let menu = module.context.catalog.menu();
            findings.extend(foreign.missing(Some(parent.span.clone()), &parent.value, menu, |it| &it.module));
        }
        findings.extend(entry.attribute("title").and_then(title));
    }
    findings
}

fn title(title: &SpannedText) -> Option<Diagnostic> {
    let length = title.value.chars().count();
    (!(3..=50).contains(&length)).then(|| {
        let characters = plural(length, "character");
        let message = format!("the title {:?} has {characters}, but 3 to 50 are allowed", title.value);
        not_accepted(PATH, message, "write a title of 3 to 50 characters").at(title.span.clone())
    })
}

impl ExistingModule<'_> {
    /// Reports the id of an entry that Magento has.
    fn taken(&self, id: &SpannedText) -> Option<Diagnostic> {
        let catalog = self.context.catalog;
        let mut rows = catalog.menu().find(&id.value).iter();
        let row = rows.find(|row| !(row.releases & self.resolved.target.releases).is_empty())?;
        let releases = catalog.describe(row.releases & self.resolved.target.releases);
        let message = format!("`{}` is a menu entry of {} in {releases}", id.value, row.module);
        Some(
            Diagnostic::new(Rule::NameTaken, message)
                .at(id.span.clone())
                .reason(EQUAL_IDS)
                .help("choose another id, or write <update id=\"…\"> to change the entry"),
        )
    }
}
