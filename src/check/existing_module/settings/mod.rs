//! Rules on etc/adminhtml/system.xml and the defaults in etc/config.xml that no `[[setting]]` can break.

mod defaults;

use std::ops::Range;

use super::{ExistingModule, Firsts, classes::MethodOf, twice};
use crate::{
    check::{
        references,
        settings::{models::misspelt, places::SECTION_RESOURCE},
    },
    diag::{Diagnostic, Level, Rule},
    model::ENCRYPTED,
    parsers::{SpannedText, xml::Element},
};

pub(super) const PATH: &str = "etc/adminhtml/system.xml";

const CONFIG: &str = "etc/config.xml";

pub(super) fn check(module: &ExistingModule<'_>) -> Vec<Diagnostic> {
    let mut findings = defaults::check(module);
    findings.extend(models(module));
    let systems = module.files.tables.get(PATH).map(|document| &document.root);
    for system in systems.into_iter().flat_map(|root| root.named("system")) {
        findings.extend(repeated(system, "tab"));
        findings.extend(repeated(system, "section"));
        for section in system.named("section") {
            findings.extend(repeated(section, "group"));
            for group in section.descendants("group") {
                findings.extend(repeated(group, "field"));
            }
            findings.extend(module.home(section));
            findings.extend(
                section.descendants("field").filter(|it| it.attribute("type").is_some()).flat_map(field),
            );
            findings.extend(module.secrets(section));
        }
    }
    findings
}

/// Reports classes that the module lacks, and source models without their method.
fn models(module: &ExistingModule<'_>) -> Vec<Diagnostic> {
    let (own, others): (Vec<_>, Vec<_>) =
        module.files.setting_models().into_iter().partition(|(class, _)| module.is_own(&class.value));
    let near = |(class, _): &(SpannedText, Option<String>)| {
        let finding = misspelt(&module.context, class.value.trim_start_matches('\\'))?;
        Some(finding.at(class.span.clone()))
    };
    let named = own.into_iter().filter(|(class, _)| !module.is_virtual(class));
    let fault = |(class, method): (SpannedText, Option<String>)| {
        let Some(method) = method else { return module.missing(&class) };
        match module.method(&class, &SpannedText::new(method, class.span.clone())) {
            MethodOf::Fault(fault) => Some(*fault),
            _ => None,
        }
    };
    others.iter().filter_map(near).chain(named.filter_map(fault)).collect()
}

/// Reports elements with the id of another one beside them. Paths of settings do not depend on case.
fn repeated(parent: &Element, name: &str) -> Vec<Diagnostic> {
    let mut firsts = Firsts::new();
    let key = |id: &SpannedText| if name == "field" { id.value.to_lowercase() } else { id.value.clone() };
    let ids = parent.named(name).filter_map(|element| element.attribute("id"));
    let again = ids.filter_map(|id| Some((id, firsts.seen(key(id), &id.span)?)));
    let finding = |(id, first): (&SpannedText, Range<usize>)| {
        let message = format!("the {name} `{}` is declared twice", id.value);
        twice(Rule::DeclaredTwice, message, &id.span, first)
            .reason("system_file.xsd of Magento_Config allows each id once and rejects the file in developer mode")
            .help("merge the contents of both into one")
    };
    again.map(finding).collect()
}

