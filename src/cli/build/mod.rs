//! `magespec build`.

mod file_argument;
mod json;
mod outcome;
mod pending;
mod watch;

use std::{
    io::Write as _,
    sync::atomic::{AtomicUsize, Ordering},
};

pub(super) use self::json::JsonBuild;
use self::{file_argument::FileArgument, pending::PendingBuild};
use crate::{
    cli::{
        Outcome,
        arguments::{CatalogSource, Deny, Format, OutputRoot, Specs, one_of},
        output::{print_json, print_project_findings, progress, stderr},
    },
    diag::{Failure, plural},
    project::{CatalogStore, Project, compile_all, each},
};

/// Number of specs in a run up to which files are flushed to the disk, which takes longer than everything else.
const MAX_SYNCED: usize = 64;

/// Generate the module that a spec describes
///
/// Never overwrites files that magespec did not write or that were edited since: the build stops and writes nothing.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    catalog_source: CatalogSource,
    #[command(flatten)]
    output: OutputRoot,
    /// Show what would be written without writing it
    #[arg(long)]
    dry_run: bool,
    /// Write nothing; show the diff and exit with 2 if the files on disk are not up to date
    #[arg(long, conflicts_with_all = ["dry_run", "force", "keep", "merge", "watch"])]
    check: bool,
    /// Overwrite these files even if they were edited by hand or not written by magespec, and delete those no longer
    /// generated; without PATH, overwrite all files and delete none that was edited
    #[arg(long, value_name = "PATH", num_args = 0..)]
    force: Option<Vec<FileArgument>>,
    /// Stop managing these files: add them to [files] unmanaged in the spec
    #[arg(long, value_name = "PATH", num_args = 1..)]
    keep: Vec<FileArgument>,
    /// Merge the spec's changes into files that were edited by hand
    #[arg(long)]
    merge: bool,
    /// Write adopted files and composer.json anew, in the layout of generated files
    #[arg(long)]
    reformat: bool,
    /// Rebuild whenever a spec changes, until interrupted
    #[arg(long, conflicts_with_all = ["dry_run", "keep", "force"])]
    watch: bool,
    /// Do not flush files to the disk: faster, but a power failure may leave empty ones. Implied for more than 64 specs
    #[arg(long)]
    no_sync: bool,
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json]), default_value = "human")]
    format: Format,
    /// Treat these findings as errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    if args.watch {
        return watch::run(args);
    }
    let catalogs = args.catalog_source.store()?;
    let projects = args.compile(&catalogs)?;
    Ok(print_project_findings(&projects)?.max(args.build(projects, &catalogs)?))
}

/// One run of `build`.
struct Run<'a> {
    args: &'a Args,
    catalogs: &'a CatalogStore,
    /// True for a single spec: a path from its output root then identifies a file.
    is_only: bool,
    /// True if files are flushed to the disk before they replace others.
    syncs: bool,
}

impl Args {
    fn compile(&self, catalogs: &CatalogStore) -> Result<Vec<Project>, Failure> {
        let specs = self.specs.files()?;
        compile_all(specs, catalogs, self.output.roots(), self.deny.is_some(), &progress("compiling"))
    }

    /// Builds the compiled specs and reports the results.
    fn build(&self, projects: Vec<Project>, catalogs: &CatalogStore) -> Result<Outcome, Failure> {
        let syncs = !self.no_sync && projects.len() <= MAX_SYNCED;
        Run { args: self, catalogs, is_only: projects.len() == 1, syncs }.build(projects)
    }
}

impl Run<'_> {
    fn build(&self, projects: Vec<Project>) -> Result<Outcome, Failure> {
        let count = projects.len();
        let prepared = each(projects, |project| self.prepare(project));
        if let Some(chosen) = self.unmatched(&prepared) {
            let hint = match self.is_only {
                true if chosen.as_str().ends_with(".toml") => "; name the spec before the files",
                true => "",
                false => "; with several specs, include the directory in the path",
            };
            return Err(format!("{chosen} is not a generated file{hint}").into());
        }
        let (done, progress) = (AtomicUsize::new(0), progress("building"));
        let write = |prepared: PendingBuild| {
            let written = self.write(prepared);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, count);
            written
        };
        let written = each(prepared, write);
        if self.args.format == Format::Json {
            let (document, outcome) = self.json(&written);
            print_json(document);
            return Ok(outcome);
        }
        let mut outcome = Outcome::Fine;
        for prepared in &written {
            outcome = outcome.max(self.print(prepared)?);
        }
        if count > 1 {
            let failed = written.iter().filter(|prepared| !prepared.is_built()).count();
            let failed = if failed > 0 { format!(", {failed} not built") } else { String::new() };
            writeln!(stderr(), "{}{failed}", plural(count, "spec"))?;
        }
        Ok(outcome)
    }

    /// Finds a file named on the command line that is not generated.
    fn unmatched(&self, all: &[PendingBuild]) -> Option<&FileArgument> {
        let mut named = self.args.force.iter().flatten().chain(&self.args.keep);
        named.find(|chosen| !all.iter().any(|prepared| self.has(prepared, chosen)))
    }
}
