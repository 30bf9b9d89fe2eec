//! `etc/acl.xml`: the module's own resources below the chain of their ancestors, which are repeated by id alone.

use crate::emit::xml::Element;
use crate::model::{AclNode, Module};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    if module.acl.is_empty() {
        return None;
    }
    let translates = module.platform.translates_titles();
    let nodes = module.acl.iter().map(|node| resource(node, translates));
    let resources = Element::new("resources").children(nodes);
    Element::root("config", "urn:magento:framework:Acl/etc/acl.xsd")
        .children([Element::new("acl").children([resources])])
        .into_file(module)
}

fn resource(node: &AclNode, translates: bool) -> Element<'_> {
    let mut element = Element::new("resource").attribute("id", node.id.as_str());
    if let Some(declared) = &node.declared {
        element = element.attribute("title", declared.title.as_str());
        if translates {
            element = element.attribute("translate", "title");
        }
        element = element.attribute("sortOrder", declared.sort_order.to_string());
    }
    element.children(node.children.iter().map(|child| resource(child, translates)))
}
