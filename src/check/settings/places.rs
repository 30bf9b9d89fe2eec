//! Positions of settings: tabs, sections, groups, the menu, and paths that Magento already uses.

use std::ops::Range;

use super::menu::MENU_PARENT;
use crate::{
    catalog::{VersionedRow, VersionedTable},
    check::{
        Context, Resolved,
        references::{self, Foreign},
    },
    diag::{Diagnostic, Help, Level, Rule, nearest},
    names::{AclId, ConfigId, GroupPath, MenuId},
    spec::{
        Pointer, pointer,
        settings::{GroupEntry, Section, Settings},
    },
};

pub(in crate::check) fn check(context: &Context<'_>, resolved: &Resolved) -> Vec<Diagnostic> {
    let Some(section) = &context.spec.settings else { return Vec::new() };
    let mut findings = unknown(context, resolved, section);
    findings.extend(groups(context, section));
    findings.extend(taken(context, resolved, section));
    findings
}

/// Reason why the resource of a section must exist.
pub(in crate::check) const SECTION_RESOURCE: &str = "nobody can be granted a resource that no acl.xml defines: only roles with access to all resources see the section";

/// Reports tabs, sections and menu entries of other modules that do not exist.
fn unknown(context: &Context<'_>, resolved: &Resolved, settings: &Settings) -> Vec<Diagnostic> {
    let places = Places { context, resolved, settings };
    let mut findings = Vec::new();
    // Keys that need a section of the module's own have their own finding.
    if settings.label.is_some() {
        let route = pointer!["settings"];
        findings.extend(settings.tab_id().and_then(|tab| places.tab(&route.key("tab"), tab)));
        findings
            .extend(settings.resource.as_ref().and_then(|it| places.resource(&route.key("resource"), it)));
        findings.extend(settings.menu.as_ref().and_then(|menu| places.menu(menu)));
    } else if let Some(section) = settings.section_id() {
        findings.extend(places.section(&pointer!["settings", "section"], section));
    }
    for (at, section) in settings.sections().iter().enumerate() {
        let route = pointer!["settings", "section", at];
        findings.extend(section.tab.as_ref().and_then(|tab| places.tab(&route.key("tab"), tab)));
        findings.extend(section.resource.as_ref().and_then(|it| places.resource(&route.key("resource"), it)));
        match section.tab {
            Some(_) => findings.extend(places.hidden(&route, section)),
            None => findings.extend(places.section(&route.key("id"), &section.id)),
        }
    }
    findings
}

/// Places that the settings name.
struct Places<'a> {
    context: &'a Context<'a>,
    resolved: &'a Resolved,
    settings: &'a Settings,
}

impl Places<'_> {
    fn foreign(&self, what: &'static str, reason: &'static str) -> Foreign<'_> {
        Foreign { context: self.context, resolved: self.resolved, rule: Rule::UnknownPlace, what, reason }
    }

    fn at(&self, route: &Pointer) -> Option<Range<usize>> {
        self.context.spans.value(route)
    }

    fn tab(&self, route: &Pointer, tab: &ConfigId) -> Option<Diagnostic> {
        if self.settings.tabs().iter().any(|own| own.id == *tab) {
            return None;
        }
        let reason = "Stores > Configuration shows sections under the tabs that a system.xml declares";
        let tabs = &self.context.catalog.config().tabs;
        self.foreign("tab", reason).missing(self.at(route), tab.as_str(), tabs, |it| &it.module)
    }

    fn section(&self, route: &Pointer, section: &ConfigId) -> Option<Diagnostic> {
        let reason = "the settings would be in a section without a name, a tab or a permission";
        let sections = &self.context.catalog.config().sections;
        self.foreign("section", reason).missing(self.at(route), section.as_str(), sections, |it| &it.module)
    }

    fn resource(&self, route: &Pointer, resource: &AclId) -> Option<Diagnostic> {
        references::resource(self.context, self.resolved, self.at(route), resource.as_str(), SECTION_RESOURCE)
    }

    /// Reports a section that nobody sees (docs/magento/settings.md#section-resource).
    fn hidden(&self, route: &Pointer, section: &Section) -> Option<Diagnostic> {
        section.resource.is_none().then(|| {
            let message = format!("the section `{}` has no `resource`, so nobody sees it", section.id);
            let mut finding = Diagnostic::new(Rule::SettingsHome, message);
            finding.level = Level::Warning;
            finding
                .at(self.at(&route.key("id")))
                .reason("Magento shows a section only to administrators who have its resource")
                .help(
                    Help::new(
                        "write resource = \"Magento_Config::config\", or a resource of your own in [[acl]]",
                    )
                    .sibling("resource", "\"Magento_Config::config\""),
                )
        })
    }

    fn menu(&self, menu: &MenuId) -> Option<Diagnostic> {
        let entries = self.context.spec.menu_entries();
        if entries.iter().any(|placed| placed.entry.change.is_add() && placed.entry.id == *menu) {
            return None;
        }
        let place = self.at(&pointer!["settings", "menu"]);
        let own = format!("{}::", self.context.spec.module.name);
        if menu.as_str().starts_with(&own) {
            return Some(
                Diagnostic::new(Rule::UnknownPlace, format!("this module has no menu entry `{menu}`"))
                    .at(place)
                    .reason(MENU_PARENT)
                    .help("declare it in [[menu]], or use an entry of Magento: menu = \"Magento_Backend::stores_settings\""),
            );
        }
        let known = self.context.catalog.menu();
        self.foreign("menu entry", MENU_PARENT).missing(place, menu.as_str(), known, |it| &it.module)
    }
}

