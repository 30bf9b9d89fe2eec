//! Import of `etc/adminhtml/menu.xml`: the entry that opens the module's settings.

use super::{Entry, Names, Unsupported, needed};
use crate::{parsers::xml::Element, spec::pointer};

pub(super) const PATH: &str = "etc/adminhtml/menu.xml";

pub(super) const HELP: &str = "the file stays unchanged; `menu` of [settings] supports one entry for the module's own section, named \
    `Vendor_Module::settings`, with the section's label";

pub(super) fn read(root: &Element, names: &Names<'_>) -> Result<Vec<Entry>, Unsupported> {
    let Some(add) = root.named("menu").flat_map(|menu| menu.named("add")).next() else {
        return Ok(Vec::new());
    };
    if !names.has_settings {
        let what = "the spec has no settings that the entry could open";
        return Err(Unsupported::new(what, &add.name.span));
    }
    let parent = needed(add, "parent")?;
    let mut entry = Entry::table("settings", &add.name.span);
    entry.put(pointer!["menu"], parent.value.as_str(), &parent.span);
    Ok(vec![entry])
}
