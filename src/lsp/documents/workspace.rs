//! Folders of the editor, and all else that documents are compiled with.

use std::env;

use camino::{Utf8Path, Utf8PathBuf};
use lsp_types::{MarkupKind, Uri};
use serde_json::Value;

use super::{EarlierNames, earlier_names::git_dir, file};
use crate::{
    module::{self, ModuleDir},
    project::{CatalogStore, Neighbours, Project, SPEC_FILE},
    tree::{Disk, LOCK_FILE, place, real_place},
};

/// Folders that are open in the editor, and the catalogs that specs name.
#[derive(Debug, Default)]
pub(in crate::lsp) struct Workspace {
    folders: Vec<WorkspaceFolder>,
    catalogs: CatalogStore,
    /// Specs in the folders, and those that are open.
    neighbours: Neighbours,
    /// False if there may be other specs in the folders than those that were read.
    has_specs: bool,
    /// False if catalogs may have changed since they were read.
    has_catalogs: bool,
    pub(in crate::lsp) features: EditorFeatures,
}

/// Folder that is open in the editor.
#[derive(Debug)]
struct WorkspaceFolder {
    /// Path as the editor names it.
    path: Utf8PathBuf,
    /// Path without links.
    real: Utf8PathBuf,
}

impl Workspace {
    pub(in crate::lsp) fn add_folder(&mut self, uri: &Uri) {
        let Some(path) = file::path(uri) else { return };
        let Ok(real) = path.canonicalize_utf8() else { return };
        self.folders.push(WorkspaceFolder { path, real });
        self.outdate();
    }

    pub(in crate::lsp) fn remove_folder(&mut self, uri: &Uri) {
        let Some(path) = file::path(uri) else { return };
        let real = path.canonicalize_utf8().ok();
        self.folders.retain(|folder| folder.path != path && Some(&folder.real) != real.as_ref());
        self.outdate();
    }

    /// Has what specs depend on read again when it is needed next.
    pub(in crate::lsp) fn outdate(&mut self) {
        (self.has_specs, self.has_catalogs) = (false, false);
    }

    /// Has that read again when it is needed next which depends on changed files. An editor that watches no files names only
    /// some of those.
    pub(in crate::lsp) fn outdate_for(&mut self, changed: &[Uri]) {
        let paths: Vec<Utf8PathBuf> = changed.iter().filter_map(file::path).collect();
        if !self.features.watches || paths.is_empty() {
            return self.outdate();
        }
        self.neighbours.forget_compiled();
        for path in paths {
            match (path.file_name(), path.extension()) {
                (Some(SPEC_FILE), _) => self.read_again(&path),
                (Some(LOCK_FILE), _) | (_, Some("xml")) => {}
                _ => self.has_catalogs = false,
            }
        }
    }

    /// Reads a spec again, or all of them later if it is a new one or no longer below a folder.
    fn read_again(&mut self, spec: &Utf8Path) {
        let is_known = self.allows(spec)
            && real_place(spec).is_some_and(|spec| self.neighbours.read_again(&shown(&spec)));
        self.has_specs &= is_known;
    }

    /// Reads what specs depend on, if it may have changed: the specs in the folders, and the catalogs when they are named.
    pub(in crate::lsp) fn freshen(&mut self) {
        if !self.has_catalogs {
            self.catalogs = CatalogStore::default();
            self.neighbours.forget_compiled();
            self.has_catalogs = true;
        }
        if !self.has_specs {
            let folders: Vec<Utf8PathBuf> = self.folders.iter().map(|folder| shown(&folder.real)).collect();
            let mut neighbours = std::mem::take(&mut self.neighbours);
            neighbours.read(&folders, |spec| self.allows(spec));
            self.neighbours = neighbours;
            self.has_specs = true;
        }
    }

    /// Compiles the text of a spec. Files beside it are read in open folders, or in its own folder if none holds that.
    pub(in crate::lsp) fn compile(&self, uri: &Uri, text: &str) -> Project {
        let spec = file::path(uri).map_or_else(|| Utf8PathBuf::from(uri.as_str()), |path| shown(&path));
        let mut project =
            Project::of_text(spec.clone(), text, &self.catalogs, |root| self.may_read(&spec, root));
        if is_compared(&project) {
            self.neighbours.compare(&mut project, &self.catalogs, |spec, root| self.may_read(spec, root));
        }
        project
    }

    /// Names that the module of a project had before, as far as the files that have them may be read. `before` has those that
    /// were read last.
    pub(in crate::lsp) fn earlier_names(&self, project: &Project, before: &EarlierNames) -> EarlierNames {
        let (spec, root) = (&project.spec, place(&project.root));
        let Some(own) = spec.parent().map(place).filter(|_| spec.exists()) else {
            return EarlierNames::default();
        };
        let mut names = EarlierNames::default();
        if self.may_read(spec, root) {
            names.add_generated(project, before);
        }
        if let Some(git_dir) = git_dir(own).filter(|git_dir| self.may_read(spec, git_dir)) {
            names.add_committed(spec, &git_dir, before);
        }
        if self.may_read(spec, spec) {
            names.add_saved(spec, before);
        }
        names
    }

