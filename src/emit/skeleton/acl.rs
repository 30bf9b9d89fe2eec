//! `etc/acl.xml`: the module's own resources below the chain of their ancestors, which are repeated by
//! id, with the title and the position that the spec names.

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
        if let Some(title) = &declared.title {
            element = element.attribute("title", title.as_str());
            if translates {
                element = element.attribute("translate", "title");
            }
        }
        if let Some(order) = declared.sort_order {
            element = element.attribute("sortOrder", order.to_string());
        }
    }
    element.children(node.children.iter().map(|child| resource(child, translates)))
}
