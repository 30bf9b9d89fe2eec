//! Import of `etc/events.xml`, and those of single areas.

use super::{Entry, Names, Unsupported, needed};
use crate::{
    parsers::xml::{Element, XmlNode},
    spec::pointer,
};

pub(super) const HELP: &str =
    "the file stays unchanged; [[observer]] supports observers whose class is in this module";

pub(super) fn read(root: &Element, names: &Names<'_>, area: &str) -> Result<Vec<Entry>, Unsupported> {
    let mut entries = Vec::new();
    for event in root.named("event") {
        let name = needed(event, "name")?;
        for observer in event.named("observer") {
            let (id, class) = (needed(observer, "name")?, needed(observer, "instance")?);
            let mut entry = Entry::item("observer", &observer.name.span);
            names.handler(&mut entry, id, class, "Observer")?;
            entry.put(pointer!["event"], name.value.as_str(), &name.span);
            if area != "global" {
                entry.put(pointer!["area"], area, &observer.name.span);
            }
            entries.push(entry);
        }
    }
    Ok(entries)
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
