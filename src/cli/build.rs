//! `magespec build`.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::{
    Outcome, fail,
    input::{self, Deny, Specs, plural},
};
use crate::{
    catalog::Catalog,
    compile,
    diag::{Level, Report, render::Format},
    diff::{Changes, Status, compare},
    tree::{Disk, LOCK_FILE, Lock, OnDisk, Tree, TreePath},
    write::Writer,
};

/// Write the module that a spec describes
///
/// Files that magespec did not write, or that were edited since, are not overwritten: nothing at all is written then.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    /// Where to write the module [default: the spec's own directory]
    #[arg(long, value_name = "DIR")]
    out: Option<Utf8PathBuf>,
    /// Write nothing; say what would be written
    #[arg(long)]
    dry_run: bool,
    /// Write nothing; exit with 2 if what is on disk is not what the spec makes
    #[arg(long, conflicts_with_all = ["dry_run", "force"])]
    check: bool,
    /// Overwrite files that were edited by hand or are not magespec's
    #[arg(long)]
    force: bool,
    /// Take warnings for errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

/// What came of one spec.
struct Built {
    report: Report,
    /// The module and what is or was to do; none if the spec has errors.
    module: Option<(String, Result<Changes, String>)>,
    root: Utf8PathBuf,
}

pub(super) fn run(args: &Args) -> io::Result<Outcome> {
    let mut roots: BTreeMap<Utf8PathBuf, &Utf8Path> = BTreeMap::new();
    for spec in &args.specs.specs {
        if let Some(other) = roots.insert(args.root_of(spec), spec) {
            return fail(format!("{other} and {spec} would be written to the same directory"));
        }
    }
    let catalog = Catalog::bundled();
    let built: Vec<Built> = args.specs.specs.par_iter().map(|spec| args.build(spec, catalog)).collect();
    let mut outcome = Outcome::Fine;
    for built in &built {
        outcome = outcome.max(args.tell(built)?);
    }
    Ok(outcome)
}

impl Args {
    fn root_of(&self, spec: &Utf8Path) -> Utf8PathBuf {
        self.out.clone().unwrap_or_else(|| spec.parent().unwrap_or(Utf8Path::new("")).to_owned())
    }

    fn build(&self, spec: &Utf8Path, catalog: &Catalog) -> Built {
        let root = self.root_of(spec);
        let source = match input::read(spec) {
            Ok(source) => source,
            Err(report) => return Built { report, module: None, root },
        };
        let compilation = compile(source, catalog);
        let mut reports = [compilation.report];
        input::deny(&mut reports, self.deny);
        let [report] = reports;
        let module = compilation.module.filter(|_| !report.has_errors());
        let module = module.map(|module| (module.name.to_string(), self.apply(&root, &compilation.tree)));
        Built { report, module, root }
    }

    /// Compares, and writes unless asked not to or something is in the way.
    fn apply(&self, root: &Utf8Path, tree: &Tree) -> Result<Changes, String> {
        let changes = self.compare(root, tree)?;
        if self.dry_run || self.check || changes.is_clean() || changes.conflicts().next().is_some() {
            return Ok(changes);
        }
        let writer = Writer::open(root).map_err(|error| error.to_string())?;
        // Another run may have written while this one waited for it.
        let changes = self.compare(root, tree)?;
        if changes.conflicts().next().is_none() {
            writer.apply(&changes).map_err(|error| error.to_string())?;
        }
        Ok(changes)
    }

    fn compare(&self, root: &Utf8Path, tree: &Tree) -> Result<Changes, String> {
        let failed = |error: io::Error| format!("cannot read {root}: {}", input::reason(&error));
        let disk = Disk::open(root).map_err(failed)?;
        let text = read_lock(&disk)?;
        let lock = match &text {
            Some(text) => {
                Some((text.as_str(), Lock::parse(text).map_err(|error| format!("{root}: {error}"))?))
            }
            None => None,
        };
        let lock = lock.as_ref().map(|(text, lock)| (*text, lock));
        let changes = compare(tree, lock, &disk).map_err(failed)?;
        Ok(if self.force { changes.forced() } else { changes })
    }

