//! Plan of a spec against a running shop.

use std::collections::BTreeSet;

use super::{Installed, commands, new_modules::NewModules};
use crate::{
    deploy::{Instruction, ShopCommand},
    diag::Failure,
    diff::{Comparison, Status},
    magento::{self, Answer, ShopRow, United},
    module::{Declaration, Scripts},
    plan::{
        Action, Before, Cause, IntegrationRow, IntegrationStatus, ModulePlan, Plan, Planned, PromiseChanges,
        compare_promises, in_module, plan,
    },
};

/// Plan of a spec against a running shop.
#[derive(Debug)]
pub struct ShopPlan<'a> {
    /// The plan of the module.
    pub plan: ModulePlan<'a>,
    /// Names of rows that were already orphaned.
    pub orphans: Vec<String>,
    /// Commands that deploy the change in the shop.
    pub commands: Vec<ShopCommand>,
}

impl<'a> ShopPlan<'a> {
    /// Plans `setup:upgrade` for the rows of the shop. `changed` lists the files that are not up to date; `keeps` says whether
    /// credentials are restored after a reset.
    ///
    /// # Errors
    /// Errors in the spec.
    pub fn of(installed: &'a Installed, changed: &[&str], keeps: bool) -> Result<Self, Failure> {
        let Installed { project, module, shop } = installed;
        let spec = project.compiled().ok_or("the spec has errors")?;
        let releases = installed.releases();
        if releases.is_empty() {
            return Err(format!(
                "the shop calls its release `{}`, which is not a Magento version; run magespec where its files are, which may \
                 name it",
                shop.magento.version
            )
            .into());
        }
        let mut declaration = spec.declaration();
        let runs_scripts = declaration.scripts.run_after(applied(shop, &declaration).as_ref());
        declaration.doubts = magento::doubts(module, shop);
        let new = NewModules::of(installed, changed);
        let united = if new.are_read() { United::next(module, shop) } else { United::now(module, shop) };
        declaration.integrations = united.own();
        declaration.retired.extend(united.retired_by_others());
        let of_others = united.of_others();
        let others = of_others.iter().map(|it| it.name.clone()).collect();
        declaration.integrations.extend(of_others);
        let rows: Vec<IntegrationRow> = shop.integrations.iter().map(row).collect();
        let before = Before::Rows {
            rows: &rows,
            runs_scripts,
            allowed: &shop.allowed,
            columns: shop.columns.as_ref(),
        };
        let mut plan = plan(spec.catalog, before, &declaration, releases);
        // Rows that this module never declared are not orphaned by it.
        let is_own = |planned: &Planned| {
            let declared = shop.declaration(&planned.name);
            declared.is_some_and(|it| it.modules.iter().any(|declarer| declarer == module.name.as_str()))
        };
        let is_contested = |planned: &Planned| {
            planned.reasons.iter().any(|reason| matches!(reason.cause, Cause::Contested { .. }))
        };
        let is_orphan = |planned: &Planned| {
            planned.action() == Action::Orphan && !is_own(planned) && !is_contested(planned)
        };
        let orphans =
            plan.integrations.extract_if(.., |planned| is_orphan(planned)).map(|it| it.name).collect();
        let outdated: BTreeSet<&str> =
            changed.iter().copied().chain(shop.uncompiled.iter().map(String::as_str)).collect();
        let outdated: Vec<&str> =
            if plan.is_for_plugin() { outdated.into_iter().collect() } else { changed.to_vec() };
        let needs = plan.needs(&outdated);
        let commands = commands::commands(installed, &needs, &plan);
        let instructions = commands.iter().map(|command| Instruction::new(command, &needs)).collect();
        let removals =
            shop.integrations.iter().map(|row| (row.name.clone(), row.removal(&shop.tables))).collect();
        let reattached = if keeps { reattached(&plan, shop) } else { BTreeSet::new() };
        let mut notes = new.notes();
        notes.extend(plan.plugin_notes(&outdated));
        let plan = ModulePlan {
            removals,
            reattached,
            others,
            notes,
            unfit: project.unfit(),
            ..ModulePlan::new(spec, "compared with the shop".to_owned(), plan, instructions)
        };
        Ok(Self { plan, orphans, commands })
    }
}

/// Integrations in use that are reset.
fn reattached(plan: &Plan, shop: &Answer) -> BTreeSet<String> {
    let is_in_use = |name: &str| {
        shop.row(name).is_some_and(|row| {
            row.status == IntegrationStatus::Active && row.consumer.as_ref().is_some_and(|it| it.has_token)
        })
    };
    let reset = plan.integrations.iter().filter(|it| it.action() == Action::Reset && is_in_use(&it.name));
    reset.map(|it| it.name.clone()).collect()
}

/// Comparison of what others rely on with the files in the shop.
///
/// # Errors
/// Unreadable file of the shop.
pub fn promises(installed: &Installed, comparison: &Comparison) -> Result<PromiseChanges, Failure> {
    let files = &comparison.changes.files;
    let was = files.iter().filter_map(|it| Some((&it.path, it.before.as_deref()?))).collect();
    let is = files.iter().filter_map(|it| Some((&it.path, it.after.as_deref()?))).collect();
    compare_promises(&installed.module, "the shop", &was, &is)
}

/// Files that are not up to date on disk, from the folder with registration.php.
#[must_use]
pub fn changed<'a>(installed: &Installed, comparison: &'a Comparison) -> Vec<&'a str> {
    let changed = comparison.changes.files.iter().filter(|it| it.status != Status::Unchanged);
    changed.map(|it| in_module(&installed.module, it.path.as_str())).collect()
}

/// Setup scripts that the shop has run; none if the module is new to it.
fn applied(shop: &Answer, declaration: &Declaration) -> Option<Scripts> {
    let state = shop.module.as_ref()?;
    let namespace = format!("{}\\", declaration.module.namespace());
    let path = |class: &String| Some(format!("{}.php", class.strip_prefix(&namespace)?.replace('\\', "/")));
    let patches: BTreeSet<String> = state.patches.iter().filter_map(path).collect();
    let is_known = state.data_version.is_some() || !patches.is_empty();
    is_known.then(|| Scripts { setup_version: state.data_version.clone(), patches })
}

fn row(row: &ShopRow) -> IntegrationRow {
    IntegrationRow {
        name: row.name.clone(),
        email: row.email.clone(),
        endpoint: row.endpoint_url.clone(),
        identity_link_url: row.identity_link_url.clone(),
        status: row.status,
        setup_type: row.setup_type,
        has_token: row.consumer.as_ref().is_some_and(|consumer| consumer.has_token),
        resources: row.granted.iter().cloned().collect(),
    }
}
