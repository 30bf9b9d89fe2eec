//! `etc/csp_whitelist.xml`.

use crate::{emit::xml::XmlElement, model::Module};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    if module.csp.is_empty() || !module.platform.has_csp() {
        return None;
    }
    let id = module.id();
    let policies = module.csp.iter().map(|(directive, hosts)| {
        let values = hosts.iter().zip(1..).map(|(host, place)| {
            let value = XmlElement::new("value").attribute("id", format!("{id}_{place}"));
            match host.hash() {
                None => value.attribute("type", "host").text(host.as_str()),
                Some((algorithm, digest)) => {
                    value.attribute("type", "hash").attribute("algorithm", algorithm).text(digest)
                }
            }
        });
        XmlElement::new("policy")
            .attribute("id", *directive)
            .children([XmlElement::new("values").children(values)])
    });
    XmlElement::root("csp_whitelist", "urn:magento:module:Magento_Csp:etc/csp_whitelist.xsd")
        .children([XmlElement::new("policies").children(policies)])
        .into_file(module)
}
