//! Settings of the spec, and what Magento has in its configuration, its menu and its cron groups.

use super::facts::Facts;
use crate::{
    catalog::{ReleaseSet, VersionedRow, VersionedTable},
    diag::plural,
    names::SettingPath,
    spec::{
        Pointer,
        settings::{PlacedMenuEntry, Setting},
    },
};

impl Facts<'_> {
    /// Describes the setting of the spec that a path at a route names.
    pub(super) fn setting(&self, route: &Pointer, path: &str) -> Option<String> {
        let setting = self.named_setting(route, path)?;
        let label = setting.label.as_ref().map_or_else(String::new, |label| format!("**{label}**\n\n"));
        let json = serde_json::to_value(setting).ok()?;
        let line = |key: &str| Some(format!("\n- {key}: `{}`", super::toml(json.get(key)?)));
        let lines: String = ["type", "default", "scope", "options"].into_iter().filter_map(line).collect();
        Some(format!("{label}Setting `{}` of this spec.\n{lines}", setting.path))
    }

    /// Setting of the spec that a path at a route names, as the spec itself resolves it.
    fn named_setting(&self, route: &Pointer, path: &str) -> Option<&Setting> {
        let spec = self.spec?;
        let mut settings = spec.setting.iter();
        let steps = route.names();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        match steps.as_slice() {
            ["webhooks", ..] => settings.find(|setting| setting.path.as_str() == path),
            ["setting", "extends"] => {
                let (section, path) = path.split_once('/')?;
                Some(spec.setting_in(section, path)?.1)
            }
            ["setting", "requires", ..] => Some(spec.setting_in(&self.section_at(route)?, path)?.1),
            ["setting" | "settings", ..] if steps.contains(&"depends") => {
                let (section, on) = (self.section_at(route)?, SettingPath::new(path.to_owned()).ok()?);
                let (section, path) = spec.target_of(&section, &on);
                Some(spec.setting_in(section, path)?.1)
            }
            _ => settings.find(|setting| spec.path_of(setting) == path),
        }
    }

    /// Section of the setting or the group at a route.
    fn section_at(&self, route: &Pointer) -> Option<String> {
        let spec = self.spec?;
        let steps: Vec<&str> = route.steps().collect();
        match steps.as_slice() {
            ["setting", at, ..] => Some(spec.section_of(spec.setting.get(at.parse::<usize>().ok()?)?)),
            ["settings", "section", at, ..] => {
                let sections = spec.settings.as_ref()?.sections();
                Some(sections.get(at.parse::<usize>().ok()?)?.id.to_string())
            }
            _ => spec.short_section(),
        }
    }

    /// Describes a setting of Magento.
    pub(super) fn config_path(&self, written: &str) -> Option<String> {
        let paths = self.catalog.config_paths();
        let (modules, there) = self.owners(paths, written, |row| &row.module)?;
        Some(format!("Setting `{written}` of {modules}, {there}."))
    }

    /// Describes a group of the configuration of Magento.
    pub(super) fn config_group(&self, written: &str) -> Option<String> {
        let groups = &self.catalog.config().groups;
        let (modules, there) = self.owners(groups, written, |row| &row.module)?;
        Some(format!("Group `{written}` of {modules}, {there}."))
    }

    /// Describes a class for settings.
    pub(super) fn model(&self, written: &str) -> Option<String> {
        let releases = self.catalog.setting_models().releases_of(written.trim_start_matches('\\'));
        (!releases.is_empty()).then(|| format!("`{written}` of Magento, {}.", self.there(releases)))
    }

    /// Describes an entry of the menu.
    pub(super) fn menu(&self, written: &str) -> Option<String> {
        let own = self.spec.map(|spec| spec.menu_entries()).unwrap_or_default();
        let is_it = |placed: &&PlacedMenuEntry<'_>| placed.entry.id.as_str() == written;
        if let Some(placed) = own.iter().filter(|placed| placed.entry.change.is_add()).find(is_it) {
            let title = placed.entry.title.as_ref()?;
            let below = placed.parent.map_or_else(String::new, |parent| format!(", below `{parent}`"));
            return Some(format!("**{title}**\n\nMenu entry `{written}` of this spec{below}."));
        }
        let menu = self.catalog.menu();
        let title = self.row(menu, written)?.title;
        let (modules, there) = self.owners(menu, written, |row| &row.module)?;
        Some(format!("**{title}**\n\nMenu entry `{written}` of {modules}, {there}."))
    }

    /// Describes a tab of the configuration.
    pub(super) fn tab(&self, written: &str) -> Option<String> {
        let tabs = &self.catalog.config().tabs;
        let label = self.row(tabs, written)?.label;
        let (modules, there) = self.owners(tabs, written, |row| &row.module)?;
        Some(format!("**{label}**\n\nTab `{written}` of {modules}, {there}."))
    }

    /// Describes a section of the configuration.
    pub(super) fn section(&self, written: &str) -> Option<String> {
        let sections = &self.catalog.config().sections;
        let row = self.row(sections, written)?;
        let (modules, there) = self.owners(sections, written, |row| &row.module)?;
        let needs = match row.resource {
            "" => String::new(),
            resource => format!(" It needs `{resource}`."),
        };
        Some(format!("**{}**\n\nSection `{written}` of {modules}, {there}.{needs}", row.label))
    }

    /// Describes a cron group.
    pub(super) fn group(&self, written: &str) -> Option<String> {
        let cron = self.catalog.cron();
        let (modules, there) = self.owners(&cron.groups, written, |row| &row.module)?;
        let is_there = |releases: ReleaseSet| !(releases & self.releases).is_empty();
        let jobs = cron.jobs.iter().filter(|job| job.group == written && is_there(job.releases));
        let mut jobs: Vec<&str> = jobs.map(|job| job.name).collect();
        jobs.dedup();
        let count = plural(jobs.len(), "job");
        Some(format!("Cron group `{written}` of {modules}, {there}, with {count} of Magento."))
    }

    /// Modules that declare an id in the target, or in any release if none has it there, and the releases that have it.
    fn owners<'t, T: VersionedRow>(
        &self,
        table: &'t VersionedTable<T>,
        id: &str,
        module: impl Fn(&'t T) -> &'t String,
    ) -> Option<(String, String)> {
        let releases = table.releases_of(id);
        let target = releases & self.releases;
        let all = if target.is_empty() { releases } else { target };
        let mut owners: Vec<(&str, ReleaseSet)> = Vec::new();
        for row in table.find(id).iter().filter(|row| !(row.releases() & all).is_empty()) {
            let (module, there) = (module(row).as_str(), row.releases() & all);
            match owners.iter_mut().find(|(other, _)| *other == module) {
                Some((_, releases)) => *releases = *releases | there,
                None => owners.push((module, there)),
            }
        }
        let owner =
            |(module, there): &(&str, ReleaseSet)| format!("{module}{}", self.catalog.when_in(*there, all));
        let modules: Vec<String> = owners.iter().map(owner).collect();
        (!modules.is_empty()).then(|| (modules.join(" and "), self.there(releases)))
    }
}
