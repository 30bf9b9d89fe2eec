//! `magespec plan`.

use std::{
    borrow::Cow,
    io::{self, Write as _},
};

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    catalog::Catalog,
    cli::{
        Outcome,
        arguments::{CatalogSource, Format, OutputRoot, Specs, nearest_release, one_of, print_basis},
        live::{ConnectionOptions, installed},
        output::{
            Paging, note, page, print_failure, print_findings, print_json, print_project_findings, progress,
            stdout, warn,
        },
    },
    diag::Failure,
    names::MagentoVersion,
    plan::{ModulePlan, render, risks},
    project::{Baseline, Installed, Project, ShopPlan, broken, changed, compile_all, plan},
};

/// Show which integrations Magento will create, keep, reset or orphan
///
/// Compares the spec with the module's files on disk, or with an earlier state, by the rules of setup:upgrade. A reset
/// deletes an integration and recreates it: its key, secret and tokens are lost.
#[derive(Debug, clap::Args)]
#[command(mut_arg("out", |out| out.help("Compare with the module in DIR [default: the spec's directory]")))]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    catalog_source: CatalogSource,
    #[command(flatten)]
    output: OutputRoot,
    /// Earlier state: a module's directory, a spec, or either at a git revision (git:REV[:PATH]) [default: the module's
    /// files on disk]
    #[arg(long, value_name = "DIR|SPEC|git:REV", conflicts_with = "upgrade")]
    from: Option<Utf8PathBuf>,
    /// Show what upgrading Magento does to the integrations of the unchanged spec
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], conflicts_with_all = ["magento", "catalog"])]
    upgrade: Option<Vec<MagentoVersion>>,
    /// Compare with the database of the running shop at this Magento root, as its PHP sees it
    #[arg(long, value_name = "ROOT", conflicts_with_all = ["from", "upgrade", "out", "magento", "catalog"], help_heading = "Shop")]
    live: Option<Utf8PathBuf>,
    #[command(flatten)]
    connection: ConnectionOptions,
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json, Format::Markdown]), default_value = "human")]
    format: Format,
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
    let catalogs = args.catalog_source.store()?;
    let projects =
        compile_all(args.specs.files()?, &catalogs, args.output.roots(), false, &progress("compiling"))?;
    if args.from.is_some() && projects.len() > 1 {
        return Err("--from needs exactly one spec; name one".into());
    }
    let outcome = print_project_findings(&projects)?;
    let mut plans = Vec::new();
    let mut failed = Outcome::Fine;
    let old = args.old(Catalog::bundled())?;
    let releases: Vec<Cow<'_, Catalog>> = projects.iter().map(Project::catalog_of_releases).collect();
    for (project, releases) in projects.iter().zip(&releases) {
        let in_question = args.upgrade.is_none().then(|| project.compiled());
        let Some(spec) = in_question.unwrap_or_else(|| project.compiled_in(releases)) else { continue };
        let catalog = spec.catalog;
        match plan(project, spec, old) {
            Ok(plan) => {
                if let Baseline::Upgrade(from, to) = old {
                    print_basis(catalog, [from, to].into_iter().collect())?;
                }
                let beyond = plan.beyond_target();
                if !beyond.is_empty() {
                    let beyond = catalog.describe(beyond);
                    warn(format!(
                        "{beyond} is not in the target of {}: the plan is hypothetical, and the spec was not checked for it",
                        spec.module.name
                    ))?;
                }
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
        let all = self.installed(root).inspect_err(|failure| {
            if let (Format::Json, Failure::Message(message)) = (self.format, failure) {
                let _ = print_json(render::json_failure(message));
            }
        })?;
        if all.is_empty() {
            return Ok(Outcome::Failed);
        }
        let mut plans = Vec::new();
        for installed in &all {
            let Some(compared) = installed.project.comparison() else { return Ok(Outcome::Failed) };
            let (_, comparison) = compared?;
            let ShopPlan { mut plan, orphans, .. } =
                ShopPlan::of(installed, &changed(installed, &comparison), false)?;
            plan.breaks = broken(installed, &comparison)?;
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
        Ok(all)
    }

    fn print(&self, plans: &[ModulePlan<'_>]) -> Result<Outcome, Failure> {
        let reports: Vec<_> = plans.iter().filter_map(risks).collect();
        let mut outcome = print_findings(&reports)?;
        if self.exit_code && plans.iter().any(ModulePlan::changes_something) {
            outcome = outcome.max(Outcome::Differences);
        }
        match self.format {
            // If there is none, the reason is on standard error.
            Format::Json => print_json(render::json(plans))?,
            _ if plans.is_empty() => {}
            Format::Markdown => write!(stdout(), "{}", render::markdown(plans))?,
            _ => page(&render::human(plans), self.paging)?,
        }
        Ok(outcome)
    }

    /// Baseline to compare the spec with.
    fn old(&self, catalog: &Catalog) -> Result<Baseline<'_>, Failure> {
        Ok(match (self.upgrade.as_deref(), &self.from) {
            (Some([from, to]), _) if from >= to => {
                return Err(format!(
                    "{to} is not newer than {from}: --upgrade takes the older release first"
                )
                .into());
            }
            (Some([from, to]), _) => {
                Baseline::Upgrade(nearest_release(catalog, *from)?, nearest_release(catalog, *to)?)
            }
            (_, Some(from)) => Baseline::Named(from),
            _ => Baseline::OnDisk,
        })
    }
}