impl ExistingModule<'_> {
    /// Checks the section itself. One without a label adds fields to another module's.
    fn home(&self, section: &Element) -> Vec<Diagnostic> {
        let Some(id) = section.attribute("id") else { return Vec::new() };
        let says = |name: &str| section.named(name).next().map(Element::text);
        let unknown = says("resource").and_then(|it| {
            let place = Some(it.span.clone());
            references::resource(&self.context, self.resolved, place, it.trimmed(), SECTION_RESOURCE)
        });
        let mut findings: Vec<Diagnostic> = unknown.into_iter().collect();
        let is_new = self.context.catalog.config().sections.find(&id.value).is_empty();
        let is_shown = ["showInDefault", "showInWebsite", "showInStore"]
            .iter()
            .any(|scope| section.attribute(scope).is_some_and(|it| it.trimmed() == "1"));
        if says("label").is_none() || !is_new || !is_shown {
            return findings;
        }
        let finding =
            |message: String| Diagnostic::new(Rule::SettingsHome, message).at(section.name.span.clone());
        if says("resource").is_none() {
            findings.push(
                finding(format!("the section `{}` has no <resource>", id.value))
                    .reason("Magento shows a section only to administrators who have its resource: nobody sees this one")
                    .help(format!("declare <resource id=\"{0}::config\" title=\"…\"/> in etc/acl.xml and write <resource>{0}::config</resource>", self.context.spec.module.name)),
            );
        }
        if says("tab").is_none() {
            findings.push(
                finding(format!("the section `{}` has no <tab>", id.value))
                    .reason("Magento shows sections under tabs: nobody sees this one")
                    .help("write <tab>service</tab>"),
            );
        }
        let is_empty = ["field", "include", "frontend_model", "clone_model"]
            .iter()
            .all(|name| section.descendants(name).next().is_none());
        if is_empty && section.attribute("extends").is_none() {
            let mut empty = finding(format!("the section `{}` has no <field>", id.value))
                .reason("Magento does not show an empty section")
                .help("add a <group> with a <field>, or remove the section");
            empty.level = Level::Warning;
            findings.push(empty);
        }
        findings
    }

    /// Reports encrypted secrets that the module reads as ciphertext (docs/magento/settings.md#secret-fields).
    fn secrets(&self, section: &Element) -> Vec<Diagnostic> {
        if !self.files.reads_settings || self.files.decrypts {
            return Vec::new();
        }
        let config = self.files.tables.get(CONFIG).and_then(|it| it.root.named("default").next());
        let mut findings = Vec::new();
        for group in section.named("group") {
            for field in group.named("field").filter(|it| is_secret(it) && is_encrypted(it)) {
                let steps = [section, group, field].map(|it| it.attribute("id").map(|id| id.value.as_str()));
                let [Some(section), Some(group), Some(id)] = steps else { continue };
                let mut default = config;
                for step in [section, group, id] {
                    default = default.and_then(|it| it.named(step).next());
                }
                let is_decrypted = default.is_some_and(|it| it.attribute("backend_model").is_some());
                if is_decrypted || field.named("config_path").next().is_some() {
                    continue;
                }
                findings.push(
                    Diagnostic::new(Rule::FieldIncomplete, format!("`{id}` is encrypted, and nothing decrypts it"))
                        .at(field.name.span.clone())
                        .reason("ScopeConfigInterface::getValue decrypts a value only if its default in etc/config.xml names the backend model, and no PHP of the module decrypts it")
                        .help(format!(
                            "write <{section}><{group}><{id} backend_model=\"{ENCRYPTED}\"/></{group}></{section}> into <default> of {CONFIG}"
                        )),
                );
            }
        }
        findings
    }
}

fn is_secret(field: &Element) -> bool {
    field.attribute("type").is_some_and(|kind| matches!(kind.value.as_str(), "obscure" | "password"))
}

fn is_encrypted(field: &Element) -> bool {
    field.named("backend_model").any(|it| it.text().trimmed().trim_start_matches('\\') == ENCRYPTED)
}

fn field(field: &Element) -> Option<Diagnostic> {
    let id = field.attribute("id")?;
    let says = |name: &str| field.named(name).next().map(Element::text);
    let finding =
        |message: String| Diagnostic::new(Rule::FieldIncomplete, message).at(field.name.span.clone());
    if is_secret(field) && says("backend_model").is_none() && says("frontend_model").is_none() {
        return Some(
            finding(format!("`{}` is stored as plain text", id.value))
                .reason("a secret is encrypted by its backend model; without one, everyone who can read the database has it")
                .help(format!("write <backend_model>{ENCRYPTED}</backend_model>")),
        );
    }
    let is_choice = field.attribute("type").is_some_and(|kind| kind.value == "multiselect");
    let is_required =
        says("validate").is_some_and(|it| it.value.split_whitespace().any(|it| it == "required-entry"));
    let can_be_empty = says("can_be_empty").is_some_and(|it| it.trimmed() == "1");
    (is_choice && !is_required && !can_be_empty).then(|| {
        finding(format!("`{}` cannot be emptied in Admin", id.value))
            .reason("a form posts nothing for a multiselect without a chosen option, so Magento keeps the old value")
            .help("write <can_be_empty>1</can_be_empty>, or <validate>required-entry</validate> if it must have a value")
    })
}
