//! `etc/config.xml`: defaults, and backend models of encrypted values.

use super::backend::ENCRYPTED;
use crate::{
    emit::xml::XmlElement,
    model::{Module, Setting, SettingKind},
};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let settings = module.settings.as_ref()?;
    let groups = settings.groups.iter().filter_map(|group| {
        let fields: Vec<XmlElement<'_>> = group.settings.iter().filter_map(field).collect();
        (!fields.is_empty()).then(|| XmlElement::new(group.id.as_str()).children(fields))
    });
    let section = XmlElement::new(settings.section.as_str()).children(groups);
    if section.is_empty() {
        return None;
    }
    XmlElement::root("config", "urn:magento:module:Magento_Store:etc/config.xsd")
        .children([XmlElement::new("default").children([section])])
        .into_file(module)
}

/// Element of a setting. A secret has no default, because Magento would "decrypt" a plain one; its attribute makes
/// Magento decrypt stored values (docs/magento/settings.md#secret-fields).
fn field(setting: &Setting) -> Option<XmlElement<'_>> {
    let element = XmlElement::new(setting.field.as_str());
    match &setting.kind {
        SettingKind::Secret => Some(element.attribute("backend_model", ENCRYPTED)),
        _ => setting.default.as_deref().map(|default| element.text(default)),
    }
}
