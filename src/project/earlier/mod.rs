//! Earlier state of a module: the baseline of a plan, and of a comparison of files.

mod comparison;
mod git;

use std::{collections::BTreeMap, io};

use camino::{Utf8Path, Utf8PathBuf};

pub use self::comparison::{SinceThen, comparison_since};
use crate::{
    catalog::ReleaseId,
    compile_loaded,
    diag::{Failure, Source},
    model::Module,
    module::{self, Declaration, Doubt, ModuleDir},
    plan::{Action, CompiledSpec, Earlier, ModulePlan, acl_of, declaration_of},
    project::{CatalogStore, Project, SpecCatalogs, one_spec, read, specs::declares_integrations},
    spec::{Loaded, load},
    tree::{Disk, Ledger, Lock, OnDisk, Tree, TreePath, place},
    write::TemporaryFolder,
};

/// State to compare a spec with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Baseline<'a> {
    /// Module's files in the output root.
    OnDisk,
    /// Module's directory, a spec, or either at a git revision: `git:REV[:PATH]`.
    Named(&'a Utf8Path),
    /// Unchanged spec, for an upgrade of Magento from one release to another.
    Upgrade(ReleaseId, ReleaseId),
}

/// Earlier state, as read.
#[derive(Debug, Default)]
struct EarlierState {
    /// Its name in messages.
    title: String,
    /// Declarations, if there was a module.
    declaration: Option<Declaration>,
    /// Catalogs that a spec was compiled with.
    catalogs: SpecCatalogs,
    /// Current and former generated files, from the module's root.
    files: BTreeMap<TreePath, Vec<u8>>,
    /// Lock of the files.
    lock: Lock,
    /// Text of the lock file, if there was one.
    lock_text: Option<String>,
    /// Statement for people.
    note: Option<String>,
}

/// Text of a spec as it was committed last; none if it is new, or if git cannot tell.
#[must_use]
pub fn committed(spec: &Utf8Path) -> Option<String> {
    match git::read("HEAD", spec).ok()? {
        git::AtRevision::Spec { text, .. } => Some(text),
        git::AtRevision::Nothing | git::AtRevision::Directory(_) => None,
    }
}

impl Baseline<'_> {
    /// Checks that it says for each of some specs what stood before: only one spec can have a path of its own.
    ///
    /// # Errors
    /// Several specs.
    pub fn of(self, specs: usize) -> Result<(), Failure> {
        let Self::Named(from) = self else { return Ok(()) };
        let is_for_all = from.as_str().strip_prefix("git:").is_some_and(|revision| !revision.contains(':'));
        match is_for_all || specs < 2 {
            true => Ok(()),
            false => {
                Err("--from needs exactly one spec; name one, or compare all of them with git:REV".into())
            }
        }
    }
}

impl EarlierState {
    /// Reads the files in the output root. Also returns the doubts in their PHP.
    ///
    /// # Errors
    /// Unreadable files.
    fn on_disk(project: &Project, module: &Module) -> Result<(Self, Vec<Doubt>), Failure> {
        let disk = open(&project.root)?;
        let declared_in =
            |place: ModuleDir| module::declaration(&disk, &place, &project.root).map_err(Failure::Findings);
        let declaration = declared_in(place_of(module))?;
        let doubts = match &declaration {
            Some(declaration) => declaration.doubts.clone(),
            None => module::doubts(&disk, &place_of(module)),
        };
        let declaration = match declaration {
            // Before `source` was written into the spec, the files lay beside composer.json.
            None if module.source.is_some() => declared_in(beside_composer_json())?,
            declaration => declaration,
        };
        let title = "the files on disk".to_owned();
        Ok((Self::of_files(title, declaration, &disk, &beside_composer_json(), project)?, doubts))
    }

