//! `etc/integration.xml`, which Magento reads from 2.1 on, and the elements it shares with the legacy pair.

use crate::emit::xml::Element;
use crate::model::{Integration, Module};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    if module.platform.is_legacy {
        return None;
    }
    let integrations = module.integrations.iter().map(|integration| {
        Element::new("integration")
            .attribute("name", integration.name.as_str())
            .children(settings(integration))
            .children(resources(integration))
    });
    Element::root("config", "urn:magento:module:Magento_Integration:etc/integration/integration.xsd")
        .children(integrations)
        .into_file(module)
}

/// E-mail and URLs, in the order that the legacy schema wants.
pub(in crate::emit) fn settings(integration: &Integration) -> impl Iterator<Item = Element<'_>> {
    let settings = [
        ("email", Some(integration.email.as_str())),
        ("endpoint_url", integration.endpoint_url.as_ref().map(|url| url.as_str())),
        ("identity_link_url", integration.identity_link_url.as_ref().map(|url| url.as_str())),
    ];
    settings.into_iter().filter_map(|(name, value)| Some(Element::new(name).text(value?)))
}

/// `<resources>`, which the schema does not let be empty.
pub(in crate::emit) fn resources(integration: &Integration) -> Option<Element<'_>> {
    let resources = integration.resources.iter();
    let resources =
        resources.map(|resource| Element::new("resource").attribute("name", resource.id.as_str()));
    (!integration.resources.is_empty()).then(|| Element::new("resources").children(resources))
}
