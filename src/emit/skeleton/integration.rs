//! `etc/integration.xml`, read by 2.1 and later, and the elements it shares with the legacy pair.

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

/// E-mail address and URLs, in the order of the legacy schema.
pub(in crate::emit) fn settings(integration: &Integration) -> impl Iterator<Item = XmlElement<'_>> {
    let settings = [
        ("email", Some(integration.email.as_str())),
        ("endpoint_url", integration.endpoint_url.as_ref().map(|url| url.as_str())),
        ("identity_link_url", integration.identity_link_url.as_ref().map(|url| url.as_str())),
    ];
    settings.into_iter().filter_map(|(name, value)| Some(XmlElement::new(name).text(value?)))
}

/// `<resources>`, which must not be empty.
pub(in crate::emit) fn resources(integration: &Integration) -> Option<XmlElement<'_>> {
    let resources = integration.resources.iter();
    let resources =
        resources.map(|resource| XmlElement::new("resource").attribute("name", resource.id.as_str()));
    (!integration.resources.is_empty()).then(|| XmlElement::new("resources").children(resources))
}
