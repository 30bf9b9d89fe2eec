//! `magespec diff`.

use std::{io::Write as _, path::Path};

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    cli::{
        Outcome,
        arguments::{CatalogSource, ComparedWith, Format, Specs, number, one_of},
        output::{
            Paging, leftover_warnings, note, page, page_data, print_failure, print_findings, print_json,
            progress, shown, stderr, stdout_is_terminal, warn,
        },
    },
    diag::{Failure, without_commands_in_html},
    diff::{
        Comparison,
        render::{self, Layout},
    },
    project::{Project, comparison_since, compile_each},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    catalog_source: CatalogSource,
    #[command(flatten)]
    compared_with: ComparedWith,
    /// Output format [default: human on a terminal, otherwise patch]
    #[arg(long, value_parser = one_of(&[Format::Patch, Format::Human, Format::SideBySide, Format::Stat, Format::NameStatus, Format::Json, Format::Markdown, Format::Html]))]
    format: Option<Format>,
    /// Number of context lines
    #[arg(long, value_name = "N", default_value_t = CONTEXT, allow_negative_numbers = true, value_parser = number(0..=u16::MAX))]
    context: u16,
    /// Show the lines of README.md and integration.lock, which formats for people only name
    #[arg(long)]
    unfold: bool,
    /// Output width in columns [default: the terminal's width, or 80]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number(0..=u16::MAX))]
    width: Option<u16>,
    /// Exit with 2 if there are differences
    #[arg(long)]
    exit_code: bool,
    /// Suppress all output; implies --exit-code
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    paging: Paging,
}

/// Number of context lines by default.
pub(super) const CONTEXT: u16 = 3;
const WIDTH: usize = 80;

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let catalogs = args.catalog_source.store()?;
    let specs = args.specs.files()?;
    args.compared_with.baseline().of(specs.len())?;
    // People read terminals, programs read pipes.
    let by_itself = || if stdout_is_terminal() { Format::Human } else { Format::Patch };
    let format = args.format.unwrap_or_else(by_itself);
    let compare = |project: Project| {
        let mut compared = ComparedSpec::of(&project, &args.compared_with);
        if let (Some(Ok(compared)), true) = (&mut compared, format != Format::Json) {
            compared.comparison.changes.forget_unchanged();
        }
        (shown(project.report), compared)
    };
    let (roots, progress) = (args.compared_with.roots(), progress("compiling"));
    let compared = compile_each(specs, &catalogs, roots, false, &progress, compare)?;
    let mut outcome = print_findings(compared.iter().filter_map(|(report, _)| report.as_ref()))?;
    let mut comparisons = Vec::new();
    for compared in compared.into_iter().filter_map(|(_, compared)| compared) {
        match compared {
            Ok(compared) => {
                if !args.quiet {
                    compared.warnings.into_iter().try_for_each(warn)?;
                    compared.note.map_or(Ok(()), note)?;
                }
                comparisons.push(compared.comparison);
            }
            Err(failure) => outcome = outcome.max(print_failure(failure)?),
        }
    }
    if (args.exit_code || args.quiet) && comparisons.iter().any(|it| !it.changes.is_clean()) {
        outcome = outcome.max(Outcome::Differences);
    }
    if args.quiet {
        return Ok(outcome);
    }
    let layout = Layout {
        context: args.context.into(),
        width: args.width.map_or_else(width, usize::from),
        unfolds: args.unfold,
    };
    Ok(outcome.max(print(format, &mut comparisons, layout, args.paging)?))
}

/// Spec without errors, compared with the files on disk or an earlier state.
pub(super) struct ComparedSpec {
    pub(super) comparison: Comparison,
    /// Warnings about other files of the module.
    warnings: Vec<String>,
    /// Statement on the earlier state.
    note: Option<String>,
}

impl ComparedSpec {
    /// Compares a spec; none if it has errors.
    pub(super) fn of(project: &Project, compared_with: &ComparedWith) -> Option<Result<Self, Failure>> {
        Some(match compared_with.from() {
            Some(from) => comparison_since(project, from)?.map(|it| Self {
                comparison: it.comparison,
                warnings: Vec::new(),
                note: it.note,
            }),
            None => project.comparison()?.map(|(ledger, comparison)| {
                let warnings = leftover_warnings(project, &ledger.lock);
                Self { comparison, warnings, note: None }
            }),
        })
    }
}

