//! `[[menu]]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    names::{AclId, ConfigKey, Line, MenuAction, MenuId, MenuTitle, ModuleName},
    spec::{Pointer, Spec, pointer, table},
};

/// An entry of the Admin menu, with the entries below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MenuEntry {
    /// Id: by convention the module's name, two colons, then letters, digits and underscores.
    #[schemars(example = &"Acme_ErpBridge::erp")]
    pub id: MenuId,
    /// Title: 3 to 50 characters. Required for a new entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Acme ERP")]
    pub title: Option<MenuTitle>,
    /// Entry above it, of another module or of this one. Default: none, the entry is at the top. In `children` it is the
    /// entry that has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Magento_Backend::stores")]
    pub parent: Option<MenuId>,
    /// Page that it opens, as front name, controller and action. Default: none, the entry only has children.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme_erp/export/index")]
    pub action: Option<MenuAction>,
    /// ACL resource that administrators need to see it. Required for a new entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Acme_ErpBridge::erp")]
    pub resource: Option<AclId>,
    /// Position among the siblings, ascending. Default: none for entries of `[[menu]]`; 10, 20, 30, … in `children`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 30, range(min = i32::MIN, max = i32::MAX))]
    pub sort_order: Option<i32>,
    /// Text shown for it, 3 to 50 characters. Default: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Exports to the ERP")]
    pub tooltip: Option<MenuTitle>,
    /// Window in which the page opens. Default: the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"_blank")]
    pub target: Option<Line>,
    /// Module without which the entry is hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Magento_Sales")]
    pub depends_on_module: Option<ModuleName>,
    /// Path of a setting of type yesno: while it is off, the entry is hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"acme_erpbridge/connection/enabled")]
    pub depends_on_config: Option<ConfigKey>,
    /// Module whose translations the title gets. Default: this module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = &"Acme_ErpBridge")]
    pub module: Option<ModuleName>,
    /// "update" changes the entry of another module that has the id, "remove" removes it. Default: "add".
    #[serde(default, skip_serializing_if = "MenuChange::is_add")]
    #[schemars(example = &"update")]
    pub change: MenuChange,
    /// Entries below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "table::many")]
    #[schemars(example = serde_json::json!([{ "id": "Acme_ErpBridge::exports", "title": "Exports", "action": "acme_erp/export/index", "resource": "Acme_ErpBridge::erp" }]))]
    pub children: Vec<MenuEntry>,
}

/// Effect of a menu entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum MenuChange {
    /// Adds an entry.
    #[default]
    Add,
    /// Changes an entry of another module.
    Update,
    /// Removes an entry of another module.
    Remove,
}

impl MenuChange {
    /// Returns true for a new entry.
    #[must_use]
    pub fn is_add(&self) -> bool {
        *self == Self::Add
    }
}

/// A menu entry of the spec, at any depth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedMenuEntry<'a> {
    /// Route into the document.
    pub route: Pointer,
    /// Entry.
    pub entry: &'a MenuEntry,
    /// Id of the entry above it.
    pub parent: Option<&'a MenuId>,
    /// Position among the siblings, with the default applied.
    pub sort_order: Option<i32>,
}

impl Spec {
    /// Returns the menu entries of the spec, each before those below it.
    #[must_use]
    pub fn menu_entries(&self) -> Vec<PlacedMenuEntry<'_>> {
        let mut entries = Vec::new();
        for (at, entry) in self.menu.iter().enumerate() {
            add(pointer!["menu", at], entry, entry.parent.as_ref(), entry.sort_order, &mut entries);
        }
        entries
    }
}

fn add<'a>(
    route: Pointer,
    entry: &'a MenuEntry,
    parent: Option<&'a MenuId>,
    sort_order: Option<i32>,
    entries: &mut Vec<PlacedMenuEntry<'a>>,
) {
    let below = route.key("children");
    entries.push(PlacedMenuEntry { route, entry, parent, sort_order });
    for ((at, child), place) in entry.children.iter().enumerate().zip((10..).step_by(10)) {
        add(below.key(at), child, Some(&entry.id), child.sort_order.or(Some(place)), entries);
    }
}
