//! What `setup:upgrade` is going to do in a shop: the plan against its rows.

use std::collections::BTreeSet;

use crate::{
    cli::common::Installed,
    magento::{self, Answer},
    plan::{Before, Declaration, Declared, Form, Plan, Row, Scripts, SetupType, Status, plan},
    tree::TreePath,
};

/// The plan for the release of the shop.
pub(super) fn foreseen(installed: &Installed) -> Plan {
    let Installed { project, module, catalog, shop } = installed;
    let source = module.source.as_ref().map_or("", |source| source.as_str());
    let mut declaration = Declaration::of(module, patches(project.tree.paths(), source));
    let runs_scripts = declaration.scripts.run_after(applied(shop, &declaration).as_ref());
    let names: BTreeSet<String> = declaration.integrations.iter().map(|it| it.name.clone()).collect();
    let of_others = shop.declared.integrations.iter().filter(|it| {
        !names.contains(&it.name) && it.modules.iter().any(|other| *other != module.name.as_str())
    });
    declaration.integrations.extend(of_others.map(declared));
    let rows: Vec<Row> = shop.integrations.iter().map(row).collect();
    let release = catalog.all();
    plan(catalog, Before::Rows { rows: &rows, runs_scripts }, &declaration, release)
}

/// The data patches of a module, by their paths below its source.
fn patches<'a>(paths: impl Iterator<Item = &'a TreePath>, source: &str) -> BTreeSet<String> {
    let below = paths.filter_map(|path| path.as_path().strip_prefix(source).ok());
    below.filter(|path| path.starts_with("Setup/Patch/Data")).map(ToString::to_string).collect()
}

/// The setup scripts that the shop has run; none if the module is new to it.
fn applied(shop: &Answer, declaration: &Declaration) -> Option<Scripts> {
    let state = shop.module.as_ref()?;
    let namespace = format!("{}\\", declaration.module.namespace());
    let path = |class: &String| Some(format!("{}.php", class.strip_prefix(&namespace)?.replace('\\', "/")));
    let patches: BTreeSet<String> = state.patches.iter().filter_map(path).collect();
    let is_known = state.data_version.is_some() || !patches.is_empty();
    is_known.then(|| Scripts { setup_version: state.data_version.clone(), patches })
}

/// What other modules declare, as Magento resolved it.
fn declared(of_shop: &magento::Declaration) -> Declared {
    Declared {
        name: of_shop.name.clone(),
        email: of_shop.email.clone(),
        endpoint: of_shop.endpoint_url.clone(),
        identity_link_url: of_shop.identity_link_url.clone(),
        resources: of_shop.resources.iter().filter(|id| *id != "Magento_Backend::admin").cloned().collect(),
        form: if of_shop.format == "legacy" { Form::Legacy } else { Form::Consolidated },
    }
}

fn row(row: &magento::Row) -> Row {
    Row {
        name: row.name.clone(),
        email: row.email.clone(),
        endpoint: row.endpoint_url.clone(),
        identity_link_url: row.identity_link_url.clone(),
        status: match row.status {
            magento::Status::Inactive => Status::Inactive,
            magento::Status::Active => Status::Active,
            magento::Status::Reset => Status::Reset,
        },
        setup_type: if row.from_file { SetupType::Config } else { SetupType::Manual },
        has_token: row.consumer.as_ref().is_some_and(|consumer| consumer.has_token),
        resources: row.granted.iter().cloned().collect(),
    }
}
