//! Which modules and packages are needed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Integration, Lowering};
use crate::names::{BaseType, ModuleName, RouteAccess, camel};

impl Lowering<'_> {
    /// The modules that own what is named: of each resource, and of each ancestor that acl.xml repeats; of classes,
    /// events and menu entries.
    pub(super) fn modules(&self, integrations: &[Integration]) -> BTreeSet<ModuleName> {
        let entries = self.spec.acl_entries();
        let resources = integrations.iter().flat_map(|integration| &integration.resources);
        let named = resources.map(|resource| resource.id.as_str());
        let parents = entries.iter().map(|entry| entry.parent.as_str());
        let newest = self.target.releases.last();
        let repeated = newest.map(|newest| self.acl.with_ancestors(parents, newest)).unwrap_or_default();
        let methods = self.spec.service.iter().flat_map(|service| &service.method);
        let routes = methods.flat_map(|method| method.acl.as_slice()).map(RouteAccess::as_str);
        let routes = routes.filter(|id| id.contains("::"));
        let owners = named.chain(repeated).chain(routes).flat_map(|id| self.owners(id));
        let others = ["Magento_Integration"].into_iter().chain(self.of_settings()).map(str::to_owned);
        let others = others.chain(self.of_types()).chain(self.of_events());
        let others = others.filter_map(|module| ModuleName::new(module).ok());
        owners.chain(others).filter(|module| *module != self.spec.module.name).collect()
    }

    /// What settings are made with, and who has the menu entry that one more hangs under.
    fn of_settings(&self) -> impl Iterator<Item = &str> {
        let settings = self.spec.settings.as_ref();
        let made_with = settings.map(|_| ["Magento_Config", "Magento_Store"]).into_iter().flatten();
        let menu = settings.and_then(|settings| settings.menu.as_ref());
        made_with.chain(menu.and_then(|menu| menu.as_str().split("::").next()))
    }

    /// The modules whose classes are named as types.
    fn of_types(&self) -> impl Iterator<Item = String> {
        let methods = self.spec.service.iter().flat_map(|service| &service.method);
        let of_methods =
            methods.flat_map(|it| it.parameters.values().chain(it.body.values()).chain(&it.returns));
        let of_data = self.spec.data.iter().flat_map(|data| data.fields.values());
        of_methods.chain(of_data).filter_map(|kind| match kind.base() {
            BaseType::Class(class) => {
                let (vendor, rest) = class.split_once('\\')?;
                let module = format!("{vendor}_{}", rest.split('\\').next()?);
                (module != "Magento_Framework").then_some(module)
            }
            _ => None,
        })
    }

    fn of_events(&self) -> impl Iterator<Item = String> {
        let webhooks = self.spec.webhook.iter().map(|webhook| &webhook.event);
        let events = webhooks.chain(self.spec.observer.iter().map(|observer| &observer.event));
        events.filter_map(|event| self.named_after(event.as_str()))
    }

    /// The module that an event is named after, by its first words: `Magento_Catalog` of `catalog_product_save_after`.
    fn named_after(&self, event: &str) -> Option<String> {
        let words: Vec<&str> = event.split('_').collect();
        let modules =
            (1..words.len()).rev().map(|count| format!("Magento_{}", camel(&words[..count].join("_"))));
        modules.into_iter().find(|module| self.catalog.package(module, self.target).is_some())
    }

    /// The modules that own the resource; of one the catalog does not know, the module it is named after.
    fn owners(&self, id: &str) -> Vec<ModuleName> {
        let owners = self.acl.owners(id);
        let named_after = id.split("::").next().filter(|_| owners.is_empty());
        owners.into_iter().chain(named_after).filter_map(|module| ModuleName::new(module).ok()).collect()
    }

    /// Composer packages. Cron runs jobs without being loaded before the module.
    pub(super) fn require(&self, modules: &BTreeSet<ModuleName>, has_jobs: bool) -> BTreeMap<String, String> {
        let framework = ("magento/framework".to_owned(), self.catalog.framework(self.target));
        let cron = has_jobs.then_some("Magento_Cron");
        let names = modules.iter().map(ModuleName::as_str).chain(cron);
        let packages = names.filter_map(|module| self.catalog.package(module, self.target));
        let packages = packages.map(|package| (package.name, package.constraint));
        let further = self.spec.module.require.iter().filter(|(package, _)| package.as_str() != super::PHP);
        let further = further.map(|(package, constraint)| (package.to_string(), constraint.to_string()));
        [framework].into_iter().chain(packages).chain(further).collect()
    }
}
