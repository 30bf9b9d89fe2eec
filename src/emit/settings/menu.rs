//! `etc/adminhtml/menu.xml`.

use crate::{
    emit::xml::XmlElement,
    model::{MenuEntry, Module},
};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    if module.menu.is_empty() {
        return None;
    }
    let entries = module.menu.iter().map(|it| entry(module, it));
    XmlElement::root("config", "urn:magento:module:Magento_Backend:etc/menu.xsd")
        .children([XmlElement::new("menu").children(entries)])
        .into_file(module)
}

fn entry<'a>(module: &Module, entry: &'a MenuEntry) -> XmlElement<'a> {
    let mut element = XmlElement::new(entry.element).attribute("id", &entry.id);
    if let Some(title) = &entry.title {
        element = element.attribute("title", title);
        if module.platform.translates_titles() {
            element = element.attribute("translate", "title");
        }
    }
    if let Some(of) = &entry.module {
        element = element.attribute("module", of);
    }
    entry.attributes.iter().fold(element, |element, (name, value)| element.attribute(name, value))
}
