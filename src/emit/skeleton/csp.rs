//! `etc/csp_whitelist.xml`.

use crate::{emit::xml::XmlElement, model::Module};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    if module.csp.is_empty() || !module.platform.has_csp() {
        return None;
    }
    let id = module.id();
    let policies = module.csp.iter().map(|(directive, hosts)| {
        let values = hosts.iter().zip(1..).map(|(host, place)| {
            XmlElement::new("value")
                .attribute("id", format!("{id}_{place}"))
                .attribute("type", "host")
                .text(host)
        });
        XmlElement::new("policy")
            .attribute("id", *directive)
            .children([XmlElement::new("values").children(values)])
    });
    XmlElement::root("csp_whitelist", "urn:magento:module:Magento_Csp:etc/csp_whitelist.xsd")
        .children([XmlElement::new("policies").children(policies)])
        .into_file(module)
}
