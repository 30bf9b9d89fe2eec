//! Required modules and packages.

use std::collections::{BTreeMap, BTreeSet};

use super::{Integration, Lowering};
use crate::{
    catalog::ReleaseSet,
    names::{BaseType, ModuleName, RouteAccess},
};

/// Prefix of framework classes, which belong to no module.
const FRAMEWORK: &str = "Magento_Framework";

impl Lowering<'_> {
    /// Returns the modules that own what the spec names: resources, ancestors repeated in acl.xml, classes, events
    /// and menu entries.
    pub(super) fn modules(&self, integrations: &[Integration]) -> BTreeSet<ModuleName> {
        let entries = self.spec.acl_entries();
        let resources = integrations.iter().flat_map(|integration| &integration.resources);
        let named = resources.map(|resource| resource.id.as_str());
        let parents = entries.iter().map(|entry| entry.parent.as_str());
        let newest = self.looked_up.last();
        let repeated = newest.map(|newest| self.acl.with_ancestors(parents, newest)).unwrap_or_default();
        let methods = self.spec.service.iter().flat_map(|service| &service.method);
        let routes = methods.flat_map(|method| method.acl.as_slice()).map(RouteAccess::as_str);
        let routes = routes.filter(|id| id.contains("::"));
        let owners = named.chain(repeated).chain(routes).flat_map(|id| self.owners(id));
        let owners = owners.filter(|module| *module != self.spec.module.name);
        owners.chain(self.needed()).collect()
    }

    /// Returns the modules without which files of this one do not work: those that read its XML, and the owners of
    /// classes, events, settings and menu entries. The owner of a requested resource may be missing in a shop.
    fn needed(&self) -> BTreeSet<ModuleName> {
        let all = std::iter::once("Magento_Integration".to_owned()).chain(self.of_settings());
        let all = all.chain(self.of_types()).chain(self.of_events()).chain(self.of_deprecations());
        let all = all.filter_map(|module| ModuleName::new(module).ok());
        all.filter(|module| *module != self.spec.module.name).collect()
    }

    /// Adds the modules needed by settings, including the owners of their section, tab and menu entry.
    fn of_settings(&self) -> Vec<String> {
        let Some(settings) = &self.spec.settings else { return Vec::new() };
        let Some(newest) = self.target.releases.last() else { return Vec::new() };
        let config = self.catalog.config();
        let long = settings.sections().iter();
        let tabs =
            settings.tab_id().into_iter().chain(long.clone().filter_map(|section| section.tab.as_ref()));
        let tabs = tabs.filter_map(|tab| config.tabs.at(tab.as_str(), newest)).map(|tab| tab.module.clone());
        let short = settings.section_id().filter(|_| settings.label.is_none());
        let foreign = long.filter(|section| section.tab.is_none()).map(|section| &section.id);
        let sections = short.into_iter().chain(foreign);
        let sections = sections.filter_map(|section| config.sections.at(section.as_str(), newest));
        // Several modules may add to a section; the owner is the one whose permission it needs.
        let owners = sections.map(|section| {
            let owner = section.resource.split("::").next().filter(|module| !module.is_empty());
            owner.map_or_else(|| section.module.clone(), str::to_owned)
        });
        let menu = settings.menu.as_ref().and_then(|menu| self.catalog.menu().at(menu.as_str(), newest));
        let made_with = ["Magento_Config", "Magento_Store"].map(str::to_owned);
        made_with.into_iter().chain(tabs).chain(owners).chain(menu.map(|item| item.module.clone())).collect()
    }

    /// Returns the modules that own the parents of menu entries: Magento stops without them, in whatever order it loads
    /// the modules (docs/magento/settings.md#menu-ids).
    pub(super) fn of_menu(&self) -> BTreeSet<String> {
        let Some(newest) = self.target.releases.last() else { return BTreeSet::new() };
        let entries = self.spec.menu_entries();
        let parents = entries.iter().filter_map(|entry| entry.parent);
        let parents = parents.filter_map(|parent| self.catalog.menu().at(parent.as_str(), newest));
        parents.map(|item| item.module.clone()).collect()
    }

    /// Returns the modules whose classes are used as types.
    fn of_types(&self) -> impl Iterator<Item = String> {
        // Existing PHP loads what it names without this module.
        let generated = self.spec.service.iter().filter(|service| service.interface.is_none());
        let methods = generated.flat_map(|service| &service.method);
        let of_methods =
            methods.flat_map(|it| it.parameters.values().chain(it.body.values()).chain(&it.returns));
        let of_data = self.spec.data.iter().flat_map(|data| data.fields.values());
        of_methods.chain(of_data).filter_map(|kind| match kind.base() {
            BaseType::Class(class) => {
                let (vendor, rest) = class.split_once('\\')?;
                let module = format!("{vendor}_{}", rest.split('\\').next()?);
                (module != FRAMEWORK).then_some(module)
            }
            _ => None,
        })
    }

    /// Returns the modules whose classes the plugin of deprecated routes uses.
    fn of_deprecations(&self) -> impl Iterator<Item = String> {
        let mut methods = self.spec.service.iter().flat_map(|service| &service.method);
        let is_used = methods.any(|method| method.deprecated.is_some());
        is_used
            .then_some(["Magento_Authorization", "Magento_Webapi"])
            .into_iter()
            .flatten()
            .map(str::to_owned)
    }

    fn of_events(&self) -> impl Iterator<Item = String> {
        let webhooks = self.spec.webhook.iter().flat_map(|webhook| webhook.event.as_slice());
        let events = webhooks.chain(self.spec.observer.iter().map(|observer| &observer.event));
        events.filter_map(|event| self.of_event(event.as_str()))
    }

    /// Returns the module that dispatches an event in all releases of the target. If several do, it is the one that
    /// the event is named after; otherwise the event may come from any of them and none is needed.
    fn of_event(&self, event: &str) -> Option<String> {
        let mut of: BTreeMap<String, ReleaseSet> = BTreeMap::new();
        for dispatch in self.catalog.events().find(event)?.within(self.target.releases) {
            let releases = of.entry(dispatch.module()).or_default();
            *releases = *releases | dispatch.releases & self.target.releases;
        }
        of.retain(|module, releases| *releases == self.target.releases && module != FRAMEWORK);
        let words = event.to_lowercase();
        let is_named_after = |module: &&String| {
            let name = module.strip_prefix("Magento_").unwrap_or(module).to_lowercase();
            words.replace('_', "").starts_with(&name)
        };
        let named = of.keys().filter(is_named_after).max_by_key(|module| module.len());
        named.or_else(|| of.keys().next().filter(|_| of.len() == 1)).cloned()
    }

    /// Returns the modules that own the resource; if the catalog does not have it, the module it is named after.
    fn owners(&self, id: &str) -> Vec<ModuleName> {
        let owners = self.acl.owners(id);
        let named_after = id.split("::").next().filter(|_| owners.is_empty());
        owners.into_iter().chain(named_after).filter_map(|module| ModuleName::new(module).ok()).collect()
    }

    /// Returns the required Composer packages: of modules that files of this one need, and of others. Neither cron, which runs
    /// jobs, nor the module whose classes the plugin uses, is loaded before the module.
    pub(super) fn require(
        &self,
        others: &BTreeSet<String>,
        has_jobs: bool,
        has_plugin: bool,
    ) -> BTreeMap<String, String> {
        let modules = self.needed();
        let framework = ("magento/framework".to_owned(), self.catalog.framework(self.target));
        let cron = has_jobs.then_some("Magento_Cron");
        let plugin = has_plugin.then_some("Magento_Authorization");
        let others = others.iter().map(String::as_str);
        let names = modules.iter().map(ModuleName::as_str).chain(others).chain(cron).chain(plugin);
        let package = |module: &str| {
            let catalog = if self.catalog.knows_module(module) { self.catalog } else { self.of_spec };
            catalog.package(module, self.target)
        };
        let packages = names.filter_map(package);
        let packages = packages.map(|package| (package.name, package.constraint));
        let further = self.spec.module.require.iter().filter(|(package, _)| package.as_str() != super::PHP);
        let further = further.map(|(package, constraint)| (package.to_string(), constraint.to_string()));
        [framework].into_iter().chain(packages).chain(further).collect()
    }
}
