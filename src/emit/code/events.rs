//! `etc/events.xml`, and `events.xml` of single areas.

use std::collections::BTreeMap;

use crate::{
    emit::{GeneratedFile, xml::XmlElement},
    model::{Module, Observer},
};

/// Generates one file per area with observers.
pub(in crate::emit) fn files(module: &Module) -> Vec<GeneratedFile> {
    let mut areas: BTreeMap<Option<&str>, BTreeMap<&str, Vec<&Observer>>> = BTreeMap::new();
    for observer in &module.observers {
        areas.entry(observer.area).or_default().entry(observer.event.as_str()).or_default().push(observer);
    }
    let made = |(area, events): (Option<&str>, BTreeMap<&str, Vec<&Observer>>)| {
        let path = area.map_or_else(|| "etc/events.xml".to_owned(), |area| format!("etc/{area}/events.xml"));
        Some(GeneratedFile::managed(path, file(module, &events)?))
    };
    areas.into_iter().filter_map(made).collect()
}

fn file(module: &Module, events: &BTreeMap<&str, Vec<&Observer>>) -> Option<String> {
    let namespace = module.name.namespace();
    let events = events.iter().map(|(event, observers)| {
        let observers = observers.iter().map(|observer| {
            let element = XmlElement::new("observer").attribute("name", observer.name.as_str());
            let element = match &observer.class {
                Some(class) => element.attribute("instance", class.full(&namespace)),
                None => element,
            };
            let said = [("disabled", "true", observer.is_disabled), ("shared", "false", !observer.is_shared)];
            let said = said.into_iter().filter(|(_, _, is_said)| *is_said);
            said.fold(element, |element, (name, value, _)| element.attribute(name, value))
        });
        XmlElement::new("event").attribute("name", *event).children(observers)
    });
    XmlElement::root("config", "urn:magento:framework:Event/etc/events.xsd")
        .children(events)
        .into_file(module)
}
