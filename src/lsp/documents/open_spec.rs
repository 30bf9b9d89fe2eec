//! Spec that is open in an editor.

use std::cell::OnceCell;

use lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::{Draft, EarlierNames, EditorText, Workspace};
use crate::{project::Project, tree::TreePath};

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
    /// Generated files of the last spec without errors.
    files: Vec<TreePath>,
    /// Names that it had before, read once they are needed.
    earlier: OnceCell<EarlierNames>,
    /// Names that were read before files changed.
    former: EarlierNames,
}

impl OpenSpec {
    pub(in crate::lsp) fn new(uri: Uri, version: i32, text: String, workspace: &Workspace) -> Self {
        let text = EditorText::new(text);
        let latest = workspace.compile(&uri, text.as_str());
        let files = files(&latest);
        let (earlier, former) = (OnceCell::new(), EarlierNames::default());
        Self { uri, version, text, latest, is_current: true, sound: None, files, earlier, former }
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

    /// Present text as far as it can be read, without compiling it.
    pub(in crate::lsp) fn draft(&self) -> Draft<'_> {
        Draft::of(self.text.as_str(), self.sound(), &self.files)
    }

    /// Names that the module had before.
    pub(in crate::lsp) fn earlier_names(&self, workspace: &Workspace) -> &EarlierNames {
        self.earlier.get_or_init(|| workspace.earlier_names(self.sound(), &self.former))
    }

    pub(in crate::lsp) fn change(
        &mut self,
        version: Option<i32>,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) {
        self.version = version.unwrap_or(self.version);
        self.is_current = false;
        changes.into_iter().for_each(|change| self.text.change(change));
    }

    /// Compiles another text, as if it was in this document.
    pub(in crate::lsp) fn with_text(&self, text: String, workspace: &Workspace) -> Project {
        workspace.compile(&self.uri, EditorText::new(text).as_str())
    }

    /// Has the text checked again, though it did not change.
    pub(in crate::lsp) fn outdate(&mut self) {
        self.is_current = false;
        if let Some(names) = self.earlier.take() {
            self.former = names;
        }
    }

    /// Compiles the present text, if it changed.
    pub(in crate::lsp) fn check(&mut self, workspace: &Workspace) {
        if self.is_current {
            return;
        }
        let before = std::mem::replace(&mut self.latest, workspace.compile(&self.uri, self.text.as_str()));
        self.is_current = true;
        if self.latest.module.is_some() {
            self.files = files(&self.latest);
        }
        if before.loaded.spec.is_some() {
            self.sound = Some(before);
        }
    }
}

fn files(project: &Project) -> Vec<TreePath> {
    project.tree.iter().map(|(path, _)| path.clone()).collect()
}
