//! `magespec plan`.

mod before;
mod document;
mod findings;
mod git;
mod human;
mod json;
mod markdown;
mod words;

use std::io::{self, Write as _};

use camino::Utf8PathBuf;

use self::{before::Old, document::Document};
use super::{
    Outcome,
    common::{
        Known, Output, Paging, Specs, compile_all, known_release, page, progress, tell_findings, tell_reports,
    },
    fail,
};
use crate::{catalog::Catalog, names::MagentoVersion};

/// Show what Magento will do to the integrations: create, keep, reset, or leave behind
///
/// Compares the spec with the module's files on disk, or with an older state, by the rules of setup:upgrade. A reset
/// deletes an integration and makes it anew: its key, secret and tokens are lost.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    output: Output,
    /// The older state: a module's directory, a spec, or either at a revision of git, git:REV[:PATH] [default: the module's
    /// files on disk]
    #[arg(long, value_name = "DIR|SPEC|git:REV", conflicts_with = "upgrade")]
    from: Option<Utf8PathBuf>,
    /// Show what an upgrade of Magento does to the spec as it is
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], conflicts_with_all = ["magento", "catalog"])]
    upgrade: Option<Vec<MagentoVersion>>,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Exit with 2 if anything is not kept
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    paging: Paging,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a terminal
    #[default]
    Human,
    Json,
    /// For a review
    Markdown,
}

pub(super) fn run(args: &Args) -> io::Result<Outcome> {
    let catalog = match args.known.catalog() {
        Ok(catalog) => catalog,
        Err(message) => return fail(message),
    };
    let catalog = catalog.as_ref();
    let projects = match compile_all(&args.specs, catalog, Some(&args.output), None, progress("compiling")) {
        Ok(projects) => projects,
        Err(message) => return fail(message),
    };
    if args.from.is_some() && projects.len() > 1 {
        return fail("--from is the older state of one spec, and there are several; name one");
    }
    let mut outcome = tell_findings(&projects)?;
    let mut documents = Vec::new();
    for project in &projects {
        let Some(module) = &project.module else { continue };
        let old = match args.old(catalog) {
            Ok(old) => old,
            Err(message) => return fail(message),
        };
        match Document::of(project, module, old, catalog) {
            Ok(document) => documents.push(document),
            Err(failure) => outcome = outcome.max(failure.tell()?),
        }
    }
    let reports: Vec<_> = documents.iter().filter_map(findings::report).collect();
    outcome = outcome.max(tell_reports(&reports)?);
    if args.exit_code && documents.iter().any(Document::changes_something) {
        outcome = outcome.max(Outcome::Differences);
    }
    match args.format {
        Format::Human => page(human::render(&documents).as_bytes(), true, args.paging)?,
        Format::Json => writeln!(io::stdout(), "{:#}", json::document(&documents))?,
        Format::Markdown => write!(io::stdout(), "{}", markdown::render(&documents))?,
    }
    Ok(outcome)
}

impl Args {
    /// What the spec is compared with.
    fn old(&self, catalog: &Catalog) -> Result<Old<'_>, String> {
        Ok(match (self.upgrade.as_deref(), &self.from) {
            (Some([from, to]), _) => {
                Old::Release(known_release(catalog, *from)?, known_release(catalog, *to)?)
            }
            (_, Some(from)) => Old::Named(from),
            _ => Old::OnDisk,
        })
    }
}
