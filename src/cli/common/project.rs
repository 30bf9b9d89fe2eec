//! Specs, each compiled and compared with its output root.

use std::{
    collections::BTreeMap,
    io::{self, Write as _},
};

use camino::{Utf8Path, Utf8PathBuf};
use indicatif::ProgressBar;
use rayon::prelude::*;

use super::{Deny, Specs, deny, input, reason};
use crate::{
    catalog::Catalog,
    compile_onto,
    diag::{Diagnostic, Report, Rule, Source},
    diff::{Unreadable, compare, format::Comparison},
    model::Module,
    module::{Unfit, leftovers, unfit},
    tree::{Disk, Ledger, Lock, OnDisk, Tree, TreePath, place},
};

/// Where modules are written.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Output {
    /// Where the module is written [default: the spec's own directory]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) out: Option<Utf8PathBuf>,
}

/// A spec and what it makes.
pub(in crate::cli) struct Project {
    pub(in crate::cli) spec: Utf8PathBuf,
    /// Where its module is written; empty for the current directory.
    pub(in crate::cli) root: Utf8PathBuf,
    pub(in crate::cli) report: Report,
    /// None if the spec has errors.
    pub(in crate::cli) module: Option<Module>,
    pub(in crate::cli) tree: Tree,
}

/// Reads and compiles the specs, and finds what is wrong between them. `output` says where they are written, if they
/// are; `progress` is told of each.
///
/// # Errors
/// If a directory cannot be read, or two specs have the same output root.
pub(in crate::cli) fn compile_all(
    specs: &Specs,
    catalog: &Catalog,
    output: Option<&Output>,
    deny: Option<Deny>,
    progress: impl FnOnce(usize) -> ProgressBar,
) -> Result<Vec<Project>, String> {
    let files = specs.files()?;
    let root = |spec: &Utf8PathBuf| {
        output.and_then(|output| output.out.clone()).unwrap_or_else(|| directory_of(spec).to_owned())
    };
    let roots: Vec<Utf8PathBuf> = files.iter().map(root).collect();
    if output.is_some() {
        one_root_each(&files, &roots)?;
    }
    let progress = progress(files.len());
    let compile = |(spec, root)| {
        let project = Project::compile(spec, root, catalog, deny);
        progress.inc(1);
        project
    };
    let mut projects: Vec<Project> = files.into_par_iter().zip(roots).map(compile).collect();
    progress.finish_and_clear();
    one_name_each(&mut projects);
    Ok(projects)
}

/// Where a module is written unless it is said.
fn directory_of(spec: &Utf8Path) -> &Utf8Path {
    spec.parent().unwrap_or(Utf8Path::new(""))
}

impl Project {
    fn compile(spec: Utf8PathBuf, root: Utf8PathBuf, catalog: &Catalog, denied: Option<Deny>) -> Self {
        match input::read(&spec) {
            Ok(source) => Self::of(spec, root, source, catalog, denied),
            Err(report) => Self { spec, root, report, module: None, tree: Tree::default() },
        }
    }

    /// The same project with another text of its spec.
    pub(in crate::cli) fn with_text(self, text: String, catalog: &Catalog, denied: Option<Deny>) -> Self {
        let source = Source::new(self.report.source.name, text);
        Self::of(self.spec, self.root, source, catalog, denied)
    }

    /// A spec that was read, compiled.
    pub(in crate::cli) fn of(
        spec: Utf8PathBuf,
        root: Utf8PathBuf,
        source: Source,
        catalog: &Catalog,
        denied: Option<Deny>,
    ) -> Self {
        let compilation = compile_onto(source, catalog, &on_disk(&root));
        let mut report = compilation.report;
        deny(&mut report, denied);
        let module = compilation.module.filter(|_| !report.has_errors());
        let mut tree = compilation.tree;
        // Whatever a lock file says, the spec is no generated file.
        if let Some(path) = own_path(&spec, &root) {
            tree.release(path);
        }
        Self { spec, root, report, module, tree }
    }

    /// The classes of the user's that do not fit the spec.
    pub(in crate::cli) fn unfit(&self) -> Vec<Unfit> {
        unfit(&self.tree, &on_disk(&self.root))
    }

