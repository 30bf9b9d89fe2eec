//! Folders of the editor, and all else that documents are compiled with.

use std::env;

use camino::{Utf8Path, Utf8PathBuf};
use lsp_types::{MarkupKind, Uri};
use serde_json::Value;

use super::{EarlierNames, file};
use crate::{
    module::{self, ModuleDir},
    project::{CatalogStore, Neighbours, Project},
    tree::{Disk, LOCK_FILE, place},
};

/// Folders that are open in the editor, and the catalogs that specs name.
#[derive(Debug, Default)]
pub(in crate::lsp) struct Workspace {
    /// Real paths of the folders.
    folders: Vec<Utf8PathBuf>,
    catalogs: CatalogStore,
    /// Specs in the folders.
    neighbours: Neighbours,
    pub(in crate::lsp) features: EditorFeatures,
}

impl Workspace {
    pub(in crate::lsp) fn add_folder(&mut self, uri: &Uri) {
        self.folders.extend(file::path(uri).and_then(|path| path.canonicalize_utf8().ok()));
    }

    pub(in crate::lsp) fn remove_folder(&mut self, uri: &Uri) {
        let removed = file::path(uri).and_then(|path| path.canonicalize_utf8().ok());
        self.folders.retain(|folder| Some(folder) != removed.as_ref());
    }

    /// Reads again what specs depend on: the catalogs when they are needed next, and the specs in the folders.
    pub(in crate::lsp) fn refresh(&mut self) {
        self.catalogs = CatalogStore::default();
        let folders: Vec<Utf8PathBuf> = self.folders.iter().map(|folder| shown(folder)).collect();
        self.neighbours = Neighbours::below(&folders, |spec| self.allows(spec));
    }

    /// Compiles the text of a spec. Files beside it are read in open folders, or in its own folder if none is open.
    pub(in crate::lsp) fn compile(&self, uri: &Uri, text: &str) -> Project {
        let path = file::path(uri);
        let own = path.as_deref().and_then(Utf8Path::parent).map(Utf8Path::to_owned);
        let may_read = |root: &Utf8Path| own.as_deref().is_some_and(|own| self.holds(root, own));
        let spec = path.as_deref().map_or_else(|| Utf8PathBuf::from("integration.toml"), shown);
        let mut project = Project::of_text(spec, text, &self.catalogs, may_read);
        self.neighbours.compare(&mut project, &self.catalogs);
        project
    }

    /// Names that the module of a project had before, as far as the files that have them may be read.
    pub(in crate::lsp) fn earlier_names(&self, project: &Project) -> EarlierNames {
        let (spec, root) = (&project.spec, place(&project.root));
        let Some(own) = spec.parent().map(place).filter(|_| spec.exists()) else {
            return EarlierNames::default();
        };
        let repository = own
            .canonicalize_utf8()
            .ok()
            .and_then(|own| own.ancestors().find(|dir| dir.join(".git").is_dir()).map(Utf8Path::to_owned));
        let mut names = EarlierNames::default();
        if self.holds(root, own) {
            names.add_generated(project);
        }
        if repository.is_some_and(|repository| self.holds(&repository, own)) {
            names.add_committed(spec);
        }
        if self.allows(spec) {
            names.add_saved(spec);
        }
        names
    }

    /// Returns true if a file may be read: below an open folder, or anywhere if the editor opened none.
    pub(in crate::lsp) fn allows(&self, file: &Utf8Path) -> bool {
        let real = file.canonicalize_utf8();
        self.folders.is_empty()
            || real.is_ok_and(|file| self.folders.iter().any(|folder| file.starts_with(folder)))
    }

    /// Finds the module without a spec that a file belongs to, with the directory that it was searched in.
    pub(in crate::lsp) fn module_around(&self, file: &Utf8Path) -> Option<(Utf8PathBuf, ModuleDir)> {
        let folder = self.folders.iter().filter(|folder| file.starts_with(folder));
        let folder = folder.max_by_key(|folder| folder.as_str().len());
        let above_etc = || file.ancestors().filter(|it| it.file_name() == Some("etc")).last()?.parent();
        let root = folder.map(Utf8PathBuf::as_path).or_else(above_etc)?;
        let disk = Disk::open(root).ok()?;
        let module = module::around(&disk, file.strip_prefix(root).ok()?)?;
        let is_there = |name: &str| module.path(name.into()).is_ok_and(|path| disk.is_file(&path));
        let has_spec = is_there("integration.toml") || is_there(LOCK_FILE);
        (!has_spec).then(|| (root.to_owned(), module))
    }

    /// Returns true if a directory is in an open folder, or below `own` if no open folder holds that.
    fn holds(&self, dir: &Utf8Path, own: &Utf8Path) -> bool {
        let Ok(dir) = if dir == "" { Utf8Path::new(".") } else { dir }.canonicalize_utf8() else {
            return false;
        };
        let Ok(own) = own.canonicalize_utf8() else { return false };
        let mut folders = self.folders.iter().filter(|folder| own.starts_with(folder)).peekable();
        if folders.peek().is_none() {
            dir.starts_with(own)
        } else {
            folders.any(|folder| dir.starts_with(folder))
        }
    }
}

/// Forms that the editor can show.
#[derive(Debug, Clone)]
pub(in crate::lsp) struct EditorFeatures {
    /// True if completions may have places to fill in.
    pub(in crate::lsp) has_snippets: bool,
    /// Format of the documentation of completions.
    pub(in crate::lsp) documentation: MarkupKind,
    /// Format of hovers.
    pub(in crate::lsp) hover: MarkupKind,
}

impl Default for EditorFeatures {
    fn default() -> Self {
        Self::of(&Value::Null)
    }
}

impl EditorFeatures {
    /// Reads the capabilities of an editor. Other capabilities do not matter.
    pub(in crate::lsp) fn of(capabilities: &Value) -> Self {
        let markup = |formats: &str| {
            let formats = capabilities.pointer(formats).and_then(Value::as_array);
            let is_markdown = |format: &Value| format == "markdown";
            if formats.is_some_and(|formats| formats.iter().any(is_markdown)) {
                MarkupKind::Markdown
            } else {
                MarkupKind::PlainText
            }
        };
        let item = "/textDocument/completion/completionItem";
        let snippets = capabilities.pointer(&format!("{item}/snippetSupport")).and_then(Value::as_bool);
        Self {
            has_snippets: snippets.unwrap_or_default(),
            documentation: markup(&format!("{item}/documentationFormat")),
            hover: markup("/textDocument/hover/contentFormat"),
        }
    }
}

/// Path as `check` would print it: relative to the current directory if it is below that.
fn shown(path: &Utf8Path) -> Utf8PathBuf {
    let here = env::current_dir().ok().and_then(|dir| Utf8PathBuf::from_path_buf(dir).ok());
    let below = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
    match below {
        Some(below) if below == "" => ".".into(),
        below => below.unwrap_or(path).to_owned(),
    }
}
