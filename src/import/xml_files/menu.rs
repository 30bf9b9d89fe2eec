//! Import of `etc/adminhtml/menu.xml`: the entry that opens the module's settings.

use serde_json::json;

use super::{Entry, Names, Unsupported, needed};
use crate::parsers::xml::Element;

pub(super) const HELP: &str = "the file stays unchanged; `menu` of [settings] supports one entry for the module's own section, named \
    `Vendor_Module::settings`, with the section's label";

pub(super) fn read(root: &Element, names: &Names<'_>) -> Result<Vec<Entry>, Unsupported> {
    let Some(entry) = root.named("menu").flat_map(|menu| menu.named("add")).next() else {
        return Ok(Vec::new());
    };
    if !names.has_settings {
        return Err(Unsupported::new("the spec has no settings that the entry could open", &entry.name.span));
    }
    let values = vec![("menu".to_owned(), json!(needed(entry, "parent")?.value))];
    Ok(vec![Entry { table: "settings", is_list: false, values, at: entry.name.span.clone() }])
}
