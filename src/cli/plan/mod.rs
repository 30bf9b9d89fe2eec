//! `magespec plan`.

mod before;
mod breaking;
mod document;
mod findings;
mod git;
mod human;
mod json;
mod live;
mod markdown;
mod to_run;
mod words;

use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};

use self::before::Old;
pub(super) use self::{
    document::Document,
    human::render,
    live::{broken, changed},
};
use super::{
    Outcome,
    common::{
        Known, Output, Paging, Specs, compile_all, known_release, note, page, progress, tell_findings,
        tell_reports, tell_stand_ins, warn,
    },
    fail,
    live::{Installed, Way},
};
use crate::{catalog::Catalog, diag::Report, names::MagentoVersion};

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
    /// Compare with what the database of a running shop holds: its Magento root, as its PHP sees it
    #[arg(long, value_name = "ROOT", conflicts_with_all = ["from", "upgrade", "out", "magento", "catalog"], help_heading = "Shop")]
    live: Option<Utf8PathBuf>,
    #[command(flatten)]
    way: Way,
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
    if let Some(root) = &args.live {
        return args.in_shop(root);
    }
    if args.way.is_given() {
        return fail("--php and --timeout are ways to a running shop, which --live ROOT names");
    }
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
    let outcome = tell_findings(&projects)?;
    let mut documents = Vec::new();
    let mut failed = Outcome::Fine;
    for project in &projects {
        let Some(module) = &project.module else { continue };
        let old = match args.old(catalog) {
            Ok(old) => old,
            Err(message) => return fail(message),
        };
        match Document::of(project, module, old, catalog) {
            Ok(document) => {
                tell_stand_ins(catalog, document.plan.releases)?;
                let beyond = document.beyond_target();
                if !beyond.is_empty() {
                    let beyond = catalog.describe(beyond);
                    warn(format!(
                        "{beyond} is not in the target of {}: the plan is what would be, and nothing was checked for it",
                        module.name
                    ))?;
                }
                document.unmanaged().try_for_each(|path| {
                    note(format!("{path} is yours: the plan is of what the spec says, and not of that file"))
                })?;
                documents.push(document);
            }
            Err(failure) => failed = failed.max(failure.tell()?),
        }
    }
    Ok(outcome.max(failed).max(args.tell(&documents)?))
}

/// The findings of the risks that the plan has.
pub(super) fn risks(document: &Document<'_>) -> Option<Report> {
    findings::report(document)
}

impl Args {
    /// The plan against a shop that runs.
    fn in_shop(&self, root: &Utf8Path) -> io::Result<Outcome> {
        let read = || -> Result<Vec<Installed>, String> {
            let shop = self.way.connect(root)?;
            let specs = self.specs.files()?;
            let installed = specs.iter().map(|spec| shop.project(spec, Installed::folder));
            Ok(installed.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
        };
        let all = match read() {
            Ok(all) if all.is_empty() => return Ok(Outcome::Failed),
            Ok(all) => all,
            Err(message) => {
                if let Format::Json = self.format {
                    writeln!(io::stdout(), "{:#}", json::failure(&message))?;
                }
                return fail(message);
            }
        };
        let mut documents = Vec::new();
        for installed in &all {
            match installed.project.comparison() {
                Some(Ok((_, comparison))) => {
                    let mut document = Document::live(installed, &changed(installed, &comparison), false);
                    document.breaks = match broken(installed, &comparison) {
                        Ok(breaks) => breaks,
                        Err(failure) => return failure.tell(),
                    };
                    document.tell_orphans()?;
                    documents.push(document);
                }
                Some(Err(message)) => return fail(message),
                None => return Ok(Outcome::Failed),
            }
        }
        self.tell(&documents)
    }

    fn tell(&self, documents: &[Document<'_>]) -> io::Result<Outcome> {
        let reports: Vec<_> = documents.iter().filter_map(risks).collect();
        let mut outcome = tell_reports(&reports)?;
        if self.exit_code && documents.iter().any(Document::changes_something) {
            outcome = outcome.max(Outcome::Differences);
        }
        match self.format {
            // Why there is none was told.
            Format::Human | Format::Markdown if documents.is_empty() => {}
            Format::Human => page(human::render(documents).as_bytes(), true, self.paging)?,
            Format::Json => writeln!(io::stdout(), "{:#}", json::document(documents))?,
            Format::Markdown => write!(io::stdout(), "{}", markdown::render(documents))?,
        }
        Ok(outcome)
    }

    /// What the spec is compared with.
    fn old(&self, catalog: &Catalog) -> Result<Old<'_>, String> {
        Ok(match (self.upgrade.as_deref(), &self.from) {
            (Some([from, to]), _) if from >= to => {
                return Err(format!("{to} is not after {from}: --upgrade takes the older release first"));
            }
            (Some([from, to]), _) => {
                Old::Release(known_release(catalog, *from)?, known_release(catalog, *to)?)
            }
            (_, Some(from)) => Old::Named(from),
            _ => Old::OnDisk,
        })
    }
}
