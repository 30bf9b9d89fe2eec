//! The menu of the Admin: menu.xml of all modules, as `Magento\Backend\Model\Menu\Builder` builds it.

use std::collections::BTreeMap;

use magespec::diag::Failure;

use super::blocks::{Blocks, short};
use crate::{root::Root, tables::ScannedBlock};

/// Item of the menu.
#[derive(Debug, Default)]
struct Item {
    title: String,
    parent: String,
    module: String,
}

/// Rows of `menu.tsv`.
///
/// # Errors
/// Fails if a file cannot be parsed.
pub(super) fn menu(root: &Root) -> Result<Vec<ScannedBlock>, Failure> {
    let mut items: BTreeMap<String, Item> = BTreeMap::new();
    let mut removed = Vec::new();
    for file in root.files("adminhtml/menu.xml")? {
        for command in file.root.named("menu").flat_map(|menu| menu.elements()) {
            let value = |name: &str| command.attribute(name).map(|text| text.value.clone());
            let Some(id) = value("id") else { continue };
            if command.name.value == "remove" {
                removed.push(id);
                continue;
            }
            let item = items.entry(id).or_default();
            item.parent = value("parent").unwrap_or_else(|| item.parent.clone());
            item.title = value("title").unwrap_or_else(|| item.title.clone());
            item.module = value("module").unwrap_or_else(|| item.module.clone());
        }
    }
    let mut blocks = Blocks::default();
    for (id, item) in items.iter().filter(|(id, _)| !removed.contains(id)) {
        let named_after = id.split_once("::").map_or(id.as_str(), |(module, _)| module);
        let module = if item.module == named_after { String::new() } else { short(&item.module) };
        blocks.line([id, &item.title, &item.parent, &module]);
    }
    Ok(blocks.finish())
}
