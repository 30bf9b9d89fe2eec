//! Import of `etc/adminhtml/menu.xml`.

use super::{Entry, Names, Unsupported, needed};
use crate::{
    names::MenuAction,
    parsers::xml::{Element, XmlNode},
    spec::pointer,
};

pub(super) const PATH: &str = "etc/adminhtml/menu.xml";

pub(super) const HELP: &str = "[[menu]] supports every attribute that Magento's schema for menu.xml allows";

/// Attributes of an entry, with their keys in a spec.
const KEYS: [(&str, &str); 10] = [
    ("title", "title"),
    ("parent", "parent"),
    ("action", "action"),
    ("resource", "resource"),
    ("toolTip", "tooltip"),
    ("target", "target"),
    ("dependsOnModule", "depends_on_module"),
    ("dependsOnConfig", "depends_on_config"),
    ("module", "module"),
    ("sortOrder", "sort_order"),
];

pub(super) fn read(root: &Element, names: &Names<'_>) -> Result<Vec<Entry>, Unsupported> {
    let elements = root.named("menu").flat_map(Element::elements);
    elements.map(|element| names.opens_settings(element).map_or_else(|| entry(element, names), Ok)).collect()
}

/// Normalizes the file: Magento ignores attributes without a value.
pub(super) fn normal(element: &Element) -> Element {
    let mut normal = element.clone();
    normal.attributes.retain(|attribute| !attribute.value.value.is_empty());
    for node in &mut normal.children {
        if let XmlNode::Element(child) = node {
            *child = self::normal(child);
        }
    }
    normal
}

fn entry(element: &Element, names: &Names<'_>) -> Result<Entry, Unsupported> {
    let tag = &element.name;
    let change = match tag.value.as_str() {
        "add" => None,
        change @ ("update" | "remove") => Some(change),
        other => return Err(Unsupported::fault(format!("Magento has no <{other}> in menu.xml"), &tag.span)),
    };
    let id = needed(element, "id")?;
    let mut entry = Entry::item("menu", &tag.span);
    entry.put(pointer!["id"], id.value.as_str(), &id.span);
    if let Some(change) = change {
        entry.put(pointer!["change"], change, &tag.span);
    }
    for (attribute, key) in KEYS {
        let Some(text) = element.attribute(attribute) else { continue };
        let value = text.value.as_str();
        let unsupported = |what| Err(Unsupported::fault(what, &text.span));
        match (key, value.trim().parse::<i32>()) {
            ("module", _) if change.is_none() && value == names.module.as_str() => {}
            // Magento treats an empty one as none.
            (_, _) if value.is_empty() && key != "title" => {}
            ("sort_order", Ok(place)) => entry.put(pointer![key], place, &text.span),
            ("sort_order", Err(_)) => {
                return unsupported(format!("the sortOrder {value:?} is not a whole number"));
            }
            ("action", _) if MenuAction::new(value).is_err() => {
                let what = format!("the action {value:?} has a character that Magento's schema refuses");
                return unsupported(what);
            }
            _ => entry.put(pointer![key], value, &text.span),
        }
    }
    Ok(entry)
}

impl Names<'_> {
    /// Returns the key of `[settings]` that adds such an entry: `menu`.
    fn opens_settings(&self, element: &Element) -> Option<Entry> {
        let settings = self.outline.json.get("settings")?;
        let module = self.module.as_str();
        let own = format!("{module}::config");
        let section = settings
            .get("section")
            .and_then(|it| it.as_str())
            .map_or_else(|| self.module.id(), str::to_owned);
        let generated = [
            ("id", format!("{module}::settings")),
            ("title", settings.get("label")?.as_str()?.to_owned()),
            ("module", module.to_owned()),
            ("sortOrder", "100".to_owned()),
            ("action", format!("adminhtml/system_config/edit/section/{section}")),
            ("resource", settings.get("resource").and_then(|it| it.as_str()).unwrap_or(&own).to_owned()),
        ];
        let is_generated = generated
            .iter()
            .all(|(name, value)| element.attribute(name).is_some_and(|it| it.value == *value));
        let parent = element.attribute("parent").filter(|_| is_generated && element.name.value == "add")?;
        let others = ["translate", "parent"];
        let has_more = element.attributes.iter().any(|it| {
            !others.contains(&it.name.as_str()) && generated.iter().all(|(name, _)| *name != it.name)
        });
        if has_more {
            return None;
        }
        let mut entry = Entry::table("settings", &element.name.span);
        entry.put(pointer!["menu"], parent.value.as_str(), &parent.span);
        Some(entry)
    }
}
