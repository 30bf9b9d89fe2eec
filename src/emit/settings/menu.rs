//! `etc/adminhtml/menu.xml`.

use crate::{emit::xml::XmlElement, model::Module};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let settings = module.settings.as_ref()?;
    let section = settings.own.as_ref()?;
    let parent = section.menu.as_ref()?;
    let mut entry = XmlElement::new("add")
        .attribute("id", format!("{}::settings", module.name))
        .attribute("title", &section.label);
    if module.platform.translates_titles() {
        entry = entry.attribute("translate", "title");
    }
    let entry = entry
        .attribute("module", module.name.as_str())
        .attribute("sortOrder", "100")
        .attribute("parent", parent.as_str())
        .attribute("action", format!("adminhtml/system_config/edit/section/{}", settings.section))
        .attribute("resource", section.resource.as_str());
    XmlElement::root("config", "urn:magento:module:Magento_Backend:etc/menu.xsd")
        .children([XmlElement::new("menu").children([entry])])
        .into_file(module)
}
