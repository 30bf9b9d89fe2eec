//! `magespec build --watch`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::mpsc,
    time::Duration,
};

use camino::{Utf8Path, Utf8PathBuf};
use notify_debouncer_mini::{DebounceEventResult, new_debouncer, notify::RecursiveMode};

use crate::{
    bounded,
    cli::{
        Outcome,
        build::Args,
        output::{finish, print_failure, print_project_findings, stderr},
    },
    diag::{Diagnostic, Failure, Level},
    project::{Project, catalog_files, read},
    spec::load,
    tree::place,
};

/// Time without changes before a rebuild: editors write in several steps.
const REST: Duration = Duration::from_millis(100);

/// Bytes of each file that is watched; none if it is unreadable.
type Texts = BTreeMap<Utf8PathBuf, Option<Vec<u8>>>;

/// Findings of a spec, in words that do not depend on line numbers.
type Finding = (Utf8PathBuf, String);

/// Builds now and whenever a spec changes, until the process is interrupted.
pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let specs = match args.specs.files() {
        Ok(specs) if specs.iter().any(|spec| spec == "-") => {
            return Err("cannot watch standard input; name a spec file".into());
        }
        specs => specs?,
    };
    let (sender, changes) = mpsc::channel();
    let watching = new_debouncer(REST, move |change: DebounceEventResult| {
        let _ = sender.send(change);
    });
    let watch = |error: notify_debouncer_mini::notify::Error| format!("cannot watch: {error}");
    let mut debouncer = watching.map_err(watch)?;
    let mut folders: BTreeSet<Utf8PathBuf> = BTreeSet::new();
    // Watches folders: an editor may replace the file.
    let mut cover = |files: &Texts| {
        for folder in files.keys().map(|file| folder(file)) {
            if folders.insert(folder.to_owned())
                && let Err(error) =
                    debouncer.watcher().watch(folder.as_std_path(), RecursiveMode::NonRecursive)
            {
                return Err(Failure::new(format!("{folder}: {}", watch(error))));
            }
        }
        Ok(())
    };
    let mut texts = read_all(&specs);
    cover(&texts)?;
    let mut known = args.again(&BTreeSet::new())?;
    stderr().line(format_args!("watching for changes; press Ctrl-C to stop"))?;
    for change in changes {
        change.map_err(watch)?;
        // Reading a spec is an event, too; only different text is a change.
        let now = read_all(&specs);
        if now != texts {
            cover(&now)?;
            texts = now;
            known = args.again(&known)?;
        }
    }
    Ok(Outcome::Fine)
}

/// Reads the specs and the catalogs that they name.
fn read_all(specs: &[Utf8PathBuf]) -> Texts {
    let mut texts = Texts::new();
    for path in specs {
        texts.insert(path.clone(), bounded::file(path, bounded::LARGEST_FILE).ok());
        let loaded = read(path).ok().map(|source| load(&source));
        let catalogs =
            loaded.and_then(|loaded| loaded.spec).map(|spec| catalog_files(path, &spec.target.catalog));
        for file in catalogs.into_iter().flatten() {
            texts.entry(file).or_insert_with_key(|file| bounded::file(file, bounded::LARGEST_FILE).ok());
        }
    }
    texts
}

/// Folder of a file.
fn folder(file: &Utf8Path) -> &Utf8Path {
    place(file.parent().unwrap_or(Utf8Path::new("")))
}

impl Args {
    /// Builds, shows new findings and names resolved ones. Returns all findings.
    fn again(&self, known: &BTreeSet<Finding>) -> Result<BTreeSet<Finding>, Failure> {
        let compiled = self.catalog_source.store().and_then(|catalogs| {
            let specs = self.specs.files()?;
            Ok((self.compile(specs, &catalogs)?, catalogs))
        });
        let (mut projects, catalogs) = match compiled {
            Ok(compiled) => compiled,
            Err(failure) => {
                finish(print_failure(failure)?)?;
                return Ok(known.clone());
            }
        };
        let found: BTreeSet<Finding> = projects.iter().flat_map(findings).collect();
        for (spec, gone) in known.difference(&found) {
            stderr().line(format_args!("resolved in {spec}: {gone}"))?;
        }
        for project in &mut projects {
            let spec = &project.spec;
            project.report.diagnostics.retain(|finding| !known.contains(&(spec.clone(), words(finding))));
        }
        let found_errors = print_project_findings(&projects)?;
        let built = self.build(projects, &catalogs).or_else(print_failure)?;
        // Each build prints a document of its own.
        finish(found_errors.max(built))?;
        Ok(found)
    }
}

fn findings(project: &Project) -> impl Iterator<Item = Finding> {
    let findings = project.report.diagnostics.iter().filter(|finding| finding.level != Level::Note);
    findings.map(|finding| (project.spec.clone(), words(finding)))
}

fn words(finding: &Diagnostic) -> String {
    format!("{}[{}]: {}", finding.level, finding.rule, finding.message)
}
