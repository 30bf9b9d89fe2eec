//! Import of `etc/adminhtml/system.xml` and `etc/config.xml`: all that Magento's schemas allow and a spec can say.

pub(super) mod config;
mod field;
mod group;
mod nested;
pub(super) mod normal;
mod parts;
mod section;

use serde_json::{Map, Value, json};

use self::{parts::ShownScopes, section::SectionReading};
use super::{Entry, Names, Unsupported, needed};
use crate::{
    names::Title,
    parsers::{SpannedText, xml::Element},
    spec::pointer,
};

pub(super) const CONFIG: &str = "etc/config.xml";

pub(super) const HELP: &str = "[settings] and [[setting]] support all that Magento's schema for system.xml allows, except for markup outside of \
    <![CDATA[…]]>";

pub(super) fn read(root: &Element, names: &Names<'_>) -> Result<Vec<Entry>, Unsupported> {
    let elements: Vec<&Element> = root.named("system").flat_map(Element::elements).collect();
    let (mut tabs, mut sections) = (Vec::new(), Vec::new());
    for element in elements {
        match element.name.value.as_str() {
            "tab" => tabs.push(tab(element)?),
            "section" => sections.push(element),
            other => return Err(parts::unknown(element, other, "<system>")),
        }
    }
    let Some(first) = sections.first() else { return Ok(Vec::new()) };
    let restores = section::majority(sections.iter().flat_map(|it| section::restorable(it)));
    let expands = section::majority(sections.iter().flat_map(|it| section::expandable(it)));
    let short = short(names, &sections, &tabs);
    let mut settings = Map::new();
    let mut fields = Vec::new();
    let mut tables = Vec::new();
    for section in &sections {
        let mut reading = SectionReading { names, section, restores, expands, fields: Vec::new() };
        let groups = reading.groups()?;
        fields.append(&mut reading.fields);
        if short.is_some() {
            settings.insert("groups".to_owned(), Value::Object(groups));
        } else {
            tables.push(reading.table(groups)?);
        }
    }
    if let Some(short) = short {
        for (at, (key, value)) in short.into_iter().enumerate() {
            settings.shift_insert(at, key, value);
        }
    }
    if !tabs.is_empty() {
        settings.insert("tab".to_owned(), Value::Array(tabs));
    }
    if !tables.is_empty() {
        settings.insert("section".to_owned(), Value::Array(tables));
    }
    for (key, is_default) in [("can_restore", restores), ("expanded", expands)] {
        if !is_default {
            settings.insert(key.to_owned(), json!(false));
        }
    }
    settings.retain(|_, value| value.as_object().is_none_or(|table| !table.is_empty()));
    let mut entry = Entry::table("settings", &first.name.span);
    for (key, value) in settings {
        entry.put(pointer![key], value, &first.name.span);
    }
    let only = sections.len() == 1;
    let fields = fields.into_iter().map(|mut field| {
        if !only {
            field.entry.put(pointer!["section"], field.section.clone(), &first.name.span);
        }
        field.entry
    });
    Ok([entry].into_iter().chain(fields).collect())
}

/// Keys of `[settings]` for a single section that the short form says.
fn short(names: &Names<'_>, sections: &[&Element], tabs: &[Value]) -> Option<Map<String, Value>> {
    let [section] = sections else { return None };
    let id = section.attribute("id").filter(|_| tabs.is_empty())?;
    let text = |name: &str| section.named(name).next().map(|it| it.text().trimmed().to_owned());
    let is_plain =
        |element: &&Element| matches!(element.name.value.as_str(), "label" | "tab" | "resource" | "group");
    if !section.elements().all(|element| is_plain(&element))
        || section.attribute("extends").is_some()
        || parts::is_advanced(section)
    {
        return None;
    }
    let mut keys = Map::new();
    let Some(label) = text("label").filter(|label| !label.is_empty()) else {
        let is_bare = ["sortOrder", "showInDefault", "showInWebsite", "showInStore"]
            .iter()
            .all(|name| section.attribute(name).is_none());
        let others = ["tab", "resource"].iter().all(|name| text(name).is_none());
        keys.insert("section".to_owned(), json!(id.value));
        return (is_bare && others).then_some(keys);
    };
    let place: i32 = section.attribute("sortOrder")?.trimmed().parse().ok()?;
    let (tab, resource) = text("tab").zip(text("resource"))?;
    let is_shown = ShownScopes::of(section) == ShownScopes::widest(section);
    let own = names.module.id();
    (Title::new(label.as_str()).is_ok() && is_shown).then(|| {
        keys.insert("label".to_owned(), json!(label));
        if id.value != own {
            keys.insert("section".to_owned(), json!(id.value));
        }
        keys.insert("tab".to_owned(), json!(tab));
        keys.insert("resource".to_owned(), json!(resource));
        keys.insert("sort_order".to_owned(), json!(place));
        keys
    })
}

fn tab(tab: &Element) -> Result<Value, Unsupported> {
    parts::only_attributes(tab, &["id", "translate", "sortOrder", "class"])?;
    let mut keys = Map::new();
    keys.insert("id".to_owned(), json!(needed(tab, "id")?.value));
    let label = parts::texts(tab, &["label"])?;
    keys.insert(
        "label".to_owned(),
        json!(label.first().map(|(_, text)| parts::line(&text.value)).unwrap_or_default()),
    );
    keys.extend(parts::sort_order(tab)?.map(|place| ("sort_order".to_owned(), json!(place))));
    let class = tab.attribute("class").map(|class: &SpannedText| class.value.clone());
    keys.extend(class.filter(|it| !it.is_empty()).map(|class| ("class".to_owned(), json!(class))));
    Ok(Value::Object(keys))
}
