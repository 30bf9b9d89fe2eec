//! Credentials in the defaults of etc/config.xml, whether or not a field sets them.

use super::{CONFIG, PATH};
use crate::{
    check::{credentials, existing_module::ExistingModule},
    diag::Diagnostic,
    parsers::xml::Element,
};

/// Reports URLs with credentials, and values that look like a secret.
pub(super) fn check(module: &ExistingModule<'_>) -> Vec<Diagnostic> {
    let config = module.files.tables.get(CONFIG).map(|document| &document.root);
    let mut findings = Vec::new();
    let mut open: Vec<(&Element, Vec<&str>)> = config.into_iter().map(|root| (root, Vec::new())).collect();
    while let Some((element, steps)) = open.pop() {
        let name = element.name.value.as_str();
        let text = element.text();
        for text in element.attributes.iter().map(|attribute| &attribute.value).chain([&text]) {
            let found = credentials::in_text(&module.context, name, &text.value);
            findings.extend(found.map(|it| it.at(text.span.clone())));
        }
        if !module.is_secret_field(&steps) {
            findings.extend(credentials::in_default(name, text.trimmed(), text.span.clone()));
        }
        for child in element.elements() {
            open.push((child, steps.iter().copied().chain([child.name.value.as_str()]).collect()));
        }
    }
    findings
}

impl ExistingModule<'_> {
    /// Returns true for the default of a secret field, which has a finding of its own.
    fn is_secret_field(&self, steps: &[&str]) -> bool {
        let ["default", section, group, field] = steps else { return false };
        let is = |element: &&Element, id: &str| element.attribute("id").is_some_and(|it| it.value == id);
        let system = self.files.tables.get(PATH).map(|document| &document.root);
        let sections =
            system.into_iter().flat_map(|root| root.named("system")).flat_map(|it| it.named("section"));
        let groups = sections.filter(|it| is(it, section)).flat_map(|it| it.named("group"));
        let mut fields = groups.filter(|it| is(it, group)).flat_map(|it| it.named("field"));
        fields.any(|it| is(&it, field) && it.attribute("type").is_some_and(|kind| kind.value == "obscure"))
    }
}
