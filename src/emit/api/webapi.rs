//! `etc/webapi.xml`.

use crate::{
    emit::xml::XmlElement,
    model::{Method, Module, Service},
};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let services = module.api.services.iter();
    let mut methods: Vec<(&Service, &Method)> =
        services.flat_map(|service| service.methods.iter().map(move |method| (service, method))).collect();
    if methods.is_empty() {
        return None;
    }
    methods.sort_by_key(|(_, method)| (&method.path, &method.verb));
    let namespace = module.name.namespace();
    let routes = methods.into_iter().map(|(service, method)| {
        let class = format!(r"{namespace}\Api\{}Interface", service.name);
        let resources = method.access.iter().map(|id| XmlElement::new("resource").attribute("ref", id));
        XmlElement::new("route").attribute("method", &method.verb).attribute("url", &method.path).children([
            XmlElement::new("service").attribute("class", class).attribute("method", method.name.as_str()),
            XmlElement::new("resources").children(resources),
        ])
    });
    XmlElement::root("routes", "urn:magento:module:Magento_Webapi:etc/webapi.xsd")
        .children(routes)
        .into_file(module)
}
