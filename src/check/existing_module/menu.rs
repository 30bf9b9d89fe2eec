//! Rules on etc/adminhtml/menu.xml, which a spec writes for one entry only (docs/magento/settings.md#menu-xml).

use std::collections::HashMap;

use super::ExistingModule;
use crate::{
    check::{
        references::{self, Foreign},
        settings::places::MENU_PARENT,
    },
    diag::{Diagnostic, Rule},
    parsers::{SpannedText, xml::Element},
};

pub(super) const PATH: &str = "etc/adminhtml/menu.xml";

pub(super) fn check(module: &ExistingModule<'_>) -> Vec<Diagnostic> {
    let Some(document) = module.files.tables.get(PATH) else { return Vec::new() };
    let entries = || document.root.named("menu").flat_map(Element::elements);
    let mut own: HashMap<&str, &SpannedText> = HashMap::new();
    let mut findings = Vec::new();
    for id in entries().filter(|it| it.name.value == "add").filter_map(|it| it.attribute("id")) {
        match own.get(id.value.as_str()) {
            Some(first) => findings.push(
                Diagnostic::new(
                    Rule::DeclaredTwice,
                    format!("the menu entry `{}` is declared twice", id.value),
                )
                .at(id.span.clone())
                .related(first.span.clone(), "first here")
                .reason(EQUAL_IDS)
                .help("rename or remove one of them"),
            ),
            None => findings.extend(module.taken(id)),
        }
        own.entry(&id.value).or_insert(id);
    }
    for entry in entries() {
        if let Some(resource) = entry.attribute("resource") {
            let reason = "nobody can be granted a resource that no acl.xml defines: only roles with access to all resources see the entry";
            let (context, place) = (&module.context, Some(resource.span.clone()));
            findings.extend(references::resource(context, module.resolved, place, &resource.value, reason));
        }
        let parent = entry.attribute("parent");
        if let Some(parent) = parent.filter(|it| !own.contains_key(it.value.as_str())) {
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

/// docs/magento/settings.md#menu-ids.
const EQUAL_IDS: &str =
    "Magento cannot build the Admin menu and stops: `Two 'add' commands cannot have equal id`";

fn title(title: &SpannedText) -> Option<Diagnostic> {
    let length = title.value.chars().count();
    (!(3..=50).contains(&length)).then(|| {
        let message = format!("the title {:?} has {length} characters, but 3 to 50 are allowed", title.value);
        Diagnostic::new(Rule::XmlNotAccepted, message)
            .at(title.span.clone())
            .reason("etc/menu.xsd of Magento_Backend rejects it in developer mode, and the other modes do not validate the file")
            .help("write a title of 3 to 50 characters")
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
