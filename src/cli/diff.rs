//! `magespec diff`.

use std::{io::Write as _, path::Path};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use crate::{
    cli::{
        Outcome,
        arguments::{CatalogSource, Format, OutputRoot, Specs, one_of},
        output::{
            Paging, page, page_data, progress, stderr, stdout_is_terminal, tell_failure, tell_findings,
            tell_leftovers,
        },
    },
    diag::{Failure, printable_json},
    diff::{
        Comparison,
        render::{self, Layout},
    },
    project::compile_all,
};

/// Show what `build` would change
///
/// Each generated file is created, changed, deleted, edited by hand, in the way, or unchanged. Files that are not
/// generated are never looked at.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    catalog_source: CatalogSource,
    #[command(flatten)]
    output: OutputRoot,
    /// How to write it [default: human on a terminal, patch elsewhere]
    #[arg(long, value_parser = one_of(&[Format::Patch, Format::Human, Format::SideBySide, Format::Stat, Format::NameStatus, Format::Json, Format::Html]))]
    format: Option<Format>,
    /// How many lines to show around those that differ
    #[arg(long, value_name = "N", default_value_t = CONTEXT)]
    context: u16,
    /// How many columns to use [default: those of the terminal, or 80]
    #[arg(long, value_name = "N")]
    width: Option<u16>,
    /// Exit with 2 if anything differs
    #[arg(long)]
    exit_code: bool,
    /// Print nothing; implies --exit-code
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    paging: Paging,
}

const CONTEXT: u16 = 3;
const WIDTH: usize = 80;

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let catalog = args.catalog_source.catalog()?;
    let projects =
        compile_all(args.specs.files()?, &catalog, args.output.roots(), false, &progress("compiling"))?;
    let mut outcome = tell_findings(&projects)?;
    let mut comparisons = Vec::new();
    let compared: Vec<_> =
        projects.par_iter().filter_map(|project| Some((project, project.comparison()?))).collect();
    for (project, compared) in compared {
        match compared {
            Ok((ledger, comparison)) => {
                if !args.quiet {
                    tell_leftovers(project, &ledger.lock)?;
                }
                comparisons.push(comparison);
            }
            Err(failure) => outcome = outcome.max(tell_failure(failure)?),
        }
    }
    if (args.exit_code || args.quiet) && comparisons.iter().any(|it| !it.changes.is_clean()) {
        outcome = outcome.max(Outcome::Differences);
    }
    if args.quiet {
        return Ok(outcome);
    }
    let format = args.format.unwrap_or_else(format_by_itself);
    let layout = Layout { context: args.context.into(), width: args.width.map_or_else(width, usize::from) };
    Ok(outcome.max(print(format, &mut comparisons, layout, args.paging)?))
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
        Format::Patch => page_data(&render::patch(comparisons, layout), paging)?,
        Format::SideBySide => page(&render::side_by_side(comparisons, layout), paging)?,
        Format::Stat => page(&render::stat(comparisons, layout), paging)?,
        Format::NameStatus => page_data(render::name_status(comparisons).as_bytes(), paging)?,
        Format::Json => page_data(printable_json(&render::json(comparisons, layout)).as_bytes(), paging)?,
        Format::Html => page_data(render::html(comparisons, layout).as_bytes(), paging)?,
        _ => page(&render::human(comparisons, layout), paging)?,
    }
    Ok(Outcome::Fine)
}

/// The format where none is asked for: people read terminals, programs read pipes.
pub(super) fn format_by_itself() -> Format {
    if stdout_is_terminal() { Format::Human } else { Format::Patch }
}

/// How hunks are laid out where nothing is asked for.
pub(super) fn layout_by_itself() -> Layout {
    Layout { context: CONTEXT.into(), width: width() }
}

fn width() -> usize {
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0))
}

/// Names the output roots from the current directory, where a patch is applied. The paths in one that is not below it
/// are its own, and standard error says where to apply them. Also says what a patch cannot.
///
/// # Errors
/// If the paths would mean nothing, or standard error cannot be written to.
fn from_here(comparisons: &mut [Comparison]) -> Result<(), Failure> {
    let here = std::env::current_dir()?;
    let mut err = stderr();
    let mut outside: Option<Utf8PathBuf> = None;
    for comparison in comparisons.iter_mut().filter(|comparison| !comparison.changes.is_clean()) {
        for obstacle in comparison.changes.conflicts().filter(|change| change.obstacle.is_some()) {
            let path = comparison.root.join(obstacle.path.as_path());
            writeln!(err, "not in the patch: {path}: {}", obstacle.conflict().unwrap_or_default())?;
        }
        if comparison.changes.interrupted.is_some() {
            writeln!(err, "a build of {} was interrupted; the next one completes it", comparison.place())?;
        }
        match below(comparison.place(), &here) {
            Some(root) => comparison.root = root,
            None => {
                if let Some(other) = &outside {
                    return Err(format!(
                        "{other} and {} are outside of this directory, and a patch of both could be applied nowhere: \
                         make one of each",
                        comparison.root
                    ).into());
                }
                writeln!(err, "{} is outside of this directory: apply its patch there", comparison.root)?;
                outside = Some(std::mem::take(&mut comparison.root));
            }
        }
    }
    Ok(())
}

/// The root as a path below `here`; none if it is somewhere else.
fn below(root: &Utf8Path, here: &Path) -> Option<Utf8PathBuf> {
    // Of a root that is not there yet, what there is above it has a real path.
    let whole = here.join(root.as_std_path());
    let there = whole.ancestors().find_map(|dir| Some((dir, dir.canonicalize().ok()?)));
    let real = match there {
        Some((dir, real)) => real.join(whole.strip_prefix(dir).unwrap_or(Path::new(""))),
        None => whole,
    };
    let below = Utf8Path::from_path(real.strip_prefix(here).ok()?)?;
    below.components().all(|part| part.as_str() != "..").then(|| below.to_owned())
}
