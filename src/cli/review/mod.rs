//! `magespec review`.

mod access;
mod html;
mod markdown;

use camino::Utf8PathBuf;

use self::access::AccessChange;
use crate::{
    cli::{
        Outcome,
        access::Subject,
        arguments::{CatalogSource, ComparedWith, DenyRisks, Format, OutputFile, Specs, number, one_of},
        changes::{ModuleChanges, essence},
        diff::{CONTEXT, ComparedSpec, layout_by_itself},
        output::{print_failure, print_findings, print_project_findings, progress},
    },
    diag::{Failure, Level, Report, printable, without_commands, without_commands_in_html},
    diff::{Comparison, render::Layout},
    plan::{ModulePlan, risks},
    project::{Project, ResolvedSpec, compile_all, each, plan},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    catalog_source: CatalogSource,
    #[command(flatten)]
    compared_with: ComparedWith,
    /// Output format [default: html if FILE ends with .html, otherwise markdown]
    #[arg(long, value_parser = one_of(&[Format::Markdown, Format::Html]))]
    format: Option<Format>,
    /// Number of context lines
    #[arg(long, value_name = "N", default_value_t = CONTEXT, allow_negative_numbers = true, value_parser = number(0..=u16::MAX))]
    context: u16,
    #[command(flatten)]
    deny: DenyRisks,
    #[command(flatten)]
    file: OutputFile,
}

/// Contents of a page.
struct Review<'a> {
    /// Earlier state that the specs are compared with.
    earlier: String,
    plans: Vec<ModulePlan<'a>>,
    subjects: Vec<Subject<'a>>,
    /// Notices on the changes for other systems, by module.
    changes: Vec<ModuleChanges<'a>>,
    comparisons: Vec<Comparison>,
    /// Findings on the specs and on the plan.
    findings: Vec<Report>,
    /// Specs that could not be compared, and why.
    failed: Vec<(Utf8PathBuf, String)>,
    layout: Layout,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
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
    let mut outcome = print_project_findings(&projects)?;
    let (mut plans, mut planned, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for project in &projects {
        match project.compiled().map(|spec| plan(project, spec, old)) {
            Some(Ok(plan)) => {
                plans.push(plan);
                planned.push(project);
            }
            Some(Err(failure)) => {
                failed.push((project.spec.clone(), failure.to_string()));
                outcome = outcome.max(print_failure(failure)?);
            }
            None => failed.push((project.spec.clone(), "it has errors".to_owned())),
        }
    }
    if plans.is_empty() {
        // A page without a plan would say that nothing changes.
        return Ok(outcome);
    }
    let mut comparisons = Vec::new();
    let compare = |project: &Project| ComparedSpec::of(project, &args.compared_with);
    for (project, compared) in planned.iter().zip(each(planned.clone(), compare)) {
        match compared {
            Some(Ok(compared)) => comparisons.push(compared.comparison),
            Some(Err(failure)) => {
                failed.push((project.spec.clone(), failure.to_string()));
                outcome = outcome.max(print_failure(failure)?);
            }
            None => {}
        }
    }
    let mut risky: Vec<Report> = plans.iter().filter_map(risks).collect();
    args.deny.raise(&mut risky);
    outcome = outcome.max(print_findings(&risky)?);
    let resolved: Vec<ResolvedSpec> = planned.iter().copied().filter_map(ResolvedSpec::of).collect();
    let review = Review {
        earlier: args.compared_with.from().map_or("the files on disk".to_owned(), |from| format!("`{from}`")),
        changes: plans.iter().map(ModuleChanges::of).collect(),
        plans,
        subjects: resolved.iter().flat_map(Subject::all).collect(),
        comparisons,
        findings: projects.iter().map(|project| without_notes(&project.report)).chain(risky).collect(),
        failed,
        layout: args.layout(),
    };
    args.write(&review)?;
    Ok(outcome)
}

fn without_notes(report: &Report) -> Report {
    let mut report = report.clone();
    report.diagnostics.retain(|finding| finding.level != Level::Note);
    report
}

impl Args {
    fn layout(&self) -> Layout {
        Layout { context: self.context.into(), ..layout_by_itself() }
    }

    fn write(&self, review: &Review<'_>) -> Result<(), Failure> {
        let is_html = || self.file.has_extension("html");
        match self.format {
            Some(Format::Html) => self.write_html(review),
            None if is_html() => self.write_html(review),
            _ => {
                let text = markdown::render(review);
                self.file.write(without_commands(&printable(&text)).as_bytes())
            }
        }
    }

    fn write_html(&self, review: &Review<'_>) -> Result<(), Failure> {
        self.file.write(without_commands_in_html(&html::render(review)).as_bytes())
    }
}

impl Review<'_> {
    /// Subject of the page.
    fn subject(&self) -> String {
        match self.plans.as_slice() {
            [plan] => plan.spec.module.name.to_string(),
            plans => format!("{} modules", plans.len()),
        }
    }

    /// Integrations of the specs, with what changes in their access.
    fn access(&self) -> impl Iterator<Item = AccessChange<'_>> {
        self.subjects.iter().map(|subject| AccessChange::of(subject, &self.plans))
    }

    /// Says how many changes others must know of.
    fn notices_in_words(&self) -> String {
        essence(self.changes.iter().flat_map(|changes| &changes.notices))
    }

    /// Says what integrations gain and lose together.
    fn access_in_words(&self) -> String {
        access::total(&self.plans)
    }
}
