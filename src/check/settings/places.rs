//! Positions of settings: tabs, sections, groups, the menu, and paths that Magento already uses.

use std::collections::HashSet;

use super::menu::MENU_PARENT;
use crate::{
    catalog::{VersionedRow, VersionedTable},
    check::{
        Context, Resolved,
        references::{self, Foreign},
    },
    diag::{Diagnostic, Rule, nearest},
    names::MenuId,
    spec::{Pointer, pointer, settings::Settings},
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
    let config = context.catalog.config();
    let of = |what, reason| Foreign { context, resolved, rule: Rule::UnknownPlace, what, reason };
    let at = |key: &str| context.spans.value(&pointer!["settings", key]);
    let mut findings = Vec::new();
    // Keys that need a section of the module's own have their own finding.
    if settings.label.is_some() {
        if let Some(tab) = &settings.tab {
            findings.extend(
                of("tab", "Stores > Configuration shows sections under the tabs that a system.xml declares")
                    .missing(at("tab"), tab.as_str(), &config.tabs, |it| &it.module),
            );
        }
        if let Some(resource) = &settings.resource {
            findings.extend(references::resource(
                context,
                resolved,
                at("resource"),
                resource.as_str(),
                SECTION_RESOURCE,
            ));
        }
        let own = format!("{}::", context.spec.module.name);
        let is_own = |menu: &&MenuId| menu.as_str().starts_with(&own);
        let is_added = |menu: &MenuId| {
            let entries = context.spec.menu_entries();
            entries.iter().any(|placed| placed.entry.change.is_add() && placed.entry.id == *menu)
        };
        if let Some(menu) = settings.menu.as_ref().filter(|menu| is_own(menu) && !is_added(menu)) {
            findings.push(
                Diagnostic::new(Rule::UnknownPlace, format!("this module has no menu entry `{menu}`"))
                    .at(context.spans.value(&pointer!["settings", "menu"]))
                    .reason(MENU_PARENT)
                    .help("declare it in [[menu]], or use an entry of Magento: menu = \"Magento_Backend::stores_settings\""),
            );
        } else if let Some(menu) = settings.menu.as_ref().filter(|menu| !is_added(menu)) {
            findings.extend(of("menu entry", MENU_PARENT).missing(
                at("menu"),
                menu.as_str(),
                context.catalog.menu(),
                |it| &it.module,
            ));
        }
    } else if let Some(section) = &settings.section {
        findings.extend(
            of("section", "the settings would be in a section without a name, a tab or a permission")
                .missing(at("section"), section.as_str(), &config.sections, |it| &it.module),
        );
    }
    findings
}

/// Reports labels for groups without settings.
fn groups(context: &Context<'_>, settings: &Settings) -> Vec<Diagnostic> {
    let known = || context.spec.setting.iter().map(|setting| setting.path.group());
    let with_settings: HashSet<&str> = known().collect();
    let named = settings.groups.keys().filter(|id| !with_settings.contains(id.as_str()));
    let finding = |id: &crate::names::ConfigId| {
        let help = match context.suggestions.make(|| nearest(id.as_str(), known())).flatten() {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("remove it, or declare [[setting]] with path = \"{id}/…\""),
        };
        Diagnostic::new(Rule::UnknownPlace, format!("the group `{id}` has no settings"))
            .at(context.spans.key(&pointer!["settings", "groups", id]))
            .reason("Magento shows only groups that have settings")
            .help(help)
    };
    named.map(finding).collect()
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
        let section = settings.section.as_ref().map(|section| section.as_str());
        let owner = section.and_then(|id| owner(&catalog.config().sections, id, releases, |it| &it.module));
        return owner
            .zip(section)
            .map(|(owner, id)| {
                finding(&pointer!["settings", "section"], format!("the section `{id}` belongs to {owner}")).help(
                    "remove `section` to use the module's name, or remove `label` to add the settings to that section",
                )
                .module_help("choose another id, or remove <label>, <tab> and <resource> to add the fields to that section")
            })
            .into_iter()
            .collect();
    }
    let Some(section) = &settings.section else { return Vec::new() };
    let renamed = settings.groups.keys().filter_map(|id| {
        let group = format!("{section}/{id}");
        let owner = owner(&catalog.config().groups, &group, releases, |it| &it.module)?;
        let finding = Diagnostic::new(Rule::SettingTaken, format!("the group `{group}` belongs to {owner}"));
        Some(
            finding
                .at(context.spans.key(&pointer!["settings", "groups", id]))
                .reason("it already has a label, and this would change it for all of its settings")
                .help("remove it, or put the settings into a group of your own")
                .module_help("remove the <label>, or put the fields into a group of your own"),
        )
    });
    let taken = |(at, setting): (usize, &crate::spec::settings::Setting)| {
        let path = format!("{section}/{}", setting.path);
        let owner = owner(catalog.config_paths(), &path, releases, |it| &it.module)?;
        let finding =
            finding(&pointer!["setting", at, "path"], format!("the setting `{path}` belongs to {owner}"));
        let prefix = context.spec.module.name.as_str().split('_').next().unwrap_or_default().to_lowercase();
        Some(finding.help(format!("use a group of your own: \"{prefix}/{}\"", setting.path.field())))
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
