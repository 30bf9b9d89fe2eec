//! Existing files of an imported module: those that building the spec replaces, and those that stay unchanged.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::{outline::Outline, read::Importer};
use crate::{
    Compilation,
    module::join,
    spec::pointer,
    tree::{OnDisk, Ownership, TreePath},
};

impl Importer<'_> {
    /// Excludes files that say more than the generated ones would.
    pub(super) fn leave_files(&self, outline: &mut Outline) {
        let compiled = self.compiled(outline);
        let mut unmanaged = Vec::new();
        if TreePath::new("README.md").is_ok_and(|readme| !self.is_made(&readme, &compiled)) {
            unmanaged.push(json!("README.md"));
        }
        if self.files.registration.as_ref().is_some_and(|registration| !registration.is_plain) {
            unmanaged.push(json!(self.of_source("registration.php").as_str()));
        }
        unmanaged.extend(self.own_files(outline, &compiled).into_iter().map(Value::String));
        if !unmanaged.is_empty() {
            outline.json["files"] = json!({ "unmanaged": unmanaged });
            let note = "remove README.md from this list to get one that documents the permissions";
            outline.notes.before.insert(pointer!["files", "unmanaged"], vec![note.to_owned()]);
        }
    }

    /// Generated files for which the module has its own: `etc/di.xml` even if it does not exist, because it would give
    /// existing classes another log, and `etc/cron_groups.xml`; also files of services and data, for which the module
    /// has its own classes.
    fn own_files(&self, outline: &Outline, compiled: &Compilation) -> Vec<String> {
        let is_taken = |path: &str| {
            let path = Utf8Path::new(path).strip_prefix(&self.place.source).unwrap_or(path.into()).as_str();
            let shell = ["README.md", "composer.json", "registration.php", "etc/module.xml", "etc/acl.xml"];
            let declares = path.starts_with("etc/integration") || path.starts_with("Setup/");
            shell.contains(&path) || declares || self.files.tables.contains_key(path)
        };
        // A group without settings has other times than one with the generated ones.
        let absent = ["etc/di.xml", "etc/cron_groups.xml"].map(|path| self.of_source(path));
        let services = outline.json["service"].as_array().into_iter().flatten();
        let mut api: Vec<Utf8PathBuf> = ["Api", "Model/Data"].map(|folder| self.of_source(folder)).into();
        api.extend(
            services
                .filter_map(|it| it["name"].as_str())
                .map(|it| self.of_source(&format!("Model/{it}.php"))),
        );
        let is_absent_for_good = |path: &Utf8Path| {
            absent.iter().any(|it| path == it) || api.iter().any(|of_api| path.starts_with(of_api))
        };
        let own = compiled.tree.iter().filter(|(path, file)| {
            let is_other = match self.bytes(path) {
                Some(bytes) => file.ownership != Ownership::Seeded && bytes != file.contents,
                None => is_absent_for_good(path.as_path()),
            };
            is_other && !is_taken(path.as_str())
        });
        own.map(|(path, _)| path.to_string()).collect()
    }

    /// Content of an existing file.
    fn bytes(&self, path: &TreePath) -> Option<Vec<u8>> {
        match self.disk.read(&self.place.path(path.as_path()).ok()?) {
            Ok(OnDisk::File { bytes, .. }) => Some(bytes),
            _ => None,
        }
    }

    /// Returns true if the existing file is what the spec generates, to the byte.
    pub(super) fn is_made(&self, path: &TreePath, compiled: &Compilation) -> bool {
        let made = compiled.tree.get(path).map(|file| &file.contents);
        made.is_some() && made == self.bytes(path).as_ref()
    }

    /// Converts a path from the module's folder to one from its root.
    pub(super) fn of_source(&self, path: &str) -> Utf8PathBuf {
        join(&self.place.source, Utf8Path::new(path))
    }

    /// Lists existing files that the spec generates, and the pair that it may remove; then the existing classes that
    /// stay the user's.
    pub(super) fn taken_over(&self, final_compilation: &Compilation) -> (Vec<TreePath>, Vec<TreePath>) {
        let pair = ["etc/integration/config.xml", "etc/integration/api.xml"];
        let pair = pair.iter().filter_map(|path| TreePath::new(self.of_source(path).into_string()).ok());
        let made = final_compilation.tree.paths().cloned();
        let mut paths: Vec<TreePath> =
            if final_compilation.module.is_some() { made.chain(pair).collect() } else { Vec::new() };
        paths.sort();
        paths.dedup();
        let is_seeded = |path: &TreePath| {
            final_compilation.tree.get(path).is_some_and(|it| it.ownership == Ownership::Seeded)
        };
        paths.retain(|path| self.bytes(path).is_some());
        let (seeded, taken_over) = paths.into_iter().partition(is_seeded);
        (taken_over, seeded)
    }
}
