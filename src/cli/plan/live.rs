//! The plan against a shop that runs.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use crate::{
    cli::{
        output::note,
        plan::{
            breaking::between,
            document::Document,
            to_run::{self, Command},
        },
    },
    diag::Failure,
    diff::{Comparison, Status as FileStatus},
    magento::{self, Answer},
    module::{Declaration, DeclaredIntegration, Form, Scripts},
    names::AclId,
    plan::{Action, Before, Break, Plan, Planned, Row, SetupType, Status, plan},
    project::{Installed, declared, in_module},
};

/// What is known of a plan in a shop that runs.
#[derive(Default)]
pub(in crate::cli) struct InShop {
    /// The statements that remove each row, by its name.
    pub(super) removals: BTreeMap<String, String>,
    /// The integrations that get their credentials back.
    pub(in crate::cli) given_back: BTreeSet<String>,
    /// The rows that nothing declared before either.
    pub(in crate::cli) orphans: Vec<String>,
    /// What is run for it.
    pub(in crate::cli) steps: Vec<magento::Step>,
}

impl<'a> Document<'a> {
    /// What `setup:upgrade` is going to make of the rows of the shop; `changed` are the files that are not there yet as
    /// the spec makes them. `keeps` says whether what is reset gets its credentials back.
    pub(in crate::cli) fn live(installed: &'a Installed, changed: &[&str], keeps: bool) -> Self {
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
        // What this module did not declare until now is not left behind by it.
        let is_own = |planned: &Planned| {
            let declared = shop.declaration(&planned.name);
            declared.is_some_and(|it| it.modules.iter().any(|declarer| declarer == module.name.as_str()))
        };
        let is_orphan = |planned: &Planned| planned.action() == Action::Orphan && !is_own(planned);
        let orphans =
            plan.integrations.extract_if(.., |planned| is_orphan(planned)).map(|it| it.name).collect();
        let against = "compared with the shop".to_owned();
        let (asked, steps) = to_run::in_shop(installed, changed, &plan);
        let shown = steps.iter().map(|step| Command::in_shop(step, &asked)).collect();
        let removals =
            shop.integrations.iter().map(|row| (row.name.clone(), row.removal(&shop.tables))).collect();
        let given_back = if keeps { given_back(&plan, shop) } else { BTreeSet::new() };
        let in_shop = InShop { removals, given_back, orphans, steps };
        let (breaks, unfit) = (Vec::new(), project.unfit());
        Self { catalog, project, module, against, plan, steps: shown, shop: in_shop, breaks, unfit }
    }

    /// Says which rows were orphans before.
    ///
    /// # Errors
    /// If standard error cannot be written to.
    pub(in crate::cli) fn tell_orphans(&self) -> io::Result<()> {
        self.shop.orphans.iter().try_for_each(|name| {
            note(format!(
                "`{name}` was left behind before, and stays as it is; `magespec status` says how to remove it"
            ))
        })
    }
}

/// The integrations that are reset and in use.
fn given_back(plan: &Plan, shop: &Answer) -> BTreeSet<String> {
    let is_in_use = |name: &str| {
        shop.row(name).is_some_and(|row| {
            row.status == magento::Status::Active && row.consumer.as_ref().is_some_and(|it| it.has_token)
        })
    };
    let reset = plan.integrations.iter().filter(|it| it.action() == Action::Reset && is_in_use(&it.name));
    reset.map(|it| it.name.clone()).collect()
}

/// What the files of the shop promise, and what is made no longer does.
///
/// # Errors
/// If a file of the shop cannot be read.
pub(in crate::cli) fn broken(installed: &Installed, comparison: &Comparison) -> Result<Vec<Break>, Failure> {
    let files = &comparison.changes.files;
    let was = files.iter().filter_map(|it| Some((&it.path, it.before.as_deref()?))).collect();
    let is = files.iter().filter_map(|it| Some((&it.path, it.after.as_deref()?))).collect();
    between(&installed.module, "the shop", &was, &is)
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
fn of_another(of_shop: &magento::Declaration) -> DeclaredIntegration {
    DeclaredIntegration {
        name: of_shop.name.clone(),
        email: of_shop.email.clone(),
        endpoint: of_shop.endpoint_url.clone(),
        identity_link_url: of_shop.identity_link_url.clone(),
        resources: of_shop.resources.iter().filter(|id| *id != AclId::ADMIN).cloned().collect(),
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
