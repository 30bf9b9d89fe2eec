//! `magespec diff`.

use std::{io::Write as _, path::Path};

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    cli::{
        Outcome,
        arguments::{CatalogSource, ComparedWith, Format, Specs, one_of},
        output::{
            Paging, note, page, page_data, print_failure, print_json, print_leftovers,
            print_project_findings, progress, stderr, stdout_is_terminal,
        },
    },
    diag::{Failure, without_commands_in_html},
    diff::{
        Comparison,
        render::{self, Layout},
    },
    project::{Project, comparison_since, compile_all, each},
};

/// Show what `build` would change
///
/// Each generated file is created, changed, deleted, edited by hand, in the way, or unchanged. Ignores files that are
/// not generated.
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
    #[arg(long, value_name = "N", default_value_t = CONTEXT)]
    context: u16,
    /// Show the lines of README.md and integration.lock, which formats for people only name
    #[arg(long)]
    unfold: bool,
    /// Output width in columns [default: the terminal's width, or 80]
    #[arg(long, value_name = "N")]
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
    let projects = compile_all(
        args.specs.files()?,
        &catalogs,
        args.compared_with.roots(),
        false,
        &progress("compiling"),
    )?;
    let mut outcome = print_project_findings(&projects)?;
    let mut comparisons = Vec::new();
    for compared in compare(&projects.iter().collect::<Vec<_>>(), &args.compared_with, args.quiet)? {
        match compared {
            Ok(comparison) => comparisons.push(comparison),
            Err(failure) => outcome = outcome.max(print_failure(failure)?),
        }
    }
    if (args.exit_code || args.quiet) && comparisons.iter().any(|it| !it.changes.is_clean()) {
        outcome = outcome.max(Outcome::Differences);
    }
    if args.quiet {
        return Ok(outcome);
    }
    // People read terminals, programs read pipes.
    let by_itself = || if stdout_is_terminal() { Format::Human } else { Format::Patch };
    let format = args.format.unwrap_or_else(by_itself);
    let layout = Layout {
        context: args.context.into(),
        width: args.width.map_or_else(width, usize::from),
        unfolds: args.unfold,
    };
    Ok(outcome.max(print(format, &mut comparisons, layout, args.paging)?))
}

/// Compares the specs without errors with the files on disk or an earlier state. Writes what there is to note about them to
/// standard error, unless it is quiet.
///
/// # Errors
/// A state that is not for all specs, or errors when writing to standard error.
pub(super) fn compare(
    projects: &[&Project],
    compared_with: &ComparedWith,
    is_quiet: bool,
) -> Result<Vec<Result<Comparison, Failure>>, Failure> {
    compared_with.baseline().of(projects.len())?;
    let compare = |project: &Project| {
        Some(match compared_with.from() {
            Some(from) => comparison_since(project, from)?.map(|it| (it.comparison, None, it.note)),
            None => project.comparison()?.map(|(ledger, comparison)| (comparison, Some(ledger.lock), None)),
        })
    };
    let compared = projects.iter().zip(each(projects.to_vec(), compare));
    let mut comparisons = Vec::new();
    for (project, compared) in compared.filter_map(|(project, compared)| Some((project, compared?))) {
        if let (Ok((_, lock, remark)), false) = (&compared, is_quiet) {
            lock.as_ref().map_or(Ok(()), |lock| print_leftovers(project, lock))?;
            remark.as_deref().map_or(Ok(()), note)?;
        }
        comparisons.push(compared.map(|(comparison, ..)| comparison));
    }
    Ok(comparisons)
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
