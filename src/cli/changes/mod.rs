//! `magespec changes`.

mod json;
mod markdown;
mod text;

use std::io::Write as _;

pub(super) use self::{
    json::JsonChanges,
    markdown::{essence, section},
};
use crate::{
    cli::{
        Outcome,
        arguments::{CatalogSource, ComparedWith, Format, Specs, one_of},
        output::{Paging, page, print_failure, print_json, print_project_findings, progress, stdout},
    },
    diag::{Failure, render::versioned},
    names::ModuleName,
    plan::{ModulePlan, Notice, notices},
    project::{compile_all, plan},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    catalog_source: CatalogSource,
    #[command(flatten)]
    compared_with: ComparedWith,
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Markdown, Format::Json]), default_value = "human")]
    format: Format,
    /// Exit with 2 if a change breaks something
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    paging: Paging,
}

/// Notices on the change of one module.
pub(super) struct ModuleChanges<'a> {
    pub(super) module: &'a ModuleName,
    pub(super) notices: Vec<Notice>,
}

impl<'a> ModuleChanges<'a> {
    pub(super) fn of(plan: &ModulePlan<'a>) -> Self {
        Self { module: &plan.spec.module.name, notices: notices(plan) }
    }

    /// Notices on what breaks, and the others.
    pub(super) fn parts(&self) -> [(&'static str, Vec<&Notice>); 2] {
        let (breaking, others) = self.notices.iter().partition(|notice| notice.is_breaking);
        [("Breaking", breaking), ("Other changes", others)]
    }
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let catalogs = args.catalog_source.store()?;
    let files = args.specs.files()?;
    let projects = compile_all(files, &catalogs, args.compared_with.roots(), false, &progress("compiling"))?;
    let old = args.compared_with.baseline();
    old.of(projects.len())?;
    let mut outcome = print_project_findings(&projects)?;
    let mut plans = Vec::new();
    for project in &projects {
        let Some(spec) = project.compiled() else { continue };
        match plan(project, spec, old) {
            Ok(plan) => plans.push(plan),
            Err(failure) => outcome = outcome.max(print_failure(failure)?),
        }
    }
    let all: Vec<ModuleChanges<'_>> = plans.iter().map(ModuleChanges::of).collect();
    let earlier = args.compared_with.from().map_or("the files on disk", |from| from.as_str());
    match args.format {
        Format::Json => print_json(versioned(&json::document(&all, earlier))),
        // Without a plan the reason is on standard error.
        _ if all.is_empty() => {}
        Format::Markdown => write!(stdout(), "{}", markdown::render(&all, earlier))?,
        _ => page(&text::render(&all, earlier), args.paging)?,
    }
    let breaks = all.iter().flat_map(|it| &it.notices).any(|notice| notice.is_breaking);
    Ok(if args.exit_code && breaks { outcome.max(Outcome::Differences) } else { outcome })
}
