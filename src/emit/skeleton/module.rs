//! `etc/module.xml`.

use crate::emit::xml::XmlElement;
use crate::model::Module;

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let mut element = XmlElement::new("module").attribute("name", module.name.as_str());
    if let Some(version) = &module.setup_version {
        element = element.attribute("setup_version", version.as_str());
    }
    if !module.sequence.is_empty() {
        let before =
            module.sequence.iter().map(|name| XmlElement::new("module").attribute("name", name.as_str()));
        element = element.children([XmlElement::new("sequence").children(before)]);
    }
    XmlElement::root("config", "urn:magento:framework:Module/etc/module.xsd")
        .children([element])
        .into_file(module)
}
