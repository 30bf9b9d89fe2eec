//! `etc/config.xml`: defaults, and which values are encrypted.

use super::system::ENCRYPTED;
use crate::{
    emit::xml::Element,
    model::{Kind, Module, Setting},
};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let settings = module.settings.as_ref()?;
    let groups = settings.groups.iter().filter_map(|group| {
        let fields: Vec<Element<'_>> = group.settings.iter().filter_map(field).collect();
        (!fields.is_empty()).then(|| Element::new(group.id.as_str()).children(fields))
    });
    let section = Element::new(settings.section.as_str()).children(groups);
    if section.is_empty() {
        return None;
    }
    Element::root("config", "urn:magento:module:Magento_Store:etc/config.xsd")
        .children([Element::new("default").children([section])])
        .into_file(module)
}

/// A secret has no default: a plain one would be "decrypted". The attribute is what decrypts it
/// (docs/magento/settings.md#secret-fields).
fn field(setting: &Setting) -> Option<Element<'_>> {
    let element = Element::new(setting.field.as_str());
    match &setting.kind {
        Kind::Secret => Some(element.attribute("backend_model", ENCRYPTED)),
        _ => setting.default.as_deref().map(|default| element.text(default)),
    }
}
