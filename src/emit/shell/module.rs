//! `etc/module.xml`.

use crate::emit::xml::Element;
use crate::model::Module;

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let mut element = Element::new("module").attribute("name", module.name.as_str());
    if let Some(version) = &module.setup_version {
        element = element.attribute("setup_version", version.as_str());
    }
    if !module.sequence.is_empty() {
        let before =
            module.sequence.iter().map(|name| Element::new("module").attribute("name", name.as_str()));
        element = element.children([Element::new("sequence").children(before)]);
    }
    Element::root("config", "urn:magento:framework:Module/etc/module.xsd")
        .children([element])
        .into_file(module)
}
