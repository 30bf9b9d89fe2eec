//! `magespec plan`.

mod upgrade;

use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};
use clap::ArgAction;

use self::upgrade::UpgradeRelease;
use crate::{
    cli::{
        Outcome,
        arguments::{CatalogSource, ComparedWith, DenyRisks, Format, Specs, one_of},
        live::{ConnectionOptions, installed, print_release},
        output::{
            Paging, note, page, print_failure, print_findings, print_json, print_project_findings, progress,
            stdout,
        },
    },
    diag::Failure,
    plan::{ModulePlan, render, risks},
    project::{Installed, ShopPlan, changed, compile_all, plan, promises},
};

#[derive(Debug, clap::Args)]
#[command(mut_arg("catalog", |catalog| catalog.action(ArgAction::Append)))]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    catalog_source: CatalogSource,
    #[command(flatten)]
    compared_with: ComparedWith,
    /// Show what upgrading Magento does to the integrations of the unchanged specs; several specs, shops (--catalog) or
    /// --upgrade give a matrix. FROM can be `installed`: the release of each shop
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], conflicts_with = "from")]
    upgrade: Vec<UpgradeRelease>,
    /// Fold the rows of the matrix in which nothing changes into one line
    #[arg(long, requires = "upgrade")]
    fold: bool,
    /// Compare with the database of the running shop at this Magento root, as its PHP sees it
    #[arg(long, value_name = "ROOT", conflicts_with_all = ["from", "upgrade", "out", "magento", "catalog"], help_heading = "Shop")]
    live: Option<Utf8PathBuf>,
    #[command(flatten)]
    connection: ConnectionOptions,
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json, Format::Markdown]), default_value = "human")]
    format: Format,
    #[command(flatten)]
    deny: DenyRisks,
    /// Exit with 2 unless all integrations are kept
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    paging: Paging,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    if let Some(root) = &args.live {
        return args.in_shop(root);
    }
    if args.connection.is_given() {
        return Err("--php and --timeout need a running shop; add --live ROOT".into());
    }
    if !args.upgrade.is_empty() {
        return upgrade::run(args);
    }
    let catalogs = args.catalog_source.store()?;
    let projects = compile_all(
        args.specs.files()?,
        &catalogs,
        args.compared_with.roots(),
        false,
        &progress("compiling"),
    )?;
    let old = args.compared_with.baseline();
    old.of(projects.len())?;
    let outcome = print_project_findings(&projects)?;
    let mut plans = Vec::new();
    let mut failed = Outcome::Fine;
    for project in &projects {
        let Some(spec) = project.compiled() else { continue };
        match plan(project, spec, old) {
            Ok(plan) => {
                plan.unmanaged().try_for_each(|path| {
                    note(format!("{path} is unmanaged: the plan follows the spec, not this file"))
                })?;
                plans.push(plan);
            }
            Err(failure) => failed = failed.max(print_failure(failure)?),
        }
    }
    Ok(outcome.max(failed).max(args.print(&plans)?))
}

/// Notes rows that were already orphaned.
///
/// # Errors
/// Errors when writing to standard error.
pub(super) fn print_orphans(orphans: &[String]) -> io::Result<()> {
    orphans.iter().try_for_each(|name| {
        note(format!(
            "`{name}` was already orphaned and stays as it is; `magespec status` shows how to remove it"
        ))
    })
}

impl Args {
    /// Plans against a running shop.
    fn in_shop(&self, root: &Utf8Path) -> Result<Outcome, Failure> {
        let all = self.installed(root)?;
        if all.is_empty() {
            return Ok(Outcome::Failed);
        }
        let mut plans = Vec::new();
        for installed in &all {
            let Some(compared) = installed.project.comparison() else { return Ok(Outcome::Failed) };
            let (_, comparison) = compared?;
            let ShopPlan { mut plan, orphans, .. } =
                ShopPlan::of(installed, &changed(installed, &comparison), false)?;
            plan.add_promises(promises(installed, &comparison)?);
            print_orphans(&orphans)?;
            plans.push(plan);
        }
        self.print(&plans)
    }

    /// Compiles the specs for the shop. The findings of those with errors go to standard error.
    fn installed(&self, root: &Utf8Path) -> Result<Vec<Installed>, Failure> {
        let shop = self.connection.connect(root)?;
        let mut all = Vec::new();
        for spec in self.specs.files()? {
            match installed(&shop, &spec, Installed::folder) {
                Err(Failure::Findings(reports)) => drop(print_findings(&reports)?),
                installed => all.push(installed?),
            }
        }
        all.first().map_or(Ok(()), |installed| print_release(&installed.shop))?;
        Ok(all)
    }

    fn print(&self, plans: &[ModulePlan<'_>]) -> Result<Outcome, Failure> {
        let mut reports: Vec<_> = plans.iter().filter_map(risks).collect();
        self.deny.raise(&mut reports);
        let mut outcome = print_findings(&reports)?;
        if self.exit_code && plans.iter().any(ModulePlan::changes_something) {
            outcome = outcome.max(Outcome::Differences);
        }
        match self.format {
            // If there is none, the reason is on standard error.
            Format::Json => print_json(render::json(plans)),
            _ if plans.is_empty() => {}
            Format::Markdown => write!(stdout(), "{}", render::markdown(plans))?,
            _ => page(&render::human(plans), self.paging)?,
        }
        Ok(outcome)
    }
}
