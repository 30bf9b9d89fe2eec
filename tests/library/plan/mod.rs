//! Plans: the effect of a change on Magento.

mod compare;
mod docs;
mod pages;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use magespec::{
    catalog::{Catalog, OwnResource, ReleaseId},
    model::Keep,
    module::{Declaration, DeclaredIntegration, Form, Scripts},
    names::ModuleName,
    plan::{self, Instance, IntegrationRow, Upgraded},
};

fn release(version: &str) -> ReleaseId {
    let version = version.parse().unwrap();
    let releases = Catalog::bundled().releases();
    releases.iter().find(|release| release.version == version).unwrap_or_else(|| panic!("{version}")).id
}

/// An integration as most modules declare it.
fn erp() -> DeclaredIntegration {
    DeclaredIntegration {
        name: "Acme ERP".to_owned(),
        email: Some("erp@acme.com".to_owned()),
        endpoint: Some("https://erp.acme.com/token".to_owned()),
        identity_link_url: Some("https://erp.acme.com/login".to_owned()),
        resources: ["Magento_Customer::manage".to_owned()].into(),
        form: Form::Consolidated,
        keep: Keep::Never,
        former: Vec::new(),
    }
}

/// Runs `setup:upgrade` for a module that retires nothing.
fn upgrade(
    rows: &[IntegrationRow],
    declared: &[DeclaredIntegration],
    runs_scripts: bool,
    instance: &Instance<'_>,
) -> Upgraded {
    plan::upgrade(rows, declared, &BTreeSet::new(), runs_scripts, instance)
}

fn with(change: impl FnOnce(&mut DeclaredIntegration)) -> DeclaredIntegration {
    let mut declared = erp();
    change(&mut declared);
    declared
}

fn asking_for<const N: usize>(resources: [&str; N]) -> DeclaredIntegration {
    with(|it| it.resources = resources.map(str::to_owned).into())
}

fn declaration(integrations: Vec<DeclaredIntegration>) -> Declaration {
    let module = ModuleName::new("Acme_Erp").unwrap();
    Declaration {
        module,
        integrations,
        retired: BTreeSet::new(),
        own: Vec::new(),
        renamed: BTreeMap::new(),
        scripts: Scripts::default(),
        doubts: Vec::new(),
    }
}

/// Calls with an instance of a release that has these own nodes: id, parent and sort order.
fn in_release<T>(version: &str, own: &[OwnResource], call: impl FnOnce(&Instance<'_>) -> T) -> T {
    let catalog = Catalog::bundled();
    let release = release(version);
    let module = ModuleName::new("Acme_Erp").unwrap();
    let acl = catalog.acl([release].into_iter().collect(), &module, own.iter().cloned());
    call(&Instance { catalog, acl: &acl, release, columns: None })
}
