//! Import of `etc/events.xml`, and those of single areas.

use super::{Entry, Names, Unsupported, needed, webhooks::is_of_webhooks};
use crate::{
    parsers::xml::{Element, XmlNode},
    spec::pointer,
};

pub(super) const HELP: &str = "[[observer]] supports observers with a class, and disabled ones";

pub(super) fn read(root: &Element, names: &Names<'_>, area: &str) -> Result<Vec<Entry>, Unsupported> {
    let mut entries = Vec::new();
    for event in root.named("event") {
        let name = needed(event, "name")?;
        let observers = event.named("observer").filter(|observer| {
            let class = observer.attribute("instance");
            !class.is_some_and(|it| is_of_webhooks(names.outline, names.module, &it.value))
        });
        for observer in observers {
            let id = needed(observer, "name")?;
            let mut entry = Entry::item("observer", &observer.name.span);
            let said = |key: &str, word: &str| observer.attribute(key).filter(|it| it.value == word);
            // A disabled observer has no class unless it names one.
            let (class, folder) = match said("disabled", "true") {
                Some(_) => (observer.attribute("instance"), ""),
                None => (Some(needed(observer, "instance")?), "Observer"),
            };
            names.handler(&mut entry, id, class, folder)?;
            for (key, value, is_said) in
                [("disabled", true, said("disabled", "true")), ("shared", false, said("shared", "false"))]
            {
                is_said.into_iter().for_each(|it| entry.put(pointer![key], value, &it.span));
            }
            entry.put(pointer!["event"], name.value.as_str(), &name.span);
            if area != "global" {
                entry.put(pointer!["area"], area, &observer.name.span);
            }
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// Normalizes the file: Magento compares names of events in lower case (docs/magento/events.md#lower-case), and ignores
/// other values of two attributes of an observer (docs/magento/events.md#observer-attributes).
pub(super) fn normal(root: &Element) -> Element {
    let mut normal = root.clone();
    for node in &mut normal.children {
        let XmlNode::Element(event) = node else { continue };
        let names = event.attributes.iter_mut().filter(|attribute| attribute.name == "name");
        names.for_each(|name| name.value.value = name.value.value.to_lowercase());
        for node in &mut event.children {
            let XmlNode::Element(observer) = node else { continue };
            observer.attributes.retain(|it| match it.name.as_str() {
                "disabled" => it.value.value == "true",
                "shared" => it.value.value == "false",
                _ => true,
            });
        }
    }
    normal
}
