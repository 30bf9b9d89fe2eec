//! `magespec build`.

mod chosen;
mod json;
mod outcome;
mod prepared;
mod watch;

use std::{
    io::Write as _,
    sync::atomic::{AtomicUsize, Ordering},
};

use rayon::prelude::*;

use self::{chosen::Chosen, prepared::Prepared};
use crate::{
    catalog::Catalog,
    cli::{
        Outcome,
        arguments::{CatalogSource, Deny, Format, OutputRoot, Specs, one_of},
        output::{print_json, progress, stderr, tell_findings},
    },
    diag::{Failure, plural},
    project::{Project, compile_all},
};

/// Write the module that a spec describes
///
/// Files that magespec did not write, or that were edited since, are not overwritten: nothing at all is written then.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    catalog_source: CatalogSource,
    #[command(flatten)]
    output: OutputRoot,
    /// Write nothing; say what would be written
    #[arg(long)]
    dry_run: bool,
    /// Write nothing; show the diff and exit with 2 if what is on disk is not what the spec makes
    #[arg(long, conflicts_with_all = ["dry_run", "force", "keep", "merge", "watch"])]
    check: bool,
    /// Overwrite these files although they were edited by hand or are not magespec's; without a PATH all of them
    #[arg(long, value_name = "PATH", num_args = 0..)]
    force: Option<Vec<Chosen>>,
    /// Leave these files to you for good: the spec lists them under [files] unmanaged
    #[arg(long, value_name = "PATH", num_args = 1..)]
    keep: Vec<Chosen>,
    /// Merge what the spec changes into files that were edited by hand
    #[arg(long)]
    merge: bool,
    /// Build again whenever a spec changes, until interrupted
    #[arg(long, conflicts_with_all = ["dry_run", "keep", "force"])]
    watch: bool,
    /// How to write what came of it
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json]), default_value = "human")]
    format: Format,
    /// Treat warnings as errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    if args.watch {
        return watch::run(args);
    }
    let compiled = args.catalog_source.catalog().and_then(|catalog| Ok((args.compile(&catalog)?, catalog)));
    let (projects, catalog) = compiled?;
    Ok(tell_findings(&projects)?.max(args.build(projects, &catalog)?))
}

/// One call of `build`.
struct Run<'a> {
    args: &'a Args,
    catalog: &'a Catalog,
    /// Whether there is one spec, so that a path from its output root says which file is meant.
    is_only: bool,
}

impl Args {
    fn compile(&self, catalog: &Catalog) -> Result<Vec<Project>, Failure> {
        let specs = self.specs.files()?;
        compile_all(specs, catalog, self.output.roots(), self.deny.is_some(), &progress("compiling"))
    }

    /// Builds what compiled, and says what came of it.
    fn build(&self, projects: Vec<Project>, catalog: &Catalog) -> Result<Outcome, Failure> {
        Run { args: self, catalog, is_only: projects.len() == 1 }.build(projects)
    }
}

impl Run<'_> {
    fn build(&self, projects: Vec<Project>) -> Result<Outcome, Failure> {
        let count = projects.len();
        let prepared: Vec<_> = projects.into_par_iter().map(|project| self.prepare(project)).collect();
        if let Some(chosen) = self.unmatched(&prepared) {
            let hint = match self.is_only {
                true => "name the spec before the files",
                false => "of several specs, name it with its directory in front",
            };
            return Err(format!("{chosen} is no file of what is built; {hint}").into());
        }
        let (done, progress) = (AtomicUsize::new(0), progress("building"));
        let write = |prepared: Prepared| {
            let written = self.write(prepared);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, count);
            written
        };
        let written: Vec<_> = prepared.into_par_iter().map(write).collect();
        if self.args.format == Format::Json {
            let (document, outcome) = self.json(&written);
            print_json(document)?;
            return Ok(outcome);
        }
        let mut outcome = Outcome::Fine;
        for prepared in &written {
            outcome = outcome.max(self.tell(prepared)?);
        }
        if count > 1 {
            let failed = written.iter().filter(|prepared| !prepared.is_built()).count();
            let failed = if failed > 0 { format!(", {failed} not built") } else { String::new() };
            writeln!(stderr(), "{}{failed}", plural(count, "spec"))?;
        }
        Ok(outcome)
    }

    /// A file named on the command line that is none of what is built.
    fn unmatched(&self, all: &[Prepared]) -> Option<&Chosen> {
        let mut named = self.args.force.iter().flatten().chain(&self.args.keep);
        named.find(|chosen| !all.iter().any(|prepared| self.has(prepared, chosen)))
    }
}