    /// Says what came of a spec: findings to standard error, what was written to standard output.
    fn tell(&self, built: &Built) -> io::Result<Outcome> {
        // Notes are for `check`.
        let mut shown = built.report.clone();
        shown.diagnostics.retain(|diagnostic| diagnostic.level != Level::Note);
        let outcome = input::print(&mut anstream::stderr(), Format::Human, &[shown])?;
        let Some((name, changes)) = &built.module else { return Ok(outcome) };
        let changes = match changes {
            Ok(changes) => changes,
            Err(message) => return fail(message),
        };
        if changes.conflicts().next().is_some() {
            return self.tell_conflicts(built, changes);
        }
        let mut out = anstream::stdout();
        list(&mut out, name, &built.root, changes)?;
        if !self.check || changes.is_clean() {
            return Ok(Outcome::Fine);
        }
        for change in changes.files.iter().filter(|change| change.status == Status::Changed) {
            write!(out, "{}:\n{}", built.root.join(change.path.as_path()), change.unified())?;
        }
        Ok(Outcome::Differences)
    }

    fn tell_conflicts(&self, built: &Built, changes: &Changes) -> io::Result<Outcome> {
        let mut message = String::from("nothing was written:\n");
        for change in changes.conflicts() {
            let path = built.root.join(change.path.as_path());
            let why = match (&change.obstacle, change.status) {
                (Some(obstacle), _) => format!("{obstacle}; move it out of the way"),
                (None, Status::HandEdited) => "it was edited by hand since magespec wrote it".to_owned(),
                (None, _) => "it is there, and magespec did not write it".to_owned(),
            };
            message += &format!("  {path}: {why}\n");
            if change.obstacle.is_none() {
                message += &change.unified();
            }
        }
        if changes.conflicts().any(|change| change.obstacle.is_none()) {
            message += "move the change into the spec, or overwrite it (the lines with +) with --force";
        }
        fail(message.trim_end())?;
        Ok(if self.check { Outcome::Differences } else { Outcome::Failed })
    }
}

/// The text of the lock file, if there is one.
fn read_lock(disk: &Disk) -> Result<Option<String>, String> {
    let path = TreePath::new(LOCK_FILE).map_err(|error| error.to_string())?;
    let shown = disk.root().join(LOCK_FILE);
    match disk.read(&path) {
        Ok(OnDisk::Missing) => Ok(None),
        Ok(OnDisk::File(bytes)) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Ok(OnDisk::NotAFile { what }) => Err(format!("cannot read {shown}: {what}")),
        Err(error) => Err(format!("cannot read {shown}: {}", input::reason(&error))),
    }
}

/// What was done, a line for each file that is not as it was.
fn list(out: &mut impl Write, name: &str, root: &Utf8Path, changes: &Changes) -> io::Result<()> {
    let root = if root.as_str().is_empty() { Utf8Path::new(".") } else { root };
    writeln!(out, "{name} in {root}")?;
    for change in &changes.files {
        let (colour, word) = match change.status {
            Status::Created => (anstyle::AnsiColor::Green, "created"),
            Status::Changed => (anstyle::AnsiColor::Yellow, "changed"),
            Status::Deleted => (anstyle::AnsiColor::Red, "deleted"),
            Status::HandEdited | Status::InTheWay | Status::Unchanged => continue,
        };
        let style = colour.on_default();
        writeln!(out, "  {style}{word}{style:#} {}", change.path)?;
    }
    if changes.lock.is_some() {
        writeln!(out, "  updated {LOCK_FILE}")?;
    }
    let unchanged = changes.files.iter().filter(|change| change.status == Status::Unchanged).count();
    if unchanged > 0 {
        writeln!(out, "  {} unchanged", plural(unchanged, "file"))?;
    }
    Ok(())
}
