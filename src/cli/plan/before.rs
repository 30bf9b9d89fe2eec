//! The state of a module that a spec is compared with.

use std::{collections::BTreeMap, io};

use camino::{Utf8Path, Utf8PathBuf};

use super::git;
use crate::{
    catalog::{Catalog, ReleaseId},
    cli::{
        Outcome,
        common::{Project, one_spec, read, reason, tell_reports},
        fail,
    },
    compile,
    diag::{Report, Source},
    model::Module,
    module::{self, Declaration, Place},
    tree::{Disk, Ledger, OnDisk, Tree, TreePath},
};

/// What a spec is compared with, as it is asked for.
#[derive(Clone, Copy)]
pub(super) enum Old<'a> {
    /// The module's files in the output root.
    OnDisk,
    /// What `--from` names.
    Named(&'a Utf8Path),
    /// The spec itself, under another release; then the one it is upgraded to.
    Release(ReleaseId, ReleaseId),
}

/// An older state, read.
pub(super) struct State {
    /// What it is called where it is told.
    pub(super) title: String,
    /// None if there was no module.
    pub(super) declaration: Option<Declaration>,
    /// Its files from the module's root, as far as they are or were generated.
    pub(super) files: BTreeMap<TreePath, Vec<u8>>,
}

/// Why a state could not be read.
pub(in crate::cli) enum Failure {
    /// In a sentence.
    Message(String),
    /// What is wrong with its files.
    Reports(Vec<Report>),
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::Message(message)
    }
}

impl Failure {
    /// In a sentence.
    pub(in crate::cli) fn message(&self) -> String {
        match self {
            Self::Message(message) => message.clone(),
            Self::Reports(reports) => {
                let found = reports.iter().flat_map(|report| {
                    report.diagnostics.iter().map(|it| format!("{}: {}", report.source.name, it.message))
                });
                found.collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// Says it on standard error.
    pub(super) fn tell(self) -> io::Result<Outcome> {
        match self {
            Self::Message(message) => fail(message),
            Self::Reports(reports) => tell_reports(&reports).map(|_| Outcome::Failed),
        }
    }
}

impl State {
    /// The files in the output root.
    pub(super) fn on_disk(project: &Project, module: &Module) -> Result<Self, Failure> {
        let disk = open(&project.root)?;
        let source = module.source.as_ref().map(|source| Utf8PathBuf::from(source.as_str()));
        // Before `source` was written into the spec, the files lay beside composer.json.
        let sources = source.into_iter().chain([Utf8PathBuf::new()]);
        let place = |source| Place { root: Utf8PathBuf::new(), source, declares: true };
        let mut declaration = None;
        for place in sources.map(place) {
            if declaration.is_none() {
                declaration = module::declaration(&disk, &place, &project.root).map_err(Failure::Reports)?;
            }
        }
        let files = files(&disk, &place(Utf8PathBuf::new()), &project.tree)?;
        Ok(Self { title: "the files on disk".to_owned(), declaration, files })
    }

    /// What `--from` names: a state at a revision, a module's directory or a spec.
    pub(super) fn named(from: &Utf8Path, project: &Project, catalog: &Catalog) -> Result<Self, Failure> {
        if let Some(revision) = from.as_str().strip_prefix("git:") {
            return match git::read(revision, &project.spec)? {
                git::Found::Nothing => {
                    Ok(Self { title: from.to_string(), declaration: None, files: BTreeMap::new() })
                }
                git::Found::Spec(text) => Self::compiled(Source::new(from.as_str(), text), catalog),
                git::Found::Directory(dir) => {
                    let shown = Utf8PathBuf::from(format!("{from}/"));
                    Self::in_directory(dir.path(), &shown, project)
                }
            };
        }
        if from.is_dir() && (has_module(from) || one_spec(from).is_err()) {
            return Self::in_directory(from, from, project);
        }
        let spec = one_spec(from)?;
        let source = read(&spec).map_err(|report| Failure::Reports(vec![report]))?;
        Self::compiled(source, catalog)
    }

    fn compiled(source: Source, catalog: &Catalog) -> Result<Self, Failure> {
        let title = source.name.clone();
        let compilation = compile(source, catalog);
        let Some(module) = compilation.module else { return Err(Failure::Reports(vec![compilation.report])) };
        let files = compilation.tree.iter().map(|(path, file)| (path.clone(), file.contents.clone()));
        let files: BTreeMap<_, _> = files.collect();
        let declaration = Some(declared(&module, &compilation.tree));
        Ok(Self { title, declaration, files })
    }

    /// The only module below a directory that declares integrations.
    fn in_directory(dir: &Utf8Path, shown: &Utf8Path, project: &Project) -> Result<Self, Failure> {
        let disk = open(dir)?;
        let places =
            module::find(&disk).map_err(|error| format!("cannot read {shown}: {}", reason(&error)))?;
        let declaring: Vec<Place> = places.into_iter().filter(|place| place.declares).collect();
        let [place] = declaring.as_slice() else {
            let message = match declaring.as_slice() {
                [] => format!("no module in {shown} declares an integration"),
                _ => {
                    let all = declaring.iter().map(|it| format!("\n  {}", shown.join(&it.root)));
                    format!("there are several modules in {shown}; name one:{}", all.collect::<String>())
                }
            };
            return Err(message.into());
        };
        let declaration = module::declaration(&disk, place, shown).map_err(Failure::Reports)?;
        Ok(Self { title: shown.to_string(), declaration, files: files(&disk, place, &project.tree)? })
    }
}

/// What a compiled module declares.
pub(super) fn declared(module: &Module, tree: &Tree) -> Declaration {
    let patches = tree.paths().filter_map(|path| {
        let path = in_module(module, path.as_str());
        path.starts_with("Setup/Patch/").then(|| path.to_owned())
    });
    Declaration::of(module, patches.collect())
}

/// A path from the module's root, as one from its folder with registration.php and etc.
pub(super) fn in_module<'a>(module: &Module, path: &'a str) -> &'a str {
    let source = module.source.as_ref().map(|source| source.as_str());
    source.and_then(|source| path.strip_prefix(source)?.strip_prefix('/')).unwrap_or(path)
}

fn has_module(dir: &Utf8Path) -> bool {
    let places = Disk::open(dir).and_then(|disk| module::find(&disk));
    places.is_ok_and(|places| places.iter().any(|place| place.declares))
}

fn open(dir: &Utf8Path) -> Result<Disk, Failure> {
    Disk::open(dir).map_err(|error| format!("cannot read {dir}: {}", reason(&error)).into())
}

/// The files of a module that the tree makes, or that its lock says were made.
fn files(disk: &Disk, place: &Place, tree: &Tree) -> Result<BTreeMap<TreePath, Vec<u8>>, Failure> {
    let ledger = Ledger::read(disk).map_err(|error| error.to_string())?;
    let mut files = BTreeMap::new();
    for path in tree.paths().chain(ledger.lock.paths()) {
        let Ok(on_disk) = place.path(path.as_path()) else { continue };
        let read = disk.read(&on_disk);
        let unreadable = |error: io::Error| {
            format!("cannot read {}: {}", disk.root().join(on_disk.as_path()), reason(&error))
        };
        if let OnDisk::File { bytes, .. } = read.map_err(unreadable)? {
            files.insert(path.clone(), bytes);
        }
    }
    Ok(files)
}
