//! `etc/adminhtml/menu.xml`: the entry that leads to the module's settings.

use serde_json::json;

use super::{Entry, Names, Unsupported, needed};
use crate::formats::xml::Element;

pub(super) const HELP: &str = "it stays as it is; `menu` of [settings] says one entry, that of the module's own section, named \
    `Vendor_Module::settings`, with the section's label";

pub(super) fn read(root: &Element, names: &Names<'_>) -> Result<Vec<Entry>, Unsupported> {
    let Some(entry) = root.named("menu").flat_map(|menu| menu.named("add")).next() else {
        return Ok(Vec::new());
    };
    if !names.has_settings {
        return Err(Unsupported::new(
            "there are no settings in the spec that it could lead to",
            &entry.name.span,
        ));
    }
    let values = vec![("menu".to_owned(), json!(needed(entry, "parent")?.value))];
    Ok(vec![Entry { table: "settings", is_list: false, values, at: entry.name.span.clone() }])
}
