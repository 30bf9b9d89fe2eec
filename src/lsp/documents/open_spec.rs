//! Spec that is open in an editor.

use camino::Utf8PathBuf;
use lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::{EditorText, file};
use crate::project::{CatalogStore, Project};

/// Spec that is open in an editor, whether it is saved or not.
pub(in crate::lsp) struct OpenSpec {
    uri: Uri,
    version: i32,
    text: EditorText,
    /// Spec of the present text.
    latest: Project,
    /// False if the text changed since.
    is_current: bool,
    /// Last spec that could be read, unless that is the latest.
    sound: Option<Project>,
}

impl OpenSpec {
    pub(in crate::lsp) fn new(uri: Uri, version: i32, text: String, catalogs: &CatalogStore) -> Self {
        let text = EditorText::new(text);
        let latest = compile(&uri, &text, catalogs);
        Self { uri, version, text, latest, is_current: true, sound: None }
    }

    pub(in crate::lsp) fn uri(&self) -> &Uri {
        &self.uri
    }

    pub(in crate::lsp) fn version(&self) -> i32 {
        self.version
    }

    pub(in crate::lsp) fn text(&self) -> &EditorText {
        &self.text
    }

    /// Spec of the text when it was checked last.
    pub(in crate::lsp) fn latest(&self) -> &Project {
        &self.latest
    }

    /// Last spec that could be read, or the present one.
    pub(in crate::lsp) fn sound(&self) -> &Project {
        let is_sound = self.latest.loaded.spec.is_some();
        self.sound.as_ref().filter(|_| !is_sound).unwrap_or(&self.latest)
    }

    pub(in crate::lsp) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        self.version = version;
        self.is_current = false;
        changes.into_iter().for_each(|change| self.text.change(change));
    }

    /// Compiles another text, as if it was in this document.
    pub(in crate::lsp) fn with_text(&self, text: String, catalogs: &CatalogStore) -> Project {
        compile(&self.uri, &EditorText::new(text), catalogs)
    }

    /// Compiles the present text, if it changed.
    pub(in crate::lsp) fn check(&mut self, catalogs: &CatalogStore) {
        if self.is_current {
            return;
        }
        let before = std::mem::replace(&mut self.latest, compile(&self.uri, &self.text, catalogs));
        self.is_current = true;
        if before.loaded.spec.is_some() {
            self.sound = Some(before);
        }
    }
}

/// Compiles a text; one that is in no file as if it was in the current directory.
fn compile(uri: &Uri, text: &EditorText, catalogs: &CatalogStore) -> Project {
    let path = file::path(uri).unwrap_or_else(|| Utf8PathBuf::from("integration.toml"));
    Project::of_text(path, text.as_str(), catalogs)
}
