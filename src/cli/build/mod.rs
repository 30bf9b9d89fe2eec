//! `magespec build`.

mod built;
mod file_argument;
mod json;
mod outcome;
mod pending;
mod watch;

use std::io::Write as _;

use camino::Utf8PathBuf;

pub(super) use self::json::JsonBuild;
use self::{
    built::{BuildAnswer, Built, Message},
    file_argument::FileArgument,
    pending::PendingBuild,
};
use crate::{
    cli::{
        Outcome,
        arguments::{CatalogSource, Deny, Format, OutputRoot, Specs, one_of},
        output::{print_findings, print_project_findings, progress, stderr},
    },
    diag::{Failure, plural},
    project::{CatalogStore, Project, compile_each, each},
};

/// Number of specs in a run up to which files are flushed to the disk, which takes longer than everything else.
const MAX_SYNCED: usize = 64;

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
    let specs = args.specs.files()?;
    if !args.keep.is_empty() || args.force.as_ref().is_some_and(|files| !files.is_empty()) {
        // The files are looked for in all specs before anything is written.
        let projects = args.compile(specs, &catalogs)?;
        return Ok(print_project_findings(&projects)?.max(args.build(projects, &catalogs)?));
    }
    let run = Run::new(args, &catalogs, specs.len());
    let built = args.compile_each("building", specs, &catalogs, |project| run.built(run.prepare(project)))?;
    let found = print_findings(built.iter().filter_map(|built| built.findings.as_ref()))?;
    Ok(found.max(run.print(built)?))
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
    fn compile(&self, specs: Vec<Utf8PathBuf>, catalogs: &CatalogStore) -> Result<Vec<Project>, Failure> {
        self.compile_each("compiling", specs, catalogs, |project| project)
    }

    fn compile_each<T: Send>(
        &self,
        verb: &'static str,
        specs: Vec<Utf8PathBuf>,
        catalogs: &CatalogStore,
        then: impl Fn(Project) -> T + Send + Sync,
    ) -> Result<Vec<T>, Failure> {
        compile_each(specs, catalogs, self.output.roots(), self.deny.is_some(), &progress(verb), then)
    }

    /// Builds the compiled specs and reports the results.
    fn build(&self, projects: Vec<Project>, catalogs: &CatalogStore) -> Result<Outcome, Failure> {
        Run::new(self, catalogs, projects.len()).build(projects)
    }
}

impl<'a> Run<'a> {
    fn new(args: &'a Args, catalogs: &'a CatalogStore, count: usize) -> Self {
        Self { args, catalogs, is_only: count == 1, syncs: !args.no_sync && count <= MAX_SYNCED }
    }

    fn build(&self, projects: Vec<Project>) -> Result<Outcome, Failure> {
        let prepared = each(projects, |project| self.prepare(project));
        if let Some(chosen) = self.unmatched(&prepared) {
            let hint = match self.is_only {
                true if chosen.as_str().ends_with(".toml") => "; name the spec before the files",
                true => "",
                false => "; with several specs, include the directory in the path",
            };
            return Err(format!("{chosen} is not a generated file{hint}").into());
        }
        self.print(each(prepared, |prepared| self.built(prepared)))
    }

    /// Reports the results of all specs.
    fn print(&self, all: Vec<Built>) -> Result<Outcome, Failure> {
        let (count, failed) = (all.len(), all.iter().filter(|built| !built.is_built).count());
        let outcome = all.iter().map(|built| built.outcome).max().unwrap_or(Outcome::Fine);
        let mut documents = Vec::new();
        for built in all {
            match built.answer {
                BuildAnswer::Json(result) => documents.push(*result),
                BuildAnswer::Human(messages) => messages.into_iter().try_for_each(Message::print)?,
            }
        }
        if self.args.format == Format::Json {
            json::print(documents);
        } else if count > 1 {
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
