//! Sections and the order of their groups.

use serde_json::{Map, Value, json};

use super::parts::{self, FieldEntry, ShownScopes};
use crate::{
    import::xml_files::{Names, Unsupported, needed},
    parsers::xml::Element,
};

/// A section while its fields are read.
pub(super) struct SectionReading<'a> {
    pub(super) names: &'a Names<'a>,
    pub(super) section: &'a Element,
    /// True if fields offer their default unless they say otherwise.
    pub(super) restores: bool,
    /// True if groups are open unless they say otherwise.
    pub(super) expands: bool,
    pub(super) fields: Vec<FieldEntry>,
}

/// True unless most of the elements say no.
pub(super) fn majority(said: impl Iterator<Item = bool>) -> bool {
    let (yes, no): (Vec<bool>, Vec<bool>) = said.partition(|said| *said);
    yes.len() >= no.len()
}

/// Says of each typed field that is no secret if it offers its default.
pub(super) fn restorable(section: &Element) -> impl Iterator<Item = bool> {
    let fields = section
        .descendants("field")
        .filter(|field| field.attribute("type").is_some_and(|kind| kind.value != "obscure"));
    fields.map(|field| field.attribute("canRestore").is_some_and(parts::is_yes))
}

/// Says of each group with a title if it is open on the first visit.
pub(super) fn expandable(section: &Element) -> impl Iterator<Item = bool> {
    let groups = section.descendants("group").filter(|group| group.named("label").next().is_some());
    groups.map(is_expanded)
}

pub(super) fn is_expanded(group: &Element) -> bool {
    group.named("attribute").any(|attribute| {
        attribute.attribute("type").is_some_and(|kind| kind.value == "expanded")
            && parts::is_yes(&attribute.text())
    })
}

impl SectionReading<'_> {
    pub(super) fn id(&self) -> &str {
        self.section.attribute("id").map_or("", |id| id.value.as_str())
    }

    /// Reads the groups and their fields.
    pub(super) fn groups(&mut self) -> Result<Map<String, Value>, Unsupported> {
        needed(self.section, "id")?;
        let groups: Vec<&Element> = self.section.named("group").collect();
        let mut tables = Map::new();
        let order = order(self.section);
        for group in groups {
            self.group(group, &[], &order, &mut tables)?;
        }
        Ok(tables)
    }

    /// Reads the section as a table of the long form.
    pub(super) fn table(&self, groups: Map<String, Value>) -> Result<Value, Unsupported> {
        let section = self.section;
        parts::only_box_attributes(section, &[])?;
        let texts = ["label", "tab", "resource", "class", "header_css", "frontend_model"];
        let other = section.elements().find(|it| {
            let name = it.name.value.as_str();
            !texts.contains(&name) && name != "group" && name != "include"
        });
        if let Some(other) = other {
            return Err(parts::unknown(other, &other.name.value, "a section"));
        }
        let mut keys = Map::new();
        keys.insert("id".to_owned(), json!(self.id()));
        for (name, text) in parts::texts(section, &texts)? {
            keys.insert(name.to_owned(), json!(parts::line(&text.value)));
        }
        keys.extend(parts::sort_order(section)?.map(|place| ("sort_order".to_owned(), json!(place))));
        let scopes = ShownScopes::of(section);
        let is_own = keys.contains_key("tab");
        if is_own && scopes.flags() != ShownScopes::widest(section).flags() || !is_own && scopes.is_given() {
            if !is_own && scopes.is_partial() {
                return Err(partial(section));
            }
            keys.insert("show_in".to_owned(), scopes.listed());
        }
        if parts::is_advanced(section) {
            keys.insert("advanced".to_owned(), json!(true));
        }
        keys.extend(parts::includes(section).map(|files| ("include".to_owned(), files)));
        if !groups.is_empty() {
            keys.insert("groups".to_owned(), Value::Object(groups));
        }
        Ok(Value::Object(keys))
    }
}

/// Reports that a list of scopes cannot say what the element has.
pub(super) fn partial(element: &Element) -> Unsupported {
    let what = format!(
        "<{}> of another module sets only some of showInDefault, showInWebsite and showInStore, and `show_in` of a spec \
         sets all three",
        element.name.value
    );
    Unsupported::new(what, &element.name.span)
}

/// Paths of groups in the order in which a spec has them: those with fields first.
fn order(section: &Element) -> Vec<String> {
    fn walk(group: &Element, above: &str, with_fields: bool, order: &mut Vec<String>) {
        let Some(id) = group.attribute("id") else { return };
        let path = if above.is_empty() { id.value.clone() } else { format!("{above}/{}", id.value) };
        let is_in = !with_fields || group.named("field").next().is_some();
        if is_in {
            // The groups around it come with it.
            for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
                if !order.iter().any(|other| *other == path[..end]) {
                    order.push(path[..end].to_owned());
                }
            }
        }
        group.named("group").for_each(|group| walk(group, &path, with_fields, order));
    }
    let mut order = Vec::new();
    for with_fields in [true, false] {
        section.named("group").for_each(|group| walk(group, "", with_fields, &mut order));
    }
    order
}
