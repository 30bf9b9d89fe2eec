//! The plan against a shop that runs.

use std::collections::BTreeSet;

use super::{
    before::{declared, in_module},
    document::{Document, unless_stopped},
};
use crate::{
    cli::live::Installed,
    diff::{Status as FileStatus, format::Comparison},
    magento::{self, Answer},
    plan::{
        Action, Before, Cause, Declaration, Declared, Form, Planned, Row, Scripts, SetupType, Status, plan,
        steps,
    },
};

impl<'a> Document<'a> {
    /// What `setup:upgrade` is going to make of the rows of the shop; `changed` are the files that are not there yet as
    /// the spec makes them.
    pub(in crate::cli) fn live(installed: &'a Installed, changed: &[&str]) -> Self {
        let Installed { project, module, catalog, shop } = installed;
        let mut declaration = declared(module, &project.tree);
        let runs_scripts = declaration.scripts.run_after(applied(shop, &declaration).as_ref());
        let names: BTreeSet<String> = declaration.integrations.iter().map(|it| it.name.clone()).collect();
        let of_others = shop.declared.integrations.iter().filter(|it| {
            !names.contains(&it.name) && it.modules.iter().any(|other| *other != module.name.as_str())
        });
        declaration.integrations.extend(of_others.map(of_another));
        let rows: Vec<Row> = shop.integrations.iter().map(row).collect();
        let before = Before::Rows { rows: &rows, runs_scripts };
        let mut plan = plan(catalog, before, &declaration, installed.releases());
        // What was an orphan before stays as it is.
        let is_news = |planned: &Planned| {
            planned.action() != Action::Orphan
                || shop.declaration(&planned.name).is_some()
                || planned.reasons.iter().any(|it| it.cause != Cause::Removed { renamed_to: None })
        };
        plan.integrations.retain(is_news);
        let against = "compared with the shop".to_owned();
        let steps = unless_stopped(&plan, steps(changed));
        Self { catalog, project, module, against, plan, steps }
    }
}

/// The files that are not on disk as they are made, from the folder that has registration.php.
pub(in crate::cli) fn changed<'a>(installed: &Installed, comparison: &'a Comparison) -> Vec<&'a str> {
    let changed = comparison.changes.files.iter().filter(|it| it.status != FileStatus::Unchanged);
    changed.map(|it| in_module(&installed.module, it.path.as_str())).collect()
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
fn of_another(of_shop: &magento::Declaration) -> Declared {
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