    /// The spec's path below its output root, where it is there.
    pub(in crate::cli) fn own_path(&self) -> Option<TreePath> {
        own_path(&self.spec, &self.root)
    }

    /// Says on standard error which setup scripts process a pair that the spec no longer makes.
    pub(in crate::cli) fn tell_leftovers(&self, lock: &Lock) -> io::Result<()> {
        let Some(module) = self.module.as_ref().filter(|module| !module.platform.is_legacy) else {
            return Ok(());
        };
        let source = module.source.as_ref().map_or("", |source| source.as_str());
        let found = Disk::open(&self.root).map(|disk| leftovers(&disk, source.into(), &self.tree, lock));
        for script in found.unwrap_or_default() {
            writeln!(
                anstream::stderr(),
                "{}: it processes etc/integration/config.xml, which is gone, and stops a new shop: remove it by hand",
                self.root.join(script.as_path())
            )?;
        }
        Ok(())
    }

    /// What is to become of the files in the output root, and what is known to have been written there; none if the
    /// spec has errors, an error if something there cannot be read.
    pub(in crate::cli) fn comparison(&self) -> Option<Result<(Ledger, Comparison), String>> {
        let module = self.module.as_ref()?.name.to_string();
        let closed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotADirectory => {
                format!("cannot write to {}: it is a file, or in one; name a directory", self.root)
            }
            _ => format!("cannot read {}: {}", place(&self.root), reason(&error)),
        };
        let unreadable = |error: Unreadable| {
            format!("cannot read {}: {}", self.root.join(error.path.as_path()), reason(&error.source))
        };
        let compare = || {
            let disk = Disk::open(&self.root).map_err(closed)?;
            let ledger = Ledger::read(&disk).map_err(|error| error.to_string())?;
            let changes = compare(&self.tree, &ledger, &disk).map_err(unreadable)?;
            Ok((ledger, Comparison { module, root: self.root.clone(), changes }))
        };
        Some(compare())
    }
}

/// The bytes of files in an output root.
fn on_disk(root: &Utf8Path) -> impl Fn(&TreePath) -> Option<Vec<u8>> {
    |path| match Disk::open(root).ok()?.read(path) {
        Ok(OnDisk::File { bytes, .. }) => Some(bytes),
        _ => None,
    }
}

fn own_path(spec: &Utf8Path, root: &Utf8Path) -> Option<TreePath> {
    TreePath::new(spec.strip_prefix(root).ok()?.as_str()).ok()
}

/// Two specs that are written to one directory would delete each other's files.
fn one_root_each(specs: &[Utf8PathBuf], roots: &[Utf8PathBuf]) -> Result<(), String> {
    let mut seen: BTreeMap<Utf8PathBuf, &Utf8Path> = BTreeMap::new();
    for (spec, root) in specs.iter().zip(roots) {
        let real = place(root).canonicalize_utf8().unwrap_or_else(|_| root.clone());
        if let Some(other) = seen.insert(real, spec) {
            return Err(format!("{other} and {spec} would be written to the same directory"));
        }
    }
    Ok(())
}

/// Magento knows a module by its name.
fn one_name_each(projects: &mut [Project]) {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, project) in projects.iter().enumerate() {
        if let Some(module) = &project.module {
            by_name.entry(module.name.to_string()).or_default().push(at);
        }
    }
    for (name, places) in by_name.into_iter().filter(|(_, places)| places.len() > 1) {
        let specs: Vec<Utf8PathBuf> = places.iter().map(|&at| projects[at].spec.clone()).collect();
        for (&at, spec) in places.iter().zip(&specs) {
            let other = specs.iter().find(|other| *other != spec).unwrap_or(spec);
            let project = &mut projects[at];
            let message = format!("{other} makes the module `{name}` too");
            let spans = crate::spec::load(&project.report.source).spans;
            let finding = Diagnostic::new(Rule::DuplicateModule, message)
                .at(spans.value("/module/name"))
                .reason("Magento stops where two modules register the same name")
                .help("give one of them another name; variants for different releases: one call each");
            let mut diagnostics = std::mem::take(&mut project.report.diagnostics);
            diagnostics.push(finding);
            project.report = Report::new(project.report.source.clone(), diagnostics);
            project.module = None;
        }
    }
}
