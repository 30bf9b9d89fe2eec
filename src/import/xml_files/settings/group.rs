//! Groups, with the groups in them.

use serde_json::{Map, Value, json};

use super::{
    field,
    parts::{self, ShownScopes},
    section::{SectionReading, is_expanded, partial},
};
use crate::{
    import::xml_files::{Unsupported, needed},
    parsers::xml::Element,
};

const TEXTS: [&str; 7] =
    ["label", "fieldset_css", "frontend_model", "clone_model", "help_url", "more_url", "demo_link"];

const OTHERS: [&str; 8] = [
    "comment",
    "clone_fields",
    "hide_in_single_store_mode",
    "field",
    "group",
    "depends",
    "attribute",
    "include",
];

impl SectionReading<'_> {
    /// Reads a group below others, and adds its table and those of the groups in it.
    pub(super) fn group(
        &mut self,
        group: &Element,
        above: &[&str],
        order: &[String],
        tables: &mut Map<String, Value>,
    ) -> Result<(), Unsupported> {
        let id = needed(group, "id")?;
        let steps: Vec<&str> = above.iter().copied().chain([id.value.as_str()]).collect();
        let path = steps.join("/");
        let place = self.place(&path, above, order);
        let table = self.table_of(group, &steps, place)?;
        let mut fields = 0;
        for element in group.elements() {
            match element.name.value.as_str() {
                "field" => {
                    fields += 1;
                    let read = self.field(element, &steps, fields * 10)?;
                    self.fields.push(read);
                }
                "group" => {}
                name if TEXTS.contains(&name) || OTHERS.contains(&name) => {}
                name => return Err(parts::unknown(element, name, "a group")),
            }
        }
        tables.insert(path, table);
        for below in group.named("group") {
            self.group(below, &steps, order, tables)?;
        }
        Ok(())
    }

    /// Position that the build derives for a group with a title.
    fn place(&self, path: &str, above: &[&str], order: &[String]) -> i64 {
        let parent = above.join("/");
        let is_sibling = |other: &&String| other.rsplit_once('/').map_or("", |(above, _)| above) == parent;
        let at = order.iter().filter(is_sibling).position(|other| other == path).unwrap_or_default();
        let before = match above.split_last() {
            Some((last, rest)) => field::count(self.section, rest, last),
            None => 0,
        };
        i64::try_from(before + at + 1).unwrap_or(i64::MAX).saturating_mul(10)
    }

    /// Title of the group, or all its keys.
    fn table_of(&self, group: &Element, steps: &[&str], place: i64) -> Result<Value, Unsupported> {
        parts::only_box_attributes(group, &["extends"])?;
        let mut keys = Map::new();
        for (name, text) in parts::texts(group, &TEXTS)? {
            keys.insert(name.to_owned(), json!(parts::line(&text.value)));
        }
        let is_own = keys.contains_key("label");
        // Without one it is 0 (`Magento_Config: Model/Config/Structure/Mapper/Sorting.php`).
        let order = parts::sort_order(group)?.or(is_own.then_some(0));
        keys.extend(
            order.filter(|it| !is_own || *it != place).map(|it| ("sort_order".to_owned(), json!(it))),
        );
        let scopes = ShownScopes::of(group);
        if is_own && scopes.flags() != ShownScopes::widest(group).flags() || !is_own && scopes.is_given() {
            if !is_own && scopes.is_partial() && group.named("field").next().is_some() {
                return Err(partial(group));
            }
            keys.insert("show_in".to_owned(), scopes.listed());
        }
        let is_open = is_expanded(group);
        if is_open != (is_own && self.expands) {
            keys.insert("expanded".to_owned(), json!(is_open));
        }
        keys.extend(parts::comment(group)?.map(|(key, value)| (key.to_owned(), value)));
        if group.named("hide_in_single_store_mode").any(|it| parts::is_yes(&it.text())) {
            keys.insert("hide_in_single_store_mode".to_owned(), json!(true));
        }
        if group.named("clone_fields").any(|it| parts::is_yes(&it.text())) {
            keys.insert("clone_fields".to_owned(), json!(true));
        }
        if parts::is_advanced(group) {
            keys.insert("advanced".to_owned(), json!(true));
        }
        let node: Vec<&str> = [self.id()].into_iter().chain(steps.iter().copied()).collect();
        let depends = self.depends(group, &node)?;
        if !depends.is_empty() {
            keys.insert("depends".to_owned(), Value::Object(depends));
        }
        keys.extend(group.attribute("extends").map(|it| ("extends".to_owned(), json!(it.value))));
        let attributes = parts::attributes(group, "expanded")?;
        if !attributes.is_empty() {
            keys.insert("attributes".to_owned(), Value::Object(attributes));
        }
        keys.extend(parts::includes(group).map(|files| ("include".to_owned(), files)));
        Ok(match (keys.len(), keys.get("label")) {
            (1, Some(label)) => label.clone(),
            _ => Value::Object(keys),
        })
    }
}