    /// Reads a state at a git revision, a module's directory, or a spec.
    ///
    /// # Errors
    /// Unreadable state, or several modules.
    fn named(from: &Utf8Path, project: &Project) -> Result<Self, Failure> {
        let store = CatalogStore::default();
        if let Some(revision) = from.as_str().strip_prefix("git:") {
            return match git::read(revision, &project.spec)? {
                git::AtRevision::Nothing => {
                    let Some((dir, shown)) =
                        Self::checked_out(revision, &project.spec, &[&project.root], project)?
                    else {
                        return Ok(Self::nothing(from, project));
                    };
                    let (disk, module) = (open(dir.path())?, project.module.as_ref());
                    let place = module.map_or_else(beside_composer_json, place_of);
                    let declaration =
                        module::declaration(&disk, &place, &shown).map_err(Failure::Findings)?;
                    let title = format!("the files at {from}");
                    Self::of_files(title, declaration, &disk, &beside_composer_json(), project)
                }
                git::AtRevision::Spec { text, files } => {
                    let source = Source::new(from.as_str(), text);
                    let help = |_: &str| {
                        "commit the file with the spec, or compare with another revision".to_owned()
                    };
                    Self::compiled(source, |loaded| store.read_with(loaded, &|file| files.read(file), &help))
                }
                git::AtRevision::Directory(dir) => {
                    let display_root = Utf8PathBuf::from(format!("{from}/"));
                    Self::in_directory(dir.path(), &display_root, project)
                }
            };
        }
        if from.is_dir() && (declares_integrations(from) || one_spec(from).is_err()) {
            return Self::in_directory(from, from, project);
        }
        if !from.exists() {
            let hint = match from.extension() {
                Some("toml") => String::new(),
                _ => format!("; a revision of git is written git:{from}"),
            };
            return Err(Failure::new(format!("cannot read {from}: no such file{hint}")).at(from));
        }
        let spec = one_spec(from)?;
        let source = read(&spec)?;
        Self::compiled(source, |loaded| store.of(&spec, loaded))
    }

    /// State in which nothing of the module was there.
    fn nothing(from: &Utf8Path, project: &Project) -> Self {
        let (spec, root) = (&project.spec, place(&project.root));
        let note = format!(
            "{from} has neither {spec} nor a module in {root}, so everything is new; if the spec had another name, \
             write {from}:PATH"
        );
        Self { title: from.to_string(), note: Some(note), ..Self::default() }
    }

    /// Checks out the module's directory at a git revision: the first of the `roots` that had a module. Also returns its name in
    /// messages.
    ///
    /// # Errors
    /// Error of git.
    fn checked_out(
        revision: &str,
        spec: &Utf8Path,
        roots: &[&Utf8Path],
        project: &Project,
    ) -> Result<Option<(TemporaryFolder, Utf8PathBuf)>, Failure> {
        let revision = revision.split_once(':').map_or(revision, |(revision, _)| revision);
        let Some(module) = &project.module else { return Ok(None) };
        let source = place_of(module).source;
        let marks = ["registration.php", "etc/module.xml"].map(|mark| source.join(mark));
        for root in roots {
            if let Some(dir) = git::read_module(revision, spec, root, &marks)? {
                return Ok(Some((dir, Utf8PathBuf::from(format!("git:{revision}:{}", place(root))))));
            }
        }
        Ok(None)
    }

    /// Reads the files of a module.
    ///
    /// # Errors
    /// Unreadable files.
    fn of_files(
        title: String,
        declaration: Option<Declaration>,
        disk: &Disk,
        place: &ModuleDir,
        project: &Project,
    ) -> Result<Self, Failure> {
        let ledger = Ledger::read(disk).map_err(|error| Failure::new(error.to_string()))?;
        let files = files(disk, place, &project.tree, &ledger.lock)?;
        let Ledger { lock, text, .. } = ledger;
        Ok(Self { title, declaration, files, lock, lock_text: text, ..Self::default() })
    }

    fn compiled(source: Source, catalogs: impl FnOnce(&mut Loaded) -> SpecCatalogs) -> Result<Self, Failure> {
        let title = source.name.clone();
        let mut loaded = load(&source);
        let catalogs = catalogs(&mut loaded);
        let compilation = compile_loaded(source, loaded, catalogs.get(), &|_| None);
        let Some(module) = compilation.module else { return Err(compilation.report.into()) };
        let files = compilation.tree.iter().map(|(path, file)| (path.clone(), file.contents.clone()));
        let files: BTreeMap<_, _> = files.collect();
        let declaration = Some(declaration_of(&module, &compilation.tree));
        let lock = Lock::of(&compilation.tree);
        let lock_text = Some(lock.render());
        Ok(Self { title, declaration, catalogs, files, lock, lock_text, note: None })
    }