/// Writes the comparisons to standard output.
pub(super) fn print(
    format: Format,
    comparisons: &mut [Comparison],
    layout: Layout,
    paging: Paging,
) -> Result<Outcome, Failure> {
    if format == Format::Patch {
        from_here(comparisons)?;
    }
    match format {
        // The reason is on standard error.
        _ if comparisons.is_empty() && format != Format::Json => {}
        Format::Patch => page_data(&render::patch(comparisons, layout), paging)?,
        Format::SideBySide => page(&render::side_by_side(comparisons, layout), paging)?,
        Format::Stat => page(&render::stat(comparisons, layout), paging)?,
        Format::NameStatus => page_data(render::name_status(comparisons).as_bytes(), paging)?,
        Format::Json => print_json(render::json(comparisons, layout)),
        Format::Markdown => page(&render::markdown(comparisons, layout), paging)?,
        Format::Html => {
            page_data(without_commands_in_html(&render::html(comparisons, layout)).as_bytes(), paging)?
        }
        _ => page(&render::human(comparisons, layout), paging)?,
    }
    Ok(Outcome::Fine)
}

/// Default layout of hunks.
pub(super) fn layout_by_itself() -> Layout {
    Layout { context: CONTEXT.into(), width: width(), unfolds: false }
}

fn width() -> usize {
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0))
}

/// Makes output roots relative to the current directory, where patches are applied. For a root outside of it, paths
/// start at the root and a note on standard error says where to apply the patch. Also lists what a patch cannot express.
///
/// # Errors
/// Ambiguous paths, or errors when writing to standard error.
fn from_here(comparisons: &mut [Comparison]) -> Result<(), Failure> {
    if comparisons.iter().all(|comparison| comparison.changes.is_clean()) {
        return Ok(());
    }
    let here = std::env::current_dir()?;
    let mut err = stderr();
    let mut outside: Option<Utf8PathBuf> = None;
    for comparison in comparisons.iter_mut().filter(|comparison| !comparison.changes.is_clean()) {
        for change in comparison.differing().chain(&comparison.changes.lock_change()) {
            if let Some(reason) = change.unpatched() {
                let path = comparison.root.join(change.path.as_path());
                err.line(format_args!("not in the patch: {path}: {reason}"))?;
            }
        }
        if comparison.changes.interrupted.is_some() {
            writeln!(
                err,
                "the last build of {} was interrupted; run `magespec build` to complete it",
                comparison.place()
            )?;
        }
        match below(comparison.place(), &here) {
            Some(root) => comparison.root = root,
            None => {
                if let Some(other) = &outside {
                    return Err(format!(
                        "{other} and {} are outside of the current directory, so a patch of both cannot be applied: \
                         create one patch for each",
                        comparison.root
                    ).into());
                }
                writeln!(
                    err,
                    "{} is outside of the current directory: apply the patch there",
                    comparison.root
                )?;
                outside = Some(std::mem::take(&mut comparison.root));
            }
        }
    }
    Ok(())
}

/// Path of the root below `here`, if it is there.
fn below(root: &Utf8Path, here: &Path) -> Option<Utf8PathBuf> {
    // For a missing root, the closest existing directory above it has a real path.
    let whole = here.join(root.as_std_path());
    let there = whole.ancestors().find_map(|dir| Some((dir, dir.canonicalize().ok()?)));
    let real = match there {
        Some((dir, real)) => real.join(whole.strip_prefix(dir).unwrap_or(Path::new(""))),
        None => whole,
    };
    // On Windows the real path has a prefix that the current directory lacks.
    let here = here.canonicalize().unwrap_or_else(|_| here.to_owned());
    let below = Utf8Path::from_path(real.strip_prefix(here).ok()?)?;
    below.components().all(|part| part.as_str() != "..").then(|| below.to_owned())
}
