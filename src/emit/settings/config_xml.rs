//! `etc/config.xml`: defaults, and backend models of encrypted values.

use indexmap::IndexMap;

use crate::{
    emit::xml::XmlElement,
    model::{ConfigDefault, Module},
};

pub(in crate::emit) fn emit(module: &Module) -> Option<String> {
    let config = &module.config;
    let default = tree("default", config.default.iter().map(|value| (value.path.as_str(), value)));
    let websites = scopes("websites", &config.websites);
    let stores = scopes("stores", &config.stores);
    let trees = [default, websites, stores].map(|tree| tree.filter(|tree| !tree.is_empty()));
    if trees.iter().all(Option::is_none) {
        return None;
    }
    XmlElement::root("config", "urn:magento:module:Magento_Store:etc/config.xsd")
        .children(trees.into_iter().flatten())
        .into_file(module)
}

fn scopes<'a>(name: &'static str, scopes: &'a [(String, Vec<ConfigDefault>)]) -> Option<XmlElement<'a>> {
    let trees = scopes
        .iter()
        .filter_map(|(code, values)| tree(code, values.iter().map(|value| (value.path.as_str(), value))));
    (!scopes.is_empty()).then(|| XmlElement::new(name).children(trees))
}

/// Returns an element with the values below it, each with the rest of its path.
fn tree<'a>(
    name: &'a str,
    values: impl Iterator<Item = (&'a str, &'a ConfigDefault)>,
) -> Option<XmlElement<'a>> {
    let mut below: IndexMap<&str, Vec<(&str, &ConfigDefault)>> = IndexMap::new();
    let mut element = XmlElement::new(name);
    for (path, value) in values {
        match path.split_once('/') {
            _ if path.is_empty() => element = with(element, value),
            Some((first, rest)) => below.entry(first).or_default().push((rest, value)),
            None => below.entry(path).or_default().push(("", value)),
        }
    }
    Some(element.children(below.into_iter().filter_map(|(name, values)| tree(name, values.into_iter()))))
}

fn with<'a>(element: XmlElement<'a>, value: &'a ConfigDefault) -> XmlElement<'a> {
    let element = match &value.backend_model {
        Some(class) => element.attribute("backend_model", class),
        None => element,
    };
    match &value.value {
        Some(text) => element.text(text.as_str()),
        None => element,
    }
}
