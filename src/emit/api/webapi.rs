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
    let routes = methods.into_iter().map(|(service, method)| route(service, method));
    XmlElement::root("routes", "urn:magento:module:Magento_Webapi:etc/webapi.xsd")
        .children(routes)
        .into_file(module)
}

fn route<'a>(service: &'a Service, method: &'a Method) -> XmlElement<'a> {
    let resources = method.access.iter().map(|id| XmlElement::new("resource").attribute("ref", id));
    let mut route = XmlElement::new("route").attribute("method", &method.verb).attribute("url", &method.path);
    if method.is_secure {
        route = route.attribute("secure", "true");
    }
    if let Some(name) = &method.soap_operation {
        route = route.attribute("soapOperation", name);
    }
    route
        .children([
            XmlElement::new("service")
                .attribute("class", &service.interface)
                .attribute("method", method.name.as_str()),
            XmlElement::new("resources").children(resources),
        ])
        .children(data(method))
}

/// Values that the route sets, and its limit.
fn data(method: &Method) -> Option<XmlElement<'_>> {
    let parameters = method.data.iter().map(|set| {
        let parameter = XmlElement::new("parameter").attribute("name", &set.name).text(&set.value);
        if set.is_forced { parameter.attribute("force", "true") } else { parameter }
    });
    let data = XmlElement::new("data");
    let data = match method.input_array_size_limit {
        Some(limit) => data.attribute("input-array-size-limit", limit.to_string()),
        None => data,
    };
    let is_empty = method.data.is_empty() && method.input_array_size_limit.is_none();
    (!is_empty).then(|| data.children(parameters))
}
