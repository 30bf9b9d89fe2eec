//! `[[menu]]`, and the entry that opens the settings.

use super::Lowering;
use crate::{
    model::{MenuEntry, menu::TOOLTIP},
    spec::settings::{MenuChange, PlacedMenuEntry},
};

impl Lowering<'_> {
    pub(super) fn menu(&self) -> Vec<MenuEntry> {
        let entries = self.spec.menu_entries();
        self.of_section().into_iter().chain(entries.iter().map(|entry| self.entry(entry))).collect()
    }

    /// Returns the entry that opens the module's own section.
    fn of_section(&self) -> Option<MenuEntry> {
        let settings = self.spec.settings.as_ref()?;
        let (label, parent) = settings.label.as_ref().zip(settings.menu.as_ref())?;
        let (section, resource) = self.spec.short_section().zip(self.spec.config_resource())?;
        Some(MenuEntry {
            element: "add",
            id: format!("{}::settings", self.spec.module.name),
            title: Some(label.to_string()),
            module: Some(self.spec.module.name.to_string()),
            attributes: vec![
                ("sortOrder", "100".to_owned()),
                ("parent", parent.to_string()),
                ("action", format!("adminhtml/system_config/edit/section/{section}")),
                ("resource", resource.to_string()),
            ],
        })
    }

    fn entry(&self, PlacedMenuEntry { entry, parent, sort_order, .. }: &PlacedMenuEntry<'_>) -> MenuEntry {
        let (element, own) = match entry.change {
            MenuChange::Add => ("add", Some(&self.spec.module.name)),
            MenuChange::Update => ("update", None),
            MenuChange::Remove => ("remove", None),
        };
        let attributes = [
            ("sortOrder", sort_order.map(|place| place.to_string())),
            ("parent", parent.map(ToString::to_string)),
            ("action", entry.action.as_ref().map(ToString::to_string)),
            ("resource", entry.resource.as_ref().map(ToString::to_string)),
            (TOOLTIP, entry.tooltip.as_ref().map(ToString::to_string)),
            ("target", entry.target.as_ref().map(ToString::to_string)),
            ("dependsOnModule", entry.depends_on_module.as_ref().map(ToString::to_string)),
            ("dependsOnConfig", entry.depends_on_config.as_ref().map(ToString::to_string)),
        ];
        MenuEntry {
            element,
            id: entry.id.to_string(),
            title: entry.title.as_ref().map(ToString::to_string),
            module: entry.module.as_ref().or(own).map(ToString::to_string),
            attributes: attributes.into_iter().filter_map(|(name, text)| Some((name, text?))).collect(),
        }
    }
}
