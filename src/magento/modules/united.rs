//! Declarations of a module, united with those of the other modules in a shop.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    magento::{Answer, FileDeclaration, ShopPlugin},
    model::{Keep, Module},
    module::{DeclaredIntegration, Form},
};

/// Declarations of a module, and those of the other modules in a shop.
#[derive(Debug, Clone, Copy)]
pub struct United<'a> {
    module: &'a Module,
    shop: &'a Answer,
    /// Modules that Magento reads, in load order.
    order: &'a [String],
}

impl<'a> United<'a> {
    /// Declarations of the enabled modules.
    #[must_use]
    pub fn now(module: &'a Module, shop: &'a Answer) -> Self {
        Self { module, shop, order: &shop.order }
    }

    /// Declarations of the modules that the next `setup:upgrade` loads.
    #[must_use]
    pub fn next(module: &'a Module, shop: &'a Answer) -> Self {
        Self { module, shop, order: &shop.next_order }
    }

    /// Returns the integrations of the module as Magento merges them with those of the others: it unites the resources, and
    /// the module loaded last determines the other values (docs/magento/files-and-schemas.md#merging).
    #[must_use]
    pub fn own(&self) -> Vec<DeclaredIntegration> {
        let form = if self.module.platform.is_legacy { Form::Legacy } else { Form::Consolidated };
        let own = self.module.integrations.iter().map(|it| DeclaredIntegration::of(it, form));
        own.map(|own| self.merged(&own.name.clone(), form, Some(own))).collect()
    }

    /// Returns the integrations that other modules declare and this one does not.
    #[must_use]
    pub fn of_others(&self) -> Vec<DeclaredIntegration> {
        let is_own = |name: &str| self.module.integrations.iter().any(|it| it.name.as_str() == name);
        let mut others: BTreeMap<&str, Form> = BTreeMap::new();
        for file in self.of_other_modules().filter(|file| !is_own(&file.name)) {
            // Of both forms, integration.xml wins (docs/magento/files-and-schemas.md#both-forms).
            let form = form_of(&file.format);
            if form == Form::Consolidated || !others.contains_key(file.name.as_str()) {
                others.insert(&file.name, form);
            }
        }
        others.into_iter().map(|(name, form)| self.merged(name, form, None)).collect()
    }

    /// Names that the plugins of other modules delete.
    #[must_use]
    pub fn retired_by_others(&self) -> BTreeSet<String> {
        self.plugins().flat_map(|plugin| plugin.retired.iter().cloned()).collect()
    }

    /// Generated plugins of other modules.
    fn plugins(&self) -> impl Iterator<Item = &'a ShopPlugin> {
        let Self { module, shop, order } = *self;
        let is_called =
            |plugin: &&ShopPlugin| plugin.module != module.name.as_str() && order.contains(&plugin.module);
        shop.plugins.iter().filter(is_called)
    }

    fn of_other_modules(&self) -> impl Iterator<Item = &'a FileDeclaration> {
        let Self { module, shop, order } = *self;
        let is_read = move |file: &&FileDeclaration| {
            file.module != module.name.as_str() && order.contains(&file.module)
        };
        shop.declared.files.iter().filter(is_read)
    }

    fn merged(&self, name: &str, form: Form, own: Option<DeclaredIntegration>) -> DeclaredIntegration {
        let is_it = |file: &&FileDeclaration| file.name == name && form_of(&file.format) == form;
        let before = &self.order[..self.place()];
        let (before, after): (Vec<_>, Vec<_>) =
            self.of_other_modules().filter(is_it).partition(|file| before.contains(&file.module));
        let read = |file: &FileDeclaration| declaration(file, form, self.shop);
        let own_former = own.as_ref().map(|own| own.former.clone()).unwrap_or_default();
        let all = before.into_iter().map(read).chain(own).chain(after.into_iter().map(read));
        let nothing = DeclaredIntegration {
            name: name.to_owned(),
            email: None,
            endpoint: None,
            identity_link_url: None,
            resources: BTreeSet::new(),
            form,
            keep: Keep::Never,
            former: Vec::new(),
        };
        let mut former: Vec<(usize, Vec<String>)> =
            own_former.into_iter().map(|names| (self.place(), names)).collect();
        let mut united = all.fold(nothing, |mut united, later| {
            united.resources.extend(later.resources);
            DeclaredIntegration {
                email: later.email.or(united.email),
                endpoint: later.endpoint.or(united.endpoint),
                identity_link_url: later.identity_link_url.or(united.identity_link_url),
                keep: later.keep.max(united.keep),
                ..united
            }
        });
        let position = |module: &str| self.order.iter().position(|it| it == module).unwrap_or_default();
        let changed = self.plugins().flat_map(|plugin| {
            let place = position(&plugin.module);
            plugin.integrations.iter().map(move |changed| (place, changed))
        });
        for (place, changed) in changed.filter(|(_, changed)| changed.name == name) {
            former.extend((!changed.former.is_empty()).then(|| (place, changed.former.clone())));
            united.keep = united.keep.max(if form == Form::Legacy { Keep::Never } else { changed.keep() });
        }
        // Plugins with the same sortOrder run in the order of their modules.
        former.sort_by_key(|(place, _)| *place);
        united.former = former.into_iter().map(|(_, names)| names).collect();
        united
    }

    /// Number of modules that Magento loads before this one. Of a module that the shop does not have yet, it follows from
    /// its name and `<sequence>` (docs/magento/files-and-schemas.md#load-order).
    fn place(&self) -> usize {
        let Self { module, order, .. } = *self;
        let position = |name: &str| order.iter().position(|it| it == name);
        position(module.name.as_str()).unwrap_or_else(|| {
            let is_later =
                |other: &String| !other.starts_with("Magento_") && other.as_str() > module.name.as_str();
            let by_name = order.iter().position(is_later).unwrap_or(order.len());
            let required = module.sequence.iter().filter_map(|it| position(it.as_str()));
            required.map(|at| at + 1).chain([by_name]).max().unwrap_or_default()
        })
    }
}

fn form_of(format: &str) -> Form {
    if format == "legacy" { Form::Legacy } else { Form::Consolidated }
}

/// Unknown resources of other modules grant nothing and are not this module's business.
fn declaration(file: &FileDeclaration, form: Form, shop: &Answer) -> DeclaredIntegration {
    let is_known =
        |id: &&String| form == Form::Legacy || shop.acl.contains_key(*id) || shop.added.contains_key(*id);
    DeclaredIntegration {
        name: file.name.clone(),
        email: file.email.clone(),
        endpoint: file.endpoint_url.clone(),
        identity_link_url: file.identity_link_url.clone(),
        resources: file.resources.iter().filter(is_known).cloned().collect(),
        form,
        keep: Keep::Never,
        former: Vec::new(),
    }
}
