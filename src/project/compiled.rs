//! Spec, compiled and compared with its output root.

use std::{cell::LazyCell, io, sync::OnceLock};

use camino::{Utf8Path, Utf8PathBuf};

use super::{CatalogStore, Roots, SpecCatalogs, head::SpecHead, input};
use crate::{
    catalog::{Catalog, ReleaseSet},
    compile_loaded,
    diag::{Failure, Report, Source},
    diff::{Comparison, Unreadable, compare},
    emit,
    model::Module,
    module::{Unfit, leftovers, unfit},
    plan::CompiledSpec,
    spec::{Loaded, load},
    tree::{Disk, Ledger, Lock, OnDisk, Tree, TreePath, place},
};

/// Spec with its module and generated files.
#[derive(Debug)]
pub struct Project {
    /// Path of the spec; `-` is standard input.
    pub spec: Utf8PathBuf,
    /// Output root of its module; empty for the current directory.
    pub root: Utf8PathBuf,
    /// Findings.
    pub report: Report,
    /// Spec as written, with the span of each key and value.
    pub loaded: Loaded,
    /// Catalogs it was compiled with.
    pub catalogs: SpecCatalogs,
    /// Releases or shops in question; empty if it could not be resolved.
    pub releases: ReleaseSet,
    /// Resolved module; none if the spec has errors.
    pub module: Option<Module>,
    /// Generated files; empty if the spec has errors.
    pub tree: Tree,
    /// False if files in the output root must not be read.
    may_read: bool,
    /// Hashes of the generated files, computed once they are needed.
    lock: OnceLock<Lock>,
}

impl Project {
    pub(super) fn compile(head: SpecHead, catalogs: &CatalogStore, denies_warnings: bool) -> Self {
        let (spec, root, read) = head.into_parts();
        match read {
            Ok(read) => Self::of_loaded(spec, root, read, catalogs, denies_warnings),
            Err(report) => Self::unread(spec, root, report),
        }
    }

    /// Project of a spec that cannot be read.
    fn unread(spec: Utf8PathBuf, root: Utf8PathBuf, report: Report) -> Self {
        Self {
            root,
            spec,
            report,
            loaded: Loaded::default(),
            catalogs: SpecCatalogs::default(),
            releases: ReleaseSet::default(),
            module: None,
            tree: Tree::default(),
            may_read: false,
            lock: OnceLock::new(),
        }
    }

    /// Compiles a text as if it was in the file of the spec. Files in the output root are read only if `may_read` allows it,
    /// now and later.
    pub fn of_text(
        spec: Utf8PathBuf,
        text: &str,
        catalogs: &CatalogStore,
        may_read: impl Fn(&Utf8Path) -> bool,
    ) -> Self {
        let source = match input::limited(&spec, text) {
            Ok(source) => source,
            Err(report) => return Self::unread(spec, Utf8PathBuf::new(), report),
        };
        let loaded = load(&source);
        let root = Roots::OfSpecs.of(&spec, loaded.spec.as_ref());
        let is_readable = may_read(&root);
        let files = on_disk(&root);
        let files = |path: &TreePath| if is_readable { files(path) } else { None };
        let project = Self::of_files(spec, root.clone(), (source, loaded), catalogs, false, &files);
        Self { may_read: is_readable, ..project }
    }

    /// Output root of the module, if files there may be read.
    #[must_use]
    pub fn readable_root(&self) -> Option<&Utf8Path> {
        self.may_read.then_some(&self.root)
    }

    /// Recompiles the project with another text of its spec.
    pub fn with_text(self, text: String, catalogs: &CatalogStore, denies_warnings: bool) -> Self {
        let source = Source::new(self.report.source.name, text);
        Self::of(self.spec, self.root, source, catalogs, denies_warnings)
    }

    /// Compiles a spec that was read.
    pub fn of(
        spec: Utf8PathBuf,
        root: Utf8PathBuf,
        source: Source,
        catalogs: &CatalogStore,
        denies_warnings: bool,
    ) -> Self {
        let loaded = load(&source);
        Self::of_loaded(spec, root, (source, loaded), catalogs, denies_warnings)
    }

    /// A spec that was loaded from its source, compiled.
    pub fn of_loaded(
        spec: Utf8PathBuf,
        root: Utf8PathBuf,
        read: (Source, Loaded),
        store: &CatalogStore,
        denies_warnings: bool,
    ) -> Self {
        let files = on_disk(&root);
        Self::of_files(spec, root.clone(), read, store, denies_warnings, &files)
    }

