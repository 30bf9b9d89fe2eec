//! Import of `etc/events.xml`, and those of single areas.

use super::{Entry, Names, Reading, needed};
use crate::{
    parsers::xml::{Element, XmlNode},
    spec::pointer,
};

pub(super) const HELP: &str =
    "the file stays unchanged; [[observer]] supports observers whose class is in this module";

pub(super) fn read(root: &Element, names: &Names<'_>, area: &str) -> Reading {
    let mut reading = Reading::default();
    for event in root.named("event") {
        let Some(name) = reading.keep(needed(event, "name")) else { continue };
        for observer in event.named("observer") {
            let id = reading.keep(needed(observer, "name"));
            let class = reading.keep(needed(observer, "instance"));
            let Some((id, class)) = id.zip(class) else { continue };
            let mut entry = Entry::item("observer", &observer.name.span);
            let unsupported = names.handler(&mut entry, id, class, "Observer");
            entry.put(pointer!["event"], name.value.as_str(), &name.span);
            if area != "global" {
                entry.put(pointer!["area"], area, &observer.name.span);
            }
            reading.unsupported.extend(unsupported);
            reading.entries.push(entry);
        }
    }
    reading
}

/// Normalizes the file: Magento compares names of events in lower case (docs/magento/events.md#lower-case).
pub(super) fn normal(root: &Element) -> Element {
    let mut normal = root.clone();
    for node in &mut normal.children {
        let XmlNode::Element(event) = node else { continue };
        let names = event.attributes.iter_mut().filter(|attribute| attribute.name == "name");
        names.for_each(|name| name.value.value = name.value.value.to_lowercase());
    }
    normal
}
