//! `magespec check`.

use std::io;

use camino::Utf8Path;

use crate::{
    catalog::Catalog,
    check,
    cli::{
        Outcome,
        arguments::{CatalogSource, Deny, Format, Specs, one_of},
        output::{print_reports, progress, stdout, stdout_is_terminal},
    },
    diag::{Failure, Level, Report, plural},
    import, module,
    names::Day,
    project::{Project, Roots, compile_each},
    tree::Disk,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    catalog_source: CatalogSource,
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github]), default_value = "human")]
    format: Format,
    /// Treat these findings as errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let catalogs = args.catalog_source.store()?;
    let (modules, specs) = args.specs.apart();
    let mut reports = Vec::new();
    for module in &modules {
        reports
            .extend(read(module, catalogs.catalog()).map_err(|error| Failure::unreadable(module, &error))?);
    }
    if args.deny.is_some() {
        reports.iter_mut().for_each(Report::deny_warnings);
    }
    let denies_warnings = args.deny.is_some();
    let specs = specs?;
    let is_only = specs.len() == 1 && modules.is_empty();
    let today = Day::today();
    let checked_of = |project: Project| {
        let catalog = project.catalogs.get().in_question();
        let scope = is_only.then(|| catalog.describe(project.releases));
        let mut report = project.report;
        let overdue = check::overdue(&project.loaded, &today);
        if !overdue.is_empty() {
            report = Report::new(report.source, [report.diagnostics, overdue].concat());
        }
        if denies_warnings {
            report.deny_warnings();
        }
        (scope, Some(report).filter(|report| !report.diagnostics.is_empty()))
    };
    let mut checked =
        compile_each(specs, &catalogs, Roots::Unwritten, denies_warnings, &progress("checking"), checked_of)?;
    let scope = checked.first_mut().and_then(|(scope, _)| scope.take());
    let fine = fine(scope, checked.len(), modules.len());
    reports.extend(checked.into_iter().filter_map(|(_, report)| report));
    let outcome = print_reports(args.format, &reports)?;
    let has_warnings = reports.iter().any(|report| report.count(Level::Warning) > 0);
    if args.format == Format::Human && outcome == Outcome::Fine && !has_warnings && stdout_is_terminal() {
        stdout().line(fine)?;
    }
    Ok(outcome)
}

/// Result of a check without errors and warnings. `scope` is that of the only spec.
fn fine(scope: Option<String>, specs: usize, modules: usize) -> String {
    match (scope, specs, modules) {
        (Some(scope), ..) => format!("1 spec is fine for {scope}"),
        (None, 0, 1) => "1 module is fine".to_owned(),
        (None, specs, 0) => format!("{specs} specs are fine"),
        (None, 0, modules) => format!("{modules} modules are fine"),
        (None, specs, modules) => {
            format!("{} and {} are fine", plural(specs, "spec"), plural(modules, "module"))
        }
    }
}

/// Checks modules without a spec.
fn read(dir: &Utf8Path, catalog: &Catalog) -> io::Result<Vec<Report>> {
    let disk = Disk::open(dir)?;
    let places = module::find(&disk)?;
    let display_root = if dir == "." { Utf8Path::new("") } else { dir };
    Ok(places.iter().flat_map(|place| import::check(&disk, place, display_root, None, catalog)).collect())
}
