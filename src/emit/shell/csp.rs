//! `etc/csp_whitelist.xml`.

use crate::{emit::xml::Element, model::Module};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    if module.csp.is_empty() || !module.platform.has_csp() {
        return None;
    }
    let id = module.id();
    let policies = module.csp.iter().map(|(directive, hosts)| {
        let values = hosts.iter().zip(1..).map(|(host, place)| {
            Element::new("value")
                .attribute("id", format!("{id}_{place}"))
                .attribute("type", "host")
                .text(host)
        });
        Element::new("policy").attribute("id", *directive).children([Element::new("values").children(values)])
    });
    Element::root("csp_whitelist", "urn:magento:module:Magento_Csp:etc/csp_whitelist.xsd")
        .children([Element::new("policies").children(policies)])
        .into_file(module)
}
