//! `magespec diff`.

use std::io::{self, IsTerminal as _, Write as _};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::{
    Outcome,
    common::{Output, Paging, Specs, compile_all, page, progress, tell_findings},
    fail,
};
use crate::diff::format::{Comparison, Format, Layout, render};

/// Show what `build` would change
///
/// Each generated file is created, changed, deleted, edited by hand, in the way, or unchanged. Files that are not
/// generated are never looked at.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    output: Output,
    /// How to write it [default: human on a terminal, patch elsewhere]
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// How many lines to show around those that differ
    #[arg(long, value_name = "N", default_value_t = CONTEXT)]
    context: usize,
    /// How many columns to use [default: those of the terminal, or 80]
    #[arg(long, value_name = "N")]
    width: Option<usize>,
    /// Exit with 2 if anything differs
    #[arg(long)]
    exit_code: bool,
    /// Print nothing; implies --exit-code
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    paging: Paging,
}

const CONTEXT: usize = 3;
const WIDTH: usize = 80;

pub(super) fn run(args: &Args) -> io::Result<Outcome> {
    let projects = match compile_all(&args.specs, Some(&args.output), None, progress("compiling")) {
        Ok(projects) => projects,
        Err(message) => return fail(message),
    };
    let mut outcome = tell_findings(&projects)?;
    let mut comparisons = Vec::new();
    let compared: Vec<_> =
        projects.par_iter().filter_map(|project| Some((project, project.comparison()?))).collect();
    for (project, compared) in compared {
        match compared {
            Ok((ledger, comparison)) => {
                if !args.quiet {
                    project.tell_leftovers(&ledger.lock)?;
                }
                comparisons.push(comparison);
            }
            Err(message) => outcome = outcome.max(fail(message)?),
        }
    }
    if (args.exit_code || args.quiet) && comparisons.iter().any(|it| !it.changes.is_clean()) {
        outcome = outcome.max(Outcome::Differences);
    }
    if args.quiet {
        return Ok(outcome);
    }
    let format = args.format.unwrap_or_else(format_by_itself);
    let layout = Layout { context: args.context, width: args.width.unwrap_or_else(width) };
    print(format, &mut comparisons, layout, args.paging)?;
    Ok(outcome)
}

/// Writes the comparisons to standard output.
pub(super) fn print(
    format: Format,
    comparisons: &mut [Comparison],
    layout: Layout,
    paging: Paging,
) -> io::Result<()> {
    if format == Format::Patch {
        from_here(comparisons)?;
    }
    page(&render(format, comparisons, layout), format.is_coloured(), paging)
}

/// The format where none is asked for: people read terminals, programs read pipes.
pub(super) fn format_by_itself() -> Format {
    if io::stdout().is_terminal() { Format::Human } else { Format::Patch }
}

/// How hunks are laid out where nothing is asked for.
pub(super) fn layout_by_itself() -> Layout {
    Layout { context: CONTEXT, width: width() }
}

fn width() -> usize {
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0))
}

/// Names the output roots from the current directory, where a patch is applied. The paths in one that is not below it
/// are its own, and standard error says where to apply them.
fn from_here(comparisons: &mut [Comparison]) -> io::Result<()> {
    let here = std::env::current_dir()?;
    for comparison in comparisons.iter_mut().filter(|comparison| !comparison.changes.is_clean()) {
        let root = comparison.place().as_std_path();
        // An output root that is not there yet has no real path of its own.
        let real = root.canonicalize().unwrap_or_else(|_| here.join(root));
        let below = real.strip_prefix(&here).ok().and_then(|below| Utf8Path::from_path(below));
        let goes_up = below.is_some_and(|below| below.components().any(|part| part.as_str() == ".."));
        match below.filter(|_| !goes_up) {
            Some(below) => comparison.root = below.to_owned(),
            None => {
                writeln!(
                    anstream::stderr(),
                    "{} is outside of this directory: apply its patch there",
                    comparison.root
                )?;
                comparison.root = Utf8PathBuf::new();
            }
        }
    }
    Ok(())
}
