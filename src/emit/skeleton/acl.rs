//! `etc/acl.xml`: the module's own resources below the chain of their ancestors, which are repeated by id only.

use crate::emit::xml::XmlElement;
use crate::model::{AclNode, Module};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    if module.acl.is_empty() {
        return None;
    }
    let translates = module.platform.translates_titles();
    let nodes = module.acl.iter().map(|node| resource(node, translates));
    let resources = XmlElement::new("resources").children(nodes);
    XmlElement::root("config", "urn:magento:framework:Acl/etc/acl.xsd")
        .children([XmlElement::new("acl").children([resources])])
        .into_file(module)
}

fn resource(node: &AclNode, translates: bool) -> XmlElement<'_> {
    let mut element = XmlElement::new("resource").attribute("id", node.id.as_str());
    if let Some(declared) = &node.declared {
        element = element.attribute("title", declared.title.as_str());
        if translates {
            element = element.attribute("translate", "title");
        }
        element = element.attribute("sortOrder", declared.sort_order.to_string());
    }
    element.children(node.children.iter().map(|child| resource(child, translates)))
}