/// Groups that a section describes, each with its route.
fn described(settings: &Settings) -> Vec<(Option<&ConfigId>, Pointer, &GroupPath, &GroupEntry)> {
    let short =
        settings.groups.iter().map(|(id, entry)| (None, pointer!["settings", "groups", id], id, entry));
    let long = settings.sections().iter().enumerate().flat_map(|(at, section)| {
        let route = pointer!["settings", "section", at, "groups"];
        section.groups.iter().map(move |(id, entry)| (Some(&section.id), route.key(id), id, entry))
    });
    short.chain(long).collect()
}

/// Reports titles for groups without settings.
fn groups(context: &Context<'_>, settings: &Settings) -> Vec<Diagnostic> {
    let short = context.spec.short_section();
    let finding = |(section, route, id, entry): (Option<&ConfigId>, Pointer, &GroupPath, &GroupEntry)| {
        if matches!(entry, GroupEntry::Table(_)) {
            // Its class renders it, or another module or file has its fields.
            return None;
        }
        let section = section.map(ToString::to_string).or_else(|| short.clone());
        let known = || {
            let all = context.spec.setting.iter();
            let here = all.filter(|setting| Some(context.spec.section_of(setting)) == section);
            here.map(|setting| setting.path.group())
        };
        let has = |group: &str| {
            group.strip_prefix(id.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if known().any(has) {
            return None;
        }
        let help = match context.suggestions.make(|| nearest(id.as_str(), known())).flatten() {
            Some(near) => Help::new(format!("did you mean `{near}`?")).meant(near),
            None => Help::new(format!("remove it, or declare [[setting]] with path = \"{id}/…\"")).removal(),
        };
        Some(
            Diagnostic::new(Rule::UnknownPlace, format!("the group `{id}` has no settings"))
                .at(context.spans.key(&route))
                .reason("Magento shows only groups that have settings")
                .help(help),
        )
    };
    described(settings).into_iter().filter_map(finding).collect()
}

/// Reports ids that Magento uses itself, because system.xml files are merged by id.
fn taken(context: &Context<'_>, resolved: &Resolved, settings: &Settings) -> Vec<Diagnostic> {
    let (catalog, releases) = (context.catalog, resolved.target.releases);
    let finding = |route: &Pointer, message: String| {
        Diagnostic::new(Rule::SettingTaken, message).at(context.spans.value(route)).reason(
            "Magento merges all system.xml files by these ids, so the module would change what exists instead of adding to it",
        )
    };
    if settings.label.is_some() {
        let section = settings.section_id().map(ConfigId::as_str);
        let owner = section.and_then(|id| owner(&catalog.config().sections, id, releases, |it| &it.module));
        return owner
            .zip(section)
            .map(|(owner, id)| {
                let help = "remove `section` to use the module's name, or remove `label` to add the settings to that section";
                let module_help =
                    "choose another id, or remove <label>, <tab> and <resource> to add the fields to that section";
                finding(&pointer!["settings", "section"], format!("the section `{id}` belongs to {owner}"))
                    .help(Help::new(help).removal())
                    .module_help(module_help)
            })
            .into_iter()
            .collect();
    }
    let Some(section) = settings.section_id() else { return Vec::new() };
    let renamed = settings.groups.iter().filter_map(|(id, entry)| {
        let GroupEntry::Title(_) = entry else { return None };
        let group = format!("{section}/{id}");
        let owner = owner(&catalog.config().groups, &group, releases, |it| &it.module)?;
        let finding = Diagnostic::new(Rule::SettingTaken, format!("the group `{group}` belongs to {owner}"));
        Some(
            finding
                .at(context.spans.key(&pointer!["settings", "groups", id]))
                .reason("it already has a label, and this would change it for all of its settings")
                .help(Help::new("remove it, or put the settings into a group of your own").removal())
                .module_help("remove the <label>, or put the fields into a group of your own"),
        )
    });
    let taken = |(at, setting): (usize, &crate::spec::settings::Setting)| {
        // Without a type, a setting changes what is there.
        setting.kind.as_ref()?;
        let path = format!("{section}/{}", setting.path);
        let owner = owner(catalog.config_paths(), &path, releases, |it| &it.module)?;
        let finding =
            finding(&pointer!["setting", at, "path"], format!("the setting `{path}` belongs to {owner}"));
        let prefix = context.spec.module.name.as_str().split('_').next().unwrap_or_default().to_lowercase();
        let path = format!("{prefix}/{}", setting.path.field());
        Some(finding.help(Help::new(format!("use a group of your own: \"{path}\"")).text(path)))
    };
    renamed.chain(context.spec.setting.iter().enumerate().filter_map(taken)).collect()
}

/// Module that declares the id in one of the releases.
fn owner<'a, T: VersionedRow>(
    table: &'a VersionedTable<T>,
    id: &str,
    releases: crate::catalog::ReleaseSet,
    module: fn(&T) -> &str,
) -> Option<&'a str> {
    table.find(id).iter().find(|row| !(row.releases() & releases).is_empty()).map(module)
}