    /// Notes the text of an open spec. Returns true if the findings about another one may differ now.
    pub(in crate::lsp) fn note(&mut self, project: &Project) -> bool {
        is_compared(project) && self.neighbours.open(project)
    }

    /// Forgets the text of a spec that was closed. Returns true if the findings about another one may differ now.
    pub(in crate::lsp) fn forget(&mut self, project: &Project) -> bool {
        self.neighbours.close(&project.spec)
    }

    /// Returns true if a file may be read because it is below an open folder.
    pub(in crate::lsp) fn allows(&self, file: &Utf8Path) -> bool {
        let real = file.canonicalize_utf8();
        real.is_ok_and(|file| self.folders.iter().any(|folder| file.starts_with(&folder.real)))
    }

    /// Finds the module without a spec that a file belongs to, with the directory that it was searched in: an open folder,
    /// or the parent of `etc` if none is open.
    pub(in crate::lsp) fn module_around(&self, file: &Utf8Path) -> Option<(Utf8PathBuf, ModuleDir)> {
        let (root, file) = match self.folders.is_empty() {
            true => {
                let root = file.ancestors().filter(|it| it.file_name() == Some("etc")).last()?.parent()?;
                (root, file.strip_prefix(root).ok()?.to_owned())
            }
            false => {
                let real = real_path(file);
                let holding = self.folders.iter().filter(|folder| real.starts_with(&folder.real));
                let folder = holding.max_by_key(|folder| folder.real.as_str().len())?;
                (folder.path.as_path(), real.strip_prefix(&folder.real).ok()?.to_owned())
            }
        };
        let disk = Disk::open(root).ok()?;
        let module = module::around(&disk, &file)?;
        let is_there = |name: &str| module.path(name.into()).is_ok_and(|path| disk.is_file(&path));
        let has_spec = is_there(SPEC_FILE) || is_there(LOCK_FILE);
        (!has_spec).then(|| (root.to_owned(), module))
    }

    /// Returns true if a file or directory is in the open folder that holds a spec, or beside or below the spec if none does.
    fn may_read(&self, spec: &Utf8Path, path: &Utf8Path) -> bool {
        let own = spec.parent().filter(|_| !is_in_no_file(spec));
        let (Some(path), Some(own)) = (real_place(path), own.and_then(real_place)) else { return false };
        let mut folders = self.folders.iter().filter(|folder| own.starts_with(&folder.real)).peekable();
        if folders.peek().is_none() {
            path.starts_with(own)
        } else {
            folders.any(|folder| path.starts_with(&folder.real))
        }
    }
}

/// Returns true if a spec is compared with others, as `check` of a directory compares them: a copy in no file, or with another
/// name, is a draft.
fn is_compared(project: &Project) -> bool {
    project.spec.file_name() == Some(SPEC_FILE) && !is_in_no_file(&project.spec)
}

/// Returns true if the path of a spec is the URI of a document that was never saved.
fn is_in_no_file(spec: &Utf8Path) -> bool {
    // A single letter is a drive.
    spec.as_str().split_once(':').is_some_and(|(scheme, _)| scheme.len() > 1 && !scheme.contains(['/', '\\']))
}

/// Path of a file whose directory has no links; the file need not exist.
pub(in crate::lsp) fn real_path(file: &Utf8Path) -> Utf8PathBuf {
    let dir = file.parent().and_then(|dir| dir.canonicalize_utf8().ok());
    match (dir, file.file_name()) {
        (Some(dir), Some(name)) => dir.join(name),
        _ => file.to_owned(),
    }
}

/// Forms that the editor can show.
#[derive(Debug, Clone)]
pub(in crate::lsp) struct EditorFeatures {
    /// True if completions may have places to fill in.
    pub(in crate::lsp) has_snippets: bool,
    /// True if each completion may have a fact beside it.
    pub(in crate::lsp) has_label_details: bool,
    /// True if completions may be tagged as deprecated.
    pub(in crate::lsp) has_tags: bool,
    /// Format of the documentation of completions.
    pub(in crate::lsp) documentation: MarkupKind,
    /// Format of hovers.
    pub(in crate::lsp) hover: MarkupKind,
    /// True if the editor watches the files that the server names.
    pub(in crate::lsp) watches: bool,
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
        let has = |feature: &str| capabilities.pointer(feature).and_then(Value::as_bool).unwrap_or_default();
        Self {
            has_snippets: has(&format!("{item}/snippetSupport")),
            has_label_details: has(&format!("{item}/labelDetailsSupport")),
            has_tags: capabilities.pointer(&format!("{item}/tagSupport")).is_some_and(Value::is_object),
            documentation: markup(&format!("{item}/documentationFormat")),
            hover: markup("/textDocument/hover/contentFormat"),
            watches: has("/workspace/didChangeWatchedFiles/dynamicRegistration"),
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