    /// Finds the only module below a directory that declares integrations.
    fn in_directory(dir: &Utf8Path, display_root: &Utf8Path, project: &Project) -> Result<Self, Failure> {
        let disk = open(dir)?;
        let places = module::find(&disk).map_err(|error| Failure::unreadable(display_root, &error))?;
        // A module that declares no integration may create one in PHP.
        let is_only = places.len() == 1;
        let declaring: Vec<ModuleDir> = places.into_iter().filter(|it| is_only || it.declares).collect();
        let [place] = declaring.as_slice() else {
            if declaring.is_empty() {
                return Err(format!("no module in {display_root} declares an integration").into());
            }
            let head = format!("found several modules in {display_root}; name one:");
            let all = declaring.iter().map(|it| format!("  {}", display_root.join(&it.root)));
            return Err(Failure::of_lines([head].into_iter().chain(all)));
        };
        let declaration = module::declaration(&disk, place, display_root).map_err(Failure::Findings)?;
        Self::of_files(display_root.to_string(), declaration, &disk, place, project)
    }
}

/// Plans a change from a baseline to a compiled spec.
///
/// # Errors
/// Unreadable baseline.
pub fn plan<'a>(
    project: &Project,
    spec: CompiledSpec<'a>,
    baseline: Baseline<'_>,
) -> Result<ModulePlan<'a>, Failure> {
    let (state, doubts) = match baseline {
        Baseline::OnDisk => EarlierState::on_disk(project, spec.module)?,
        Baseline::Named(from) => {
            let doubts = doubts(project, spec.module)?;
            (EarlierState::named(from, project)?, doubts)
        }
        Baseline::Upgrade(from, to) => {
            let doubts = doubts(project, spec.module)?;
            let declaration = Declaration { doubts, ..spec.declaration() };
            let acl = acl_of(spec.catalog, &declaration, [from, to].into_iter().collect());
            return Ok(ModulePlan::of_upgrade(spec, &declaration, &acl, [from, to]));
        }
    };
    let earlier = Earlier {
        title: &state.title,
        declaration: state.declaration.as_ref(),
        shops: state.catalogs.get().named,
        files: &state.files,
    };
    let mut plan = ModulePlan::of_change(spec, earlier, doubts, project.unfit())?;
    plan.notes.extend(state.note);
    if baseline == Baseline::OnDisk && plan.integrations().any(|it| it.action() == Action::Keep) {
        plan.notes.push(
            "The files on disk are assumed to be installed: in a shop without them, setup:upgrade creates the \
             integrations. `magespec plan --live ROOT` compares with a shop"
                .to_owned(),
        );
    }
    Ok(plan)
}

/// Folder of the module's files in an output root.
fn place_of(module: &Module) -> ModuleDir {
    let source = module.source.as_ref().map(|source| Utf8PathBuf::from(source.as_str()));
    ModuleDir { source: source.unwrap_or_default(), ..beside_composer_json() }
}

fn beside_composer_json() -> ModuleDir {
    ModuleDir { root: Utf8PathBuf::new(), source: Utf8PathBuf::new(), declares: true }
}

/// Reasons to doubt a plan in the PHP on disk.
pub(super) fn doubts(project: &Project, module: &Module) -> Result<Vec<Doubt>, Failure> {
    let disk = open(&project.root)?;
    Ok(module::doubts(&disk, &place_of(module)))
}

fn open(dir: &Utf8Path) -> Result<Disk, Failure> {
    Disk::open(dir).map_err(|error| Failure::unreadable(dir, &error))
}

/// Reads the files of a module that the tree has or its lock lists.
fn files(
    disk: &Disk,
    place: &ModuleDir,
    tree: &Tree,
    lock: &Lock,
) -> Result<BTreeMap<TreePath, Vec<u8>>, Failure> {
    let mut files = BTreeMap::new();
    for path in tree.paths().chain(lock.paths()) {
        let Ok(on_disk) = place.path(path.as_path()) else { continue };
        let read = disk.read(&on_disk);
        let unreadable = |error: io::Error| Failure::unreadable(disk.root().join(on_disk.as_path()), &error);
        if let OnDisk::File { bytes, .. } = read.map_err(unreadable)? {
            files.insert(path.clone(), bytes);
        }
    }
    Ok(files)
}
