//! Files of modules without a spec that are open in the editor.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use lsp_types::{PublishDiagnosticsParams, TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::{EditorText, Workspace, file, workspace::real_path};
use crate::{
    catalog::Catalog,
    diag::Report,
    import,
    lsp::diagnostics::diagnostic,
    module::ModuleDir,
    tree::{Disk, TreePath},
};

/// Open files other than specs, and what was published about the modules that they belong to.
#[derive(Default)]
pub(in crate::lsp) struct OpenModules {
    /// By URI.
    files: BTreeMap<String, OpenFile>,
    /// URIs of files with findings, by the folder of their module.
    published: BTreeMap<Utf8PathBuf, BTreeSet<String>>,
}

/// File other than a spec.
struct OpenFile {
    /// Path without links.
    path: Utf8PathBuf,
    version: i32,
    text: EditorText,
    /// Folder of the module that was checked for it last.
    folder: Option<Utf8PathBuf>,
}

impl OpenModules {
    /// Opens a file; returns false if it has no path.
    pub(in crate::lsp) fn open(&mut self, document: TextDocumentItem) -> bool {
        let Some(path) = file::path(&document.uri) else { return false };
        let text = EditorText::new(document.text);
        let open = OpenFile { path: real_path(&path), version: document.version, text, folder: None };
        self.files.insert(document.uri.as_str().to_owned(), open);
        true
    }

    /// Changes a file; returns false if it is not open.
    pub(in crate::lsp) fn change(
        &mut self,
        uri: &Uri,
        version: Option<i32>,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) -> bool {
        let Some(file) = self.files.get_mut(uri.as_str()) else { return false };
        file.version = version.unwrap_or(file.version);
        changes.into_iter().for_each(|change| file.text.change(change));
        true
    }

    /// URIs of the open files.
    pub(in crate::lsp) fn uris(&self) -> impl Iterator<Item = &String> {
        self.files.keys()
    }

    /// Text of an open file.
    pub(in crate::lsp) fn text(&self, path: &Utf8Path) -> Option<&EditorText> {
        let path = real_path(path);
        self.files.values().find(|file| file.path == path).map(|file| &file.text)
    }

    /// Closes a file. Without another open file, nothing is found in its module any more.
    pub(in crate::lsp) fn close(
        &mut self,
        uri: &Uri,
        workspace: &Workspace,
    ) -> Vec<PublishDiagnosticsParams> {
        let Some(folder) = self.files.remove(uri.as_str()).and_then(|closed| closed.folder) else {
            return Vec::new();
        };
        let mut others = self.files.iter().filter(|(_, file)| file.folder.as_ref() == Some(&folder));
        match others.next().map(|(other, _)| other.clone()) {
            Some(other) => self.check(&[other], workspace),
            None => self.publish(&folder, Vec::new()),
        }
    }

    /// Checks the modules that files belong to, each once, with all open files as they are in the editor. A file that
    /// belongs to no module without a spec, or no longer, has no findings.
    pub(in crate::lsp) fn check(
        &mut self,
        uris: &[String],
        workspace: &Workspace,
    ) -> Vec<PublishDiagnosticsParams> {
        let mut all = Vec::new();
        let mut checked = BTreeSet::new();
        for uri in uris {
            let Some(file) = self.files.get_mut(uri) else { continue };
            let around = workspace.module_around(&file.path);
            let folder = around.as_ref().map(|(root, module)| root.join(module.folder()));
            let before = std::mem::replace(&mut file.folder, folder.clone());
            if let Some(left) = before.filter(|before| Some(before) != folder.as_ref())
                && !self.files.values().any(|file| file.folder.as_ref() == Some(&left))
            {
                all.extend(self.publish(&left, Vec::new()));
            }
            if let (Some((root, module)), Some(folder)) = (around, folder)
                && checked.insert(folder.clone())
            {
                let reports = self.reports(&root, &module).unwrap_or_default();
                all.extend(self.publish(&folder, reports));
            }
        }
        all
    }

    fn reports(&self, root: &Utf8Path, module: &ModuleDir) -> Option<Vec<Report>> {
        let real = root.canonicalize_utf8().ok()?;
        let unsaved = self.files.values().filter_map(|file| {
            let path = TreePath::new(file.path.strip_prefix(&real).ok()?.as_str()).ok()?;
            Some((path, file.text.as_str().as_bytes().to_vec()))
        });
        let disk = unsaved.fold(Disk::open(root).ok()?, |disk, (path, bytes)| disk.with_unsaved(path, bytes));
        Some(import::check(&disk, module, root, None, Catalog::bundled()))
    }

    /// Diagnostics of the files of a module, with none for those that had some before.
    fn publish(&mut self, folder: &Utf8Path, reports: Vec<Report>) -> Vec<PublishDiagnosticsParams> {
        let mut left = self.published.remove(folder).unwrap_or_default();
        let mut now = BTreeSet::new();
        let mut all = Vec::new();
        for report in reports.into_iter().filter(|report| !report.diagnostics.is_empty()) {
            let name = Utf8Path::new(&report.source.name);
            let real = real_path(name);
            let open = self.files.iter().find(|(_, file)| file.path == real);
            let uri = open.and_then(|(uri, _)| uri.parse().ok()).or_else(|| file::uri_of(name));
            let Some(uri) = uri else { continue };
            // Places are those of the text that was read, which an encoding may have changed.
            let read = EditorText::new(report.source.text.clone());
            let same = open.map(|(_, file)| &file.text).filter(|text| text.as_str() == read.as_str());
            let text = same.unwrap_or(&read);
            let found = report.diagnostics.iter().map(|finding| diagnostic(&uri, text, finding)).collect();
            left.remove(uri.as_str());
            now.insert(uri.as_str().to_owned());
            all.push(PublishDiagnosticsParams::new(uri, found, open.map(|(_, file)| file.version)));
        }
        let fixed = left.iter().filter_map(|uri| uri.parse().ok());
        all.extend(fixed.map(|uri| PublishDiagnosticsParams::new(uri, Vec::new(), None)));
        if !now.is_empty() {
            self.published.insert(folder.to_owned(), now);
        }
        all
    }
}