    fn of_files(
        spec: Utf8PathBuf,
        root: Utf8PathBuf,
        (source, mut loaded): (Source, Loaded),
        store: &CatalogStore,
        denies_warnings: bool,
        files: &dyn Fn(&TreePath) -> Option<Vec<u8>>,
    ) -> Self {
        let catalogs = store.of(&spec, &mut loaded);
        let compilation = compile_loaded(source, loaded, catalogs.get(), files);
        let mut report = compilation.report;
        if denies_warnings {
            report.deny_warnings();
        }
        let module = compilation.module.filter(|_| !report.has_errors());
        let mut tree = compilation.tree;
        // The spec is not a generated file, even if a lock file lists it.
        if let Some(path) = own_path(&spec, &root) {
            tree.release(path);
        }
        let releases = compilation.resolved.map(|resolved| resolved.target.releases).unwrap_or_default();
        Self {
            spec,
            root,
            report,
            loaded: compilation.loaded,
            catalogs,
            releases,
            module,
            tree,
            may_read: true,
            lock: OnceLock::new(),
        }
    }

    /// Compiled spec; none if it has errors.
    #[must_use]
    pub fn compiled(&self) -> Option<CompiledSpec<'_>> {
        let (source, loaded, target, tree) = (&self.report.source, &self.loaded, self.releases, &self.tree);
        let (catalog, module) = (self.catalogs.get().in_question(), self.module.as_ref()?);
        Some(CompiledSpec { catalog, source, loaded, target, module, tree })
    }

    /// Compiled spec in releases of Magento, whatever shops it names.
    #[must_use]
    pub fn compiled_in<'a>(&'a self, releases: &'a Catalog) -> Option<CompiledSpec<'a>> {
        let constraint = self.loaded.spec.as_ref()?.target.magento.as_str().parse().ok()?;
        let target = releases.resolve(&constraint)?.releases;
        Some(CompiledSpec { catalog: releases, target, ..self.compiled()? })
    }

    /// Replaces files in a layout of their own by ones in the layout of generated files.
    pub fn reformat(&mut self) {
        let Some(module) = &self.module else { return };
        let made = emit::emit(module);
        for (path, file) in made.iter().filter(|(path, _)| emit::keeps_layout(path)) {
            if self.tree.get(path).is_some() {
                self.tree.insert(path.clone(), file.clone());
            }
        }
        self.lock = OnceLock::new();
    }

    /// User's classes that do not match the spec.
    pub fn unfit(&self) -> Vec<Unfit> {
        unfit(&self.tree, &on_disk(&self.root))
    }

    /// Path of the spec below its output root, if it is there.
    pub fn own_path(&self) -> Option<TreePath> {
        own_path(&self.spec, &self.root)
    }

    /// Setup scripts that process XML files that the spec no longer generates.
    #[must_use]
    pub fn leftovers(&self, lock: &Lock) -> Vec<Utf8PathBuf> {
        let Some(module) = self.module.as_ref().filter(|module| !module.platform.is_legacy) else {
            return Vec::new();
        };
        let source = module.source.as_ref().map_or("", |source| source.as_str());
        let found = Disk::open(&self.root).map(|disk| leftovers(&disk, source.into(), &self.tree, lock));
        found.unwrap_or_default().iter().map(|script| self.root.join(script.as_path())).collect()
    }

    /// Changes to the files in the output root, with the ledger of written files; none if the spec has errors.
    pub fn comparison(&self) -> Option<Result<(Ledger, Comparison), Failure>> {
        let module = self.module.as_ref()?.name.to_string();
        let closed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotADirectory => {
                let root = &self.root;
                Failure::new(format!(
                    "cannot write to {root}: it is a file, or below a file; name a directory"
                ))
                .at(root)
            }
            _ => Failure::unreadable(place(&self.root), &error),
        };
        let unreadable =
            |error: Unreadable| Failure::unreadable(self.root.join(error.path.as_path()), &error.source);
        let compare = || {
            let disk = Disk::open(&self.root).map_err(closed)?;
            let ledger =
                Ledger::read(&disk).map_err(|error| Failure::new(error.to_string()).at(error.path()))?;
            let source = self.module.as_ref().and_then(|module| module.source.as_ref());
            let lock = || self.lock.get_or_init(|| Lock::of(&self.tree));
            let changes = compare(&self.tree, lock, &ledger, &disk, &emit::can_be_made(source));
            let changes = changes.map_err(unreadable)?;
            Ok((ledger, Comparison { module, root: self.root.clone(), earlier: None, changes }))
        };
        Some(compare())
    }
}

/// Reads files in an output root, which is opened for the first of them.
fn on_disk(root: &Utf8Path) -> impl Fn(&TreePath) -> Option<Vec<u8>> {
    let disk = LazyCell::new(|| Disk::open(root).ok());
    move |path| match disk.as_ref()?.read(path) {
        Ok(OnDisk::File { bytes, .. }) => Some(bytes),
        _ => None,
    }
}

fn own_path(spec: &Utf8Path, root: &Utf8Path) -> Option<TreePath> {
    TreePath::new(spec.strip_prefix(root).ok()?.as_str()).ok()
}
