//! Declarations of a module, united with those of the other modules in a shop.

use std::collections::BTreeSet;

use super::{Answer, FileDeclaration};
use crate::{
    model::Module,
    module::{DeclaredIntegration, Form},
};

/// Returns the integrations of a module as Magento merges them with those of the other enabled modules: it unites the
/// resources, and the module loaded last determines the other values (docs/magento/files-and-schemas.md#merging).
#[must_use]
pub fn united(module: &Module, shop: &Answer) -> Vec<DeclaredIntegration> {
    let form = if module.platform.is_legacy { Form::Legacy } else { Form::Consolidated };
    let own = module.integrations.iter().map(|it| DeclaredIntegration::of(it, form));
    own.map(|own| merged(&own.name.clone(), form, Some(own), module, shop)).collect()
}

/// Returns the integrations that other modules declare and this one does not.
#[must_use]
pub fn of_others(module: &Module, shop: &Answer) -> Vec<DeclaredIntegration> {
    let is_own = |name: &str| module.integrations.iter().any(|it| it.name.as_str() == name);
    let is_of_other = |file: &&FileDeclaration| file.module != module.name.as_str();
    let files = shop.declared.files.iter().filter(is_of_other);
    let others: BTreeSet<&str> = files.map(|it| it.name.as_str()).filter(|name| !is_own(name)).collect();
    let declared = shop.declared.integrations.iter().filter(|it| others.contains(it.name.as_str()));
    declared.map(|it| merged(&it.name, form_of(&it.format), None, module, shop)).collect()
}

fn form_of(format: &str) -> Form {
    if format == "legacy" { Form::Legacy } else { Form::Consolidated }
}

fn merged(
    name: &str,
    form: Form,
    own: Option<DeclaredIntegration>,
    module: &Module,
    shop: &Answer,
) -> DeclaredIntegration {
    let is_other = |file: &&FileDeclaration| {
        file.name == name && form_of(&file.format) == form && file.module != module.name.as_str()
    };
    let place = place(module, shop);
    let is_before = |file: &FileDeclaration| shop.order.iter().take(place).any(|it| *it == file.module);
    let (before, after): (Vec<_>, Vec<_>) =
        shop.declared.files.iter().filter(is_other).partition(|file| is_before(file));
    let read = |file: &FileDeclaration| declaration(file, form, shop);
    let all = before.into_iter().map(read).chain(own).chain(after.into_iter().map(read));
    let nothing = DeclaredIntegration {
        name: name.to_owned(),
        email: None,
        endpoint: None,
        identity_link_url: None,
        resources: BTreeSet::new(),
        form,
    };
    all.fold(nothing, |mut united, later| {
        united.resources.extend(later.resources);
        DeclaredIntegration {
            email: later.email.or(united.email),
            endpoint: later.endpoint.or(united.endpoint),
            identity_link_url: later.identity_link_url.or(united.identity_link_url),
            ..united
        }
    })
}

/// Unknown resources of other modules grant nothing and are not this module's business.
fn declaration(file: &FileDeclaration, form: Form, shop: &Answer) -> DeclaredIntegration {
    let is_known = |id: &&String| form == Form::Legacy || shop.acl.contains_key(*id);
    DeclaredIntegration {
        name: file.name.clone(),
        email: file.email.clone(),
        endpoint: file.endpoint_url.clone(),
        identity_link_url: file.identity_link_url.clone(),
        resources: file.resources.iter().filter(is_known).cloned().collect(),
        form,
    }
}

/// Number of modules that Magento loads before this one. Of a module that the shop does not have yet, it follows from
/// its name and `<sequence>` (docs/magento/files-and-schemas.md#load-order).
fn place(module: &Module, shop: &Answer) -> usize {
    let position = |name: &str| shop.order.iter().position(|it| it == name);
    position(module.name.as_str()).unwrap_or_else(|| {
        let is_later =
            |other: &String| !other.starts_with("Magento_") && other.as_str() > module.name.as_str();
        let by_name = shop.order.iter().position(is_later).unwrap_or(shop.order.len());
        let required = module.sequence.iter().filter_map(|it| position(it.as_str()));
        required.map(|at| at + 1).chain([by_name]).max().unwrap_or_default()
    })
}
