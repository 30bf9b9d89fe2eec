//! `etc/integration.xml`, which Magento reads from 2.1 on, and the elements it shares with the legacy pair.

use crate::emit::xml::XmlElement;
use crate::model::{Integration, Module};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    if module.platform.is_legacy {
        return None;
    }
    let integrations = module.integrations.iter().map(|integration| {
        XmlElement::new("integration")
            .attribute("name", integration.name.as_str())
            .children(settings(integration))
            .children(resources(integration))
    });
    XmlElement::root("config", "urn:magento:module:Magento_Integration:etc/integration/integration.xsd")
        .children(integrations)
        .into_file(module)
}

/// E-mail and URLs, in the order that the legacy schema wants.
pub(in crate::emit) fn settings(integration: &Integration) -> impl Iterator<Item = XmlElement<'_>> {
    let settings = [
        ("email", Some(integration.email.as_str())),
        ("endpoint_url", integration.endpoint_url.as_ref().map(|url| url.as_str())),
        ("identity_link_url", integration.identity_link_url.as_ref().map(|url| url.as_str())),
    ];
    settings.into_iter().filter_map(|(name, value)| Some(XmlElement::new(name).text(value?)))
}

/// `<resources>`, which the schema does not let be empty.
pub(in crate::emit) fn resources(integration: &Integration) -> Option<XmlElement<'_>> {
    let resources = integration.resources.iter();
    let resources =
        resources.map(|resource| XmlElement::new("resource").attribute("name", resource.id.as_str()));
    (!integration.resources.is_empty()).then(|| XmlElement::new("resources").children(resources))
}
