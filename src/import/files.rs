//! Existing files of an imported module: those that building the spec replaces, and those that stay unchanged.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::{outline::Outline, read::Importer, xml_files};
use crate::{
    Compilation,
    diag::with_slashes,
    module::join,
    parsers::xml::{self, Element, XmlDocument},
    spec::pointer,
    tree::{File, LOCK_FILE, Lock, Ownership, TreePath},
};

/// File that documents a module, whoever wrote it.
const README: &str = "README.md";

impl Importer<'_> {
    /// Excludes files that say more than the generated ones would, and those that were refused.
    pub(super) fn leave_files(&self, outline: &mut Outline, refused: &[&str]) {
        let compiled = self.compiled(outline);
        let mut unmanaged = Vec::new();
        if TreePath::new(README)
            .is_ok_and(|readme| !self.is_made(&readme, &compiled) && !self.is_built(&readme))
        {
            unmanaged.push(json!(README));
        }
        if self.files.registration.as_ref().is_some_and(|registration| !registration.is_plain) {
            unmanaged.push(json!(self.of_source("registration.php").as_str()));
        }
        let acl = self.of_source("etc/acl.xml");
        let declares = outline.json.get("acl").is_some();
        if declares && !self.acl.not_carried.is_empty() {
            unmanaged.push(json!(acl.as_str()));
        }
        unmanaged.extend(self.own_files(outline, &compiled, refused).into_iter().map(Value::String));
        if !unmanaged.is_empty() {
            outline.json["files"] = json!({ "unmanaged": unmanaged });
            let note = "remove README.md from this list to get one that documents the permissions";
            outline.notes.before.insert(pointer!["files", "unmanaged"], vec![note.to_owned()]);
        }
    }

    /// Files of the module that stay its owner's: declarations, phrases and pages that the spec does not hold.
    pub(super) fn stays(&self, taken_over: &[TreePath]) -> Vec<String> {
        let below = |folder: &str| {
            let folder = self.of_source(folder);
            self.files.others.iter().filter(move |file| file.starts_with(&folder))
        };
        let is_taken = |file: &Utf8PathBuf| taken_over.iter().any(|taken| taken.as_path() == file);
        let named = below("etc").chain(below("i18n")).filter(|file| !is_taken(file));
        let mut stays: Vec<String> = named.map(|file| with_slashes(file.as_str())).collect();
        let pages = below("view").count();
        if pages > 0 {
            let files = if pages == 1 { "file" } else { "files" };
            stays.push(format!("{} ({pages} {files})", self.of_source("view")));
        }
        stays
    }

    /// Generated files for which the module has its own, and those that it does not have and can do without: a first
    /// build adds what Magento needs and nothing else.
    fn own_files(&self, outline: &Outline, compiled: &Compilation, refused: &[&str]) -> Vec<String> {
        let is_needed = |path: &str| {
            let path = Utf8Path::new(path).strip_prefix(&self.place.source).unwrap_or(path.into()).as_str();
            let declares = path.starts_with("etc/integration") || path.starts_with("Setup/");
            ["registration.php", "etc/module.xml", "etc/acl.xml"].contains(&path) || declares
        };
        let is_taken = |path: &str| {
            let path = Utf8Path::new(path).strip_prefix(&self.place.source).unwrap_or(path.into()).as_str();
            let is_carried = self.files.tables.contains_key(path) && !refused.contains(&path);
            is_needed(path) || path == "composer.json" && self.files.composer.is_some() || is_carried
        };
        let services = outline.json["service"].as_array().into_iter().flatten();
        let services = services.filter_map(|it| it["name"].as_str());
        let services: Vec<Utf8PathBuf> =
            services.map(|it| self.of_source(&format!("Model/{it}.php"))).collect();
        let own = compiled.tree.iter().filter(|(path, file)| {
            let is_seeded = file.ownership == Ownership::Seeded;
            let is_service = services.iter().any(|service| path.as_path() == service);
            match self.bytes(path) {
                _ if path.as_str() == README => false,
                Some(bytes) => !is_seeded && bytes != file.contents && !is_taken(path.as_str()),
                None => (!is_seeded || is_service) && !is_needed(path.as_str()),
            }
        });
        own.map(|(path, _)| path.to_string()).collect()
    }

    /// Files taken over that say the same as the generated ones in a layout of their own, with the generated ones.
    pub(super) fn adopted(
        &self,
        taken_over: &[TreePath],
        compiled: &Compilation,
    ) -> BTreeMap<TreePath, File> {
        let mut adopted = BTreeMap::new();
        for path in taken_over {
            let Some(made) = compiled.tree.get(path) else { continue };
            let Some(bytes) = self.bytes(path) else { continue };
            let inside = path.as_path().strip_prefix(&self.place.source).unwrap_or(path.as_path());
            let is_same = || match inside.as_str() {
                "registration.php" => self
                    .files
                    .registration
                    .as_ref()
                    .is_none_or(|registration| registration.name.value == self.name.as_str()),
                "composer.json" => says_no_less(&bytes, &made.contents),
                "etc/module.xml" => self
                    .document("etc/module.xml")
                    .is_some_and(|there| declares_no_less(&there.root, &made.contents)),
                xml => self
                    .document(xml)
                    .is_some_and(|there| xml_files::is_same(xml, &there.root, &made.contents)),
            };
            if bytes != made.contents && is_same() {
                adopted.insert(path.clone(), made.clone());
            }
        }
        adopted
    }

    fn document(&self, path: &str) -> Option<&XmlDocument> {
        self.files.xml.get(path).or_else(|| self.files.tables.get(path))
    }

    /// Content of an existing file.
    pub(super) fn bytes(&self, path: &TreePath) -> Option<Vec<u8>> {
        self.place.read(self.disk, path.as_path())
    }

    /// Returns true if the existing file is what the spec generates, to the byte.
    pub(super) fn is_made(&self, path: &TreePath, compiled: &Compilation) -> bool {
        let made = compiled.tree.get(path).map(|file| &file.contents);
        made.is_some() && made == self.bytes(path).as_ref()
    }

    /// Returns true if the module's lock proves that magespec wrote the existing file.
    fn is_built(&self, path: &TreePath) -> bool {
        let lock = self.place.read(self.disk, Utf8Path::new(LOCK_FILE));
        let lock = lock.and_then(|bytes| Lock::parse(&String::from_utf8(bytes).ok()?).ok());
        lock.zip(self.bytes(path)).is_some_and(|(lock, bytes)| lock.is_written(path, &bytes))
    }

    /// Converts a path from the module's folder to one from its root.
    pub(super) fn of_source(&self, path: &str) -> Utf8PathBuf {
        join(&self.place.source, Utf8Path::new(path))
    }

    /// Lists existing files that the spec generates, and the pair that it may remove; then the classes that
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
        // A class that the module lacks is its own to write.
        paths.retain(|path| is_seeded(path) || self.bytes(path).is_some());
        let (seeded, taken_over) = paths.into_iter().partition(is_seeded);
        (taken_over, seeded)
    }
}

/// Returns true if a module.xml says what the generated one says, apart from derived modules of its sequence.
fn declares_no_less(there: &Element, made: &[u8]) -> bool {
    let Ok(made) = xml::read(&String::from_utf8_lossy(made), 0) else { return false };
    let (Some(there), Some(made)) = (there.named("module").next(), made.root.named("module").next()) else {
        return false;
    };
    let value = |module: &Element, name: &str| module.attribute(name).map(|text| text.value.clone());
    let sequence = |module: &Element| -> BTreeSet<String> {
        let all = module.named("sequence").flat_map(|sequence| sequence.named("module"));
        all.filter_map(|module| value(module, "name")).collect()
    };
    ["name", "setup_version"].into_iter().all(|name| value(there, name) == value(made, name))
        && sequence(there).is_subset(&sequence(made))
}

/// Returns true if a composer.json has everything that the generated one has, apart from derived requirements and a
/// description, and nothing else.
fn says_no_less(there: &[u8], made: &[u8]) -> bool {
    let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).ok();
    let (Some(mut there), Some(mut made)) = (read(there), read(made)) else { return false };
    let described = there.get("description").and_then(Value::as_str);
    if described.is_none_or(|text| text.trim().is_empty())
        && let Some(made) = made.as_object_mut()
    {
        made.shift_remove("description");
        there.as_object_mut().map(|there| there.shift_remove("description"));
    }
    let required = |package: &String| there["require"].get(package).is_some();
    if let Some(require) = made.get_mut("require").and_then(Value::as_object_mut) {
        require.retain(|package, _| required(package));
        if require.is_empty() && there.get("require").is_none() {
            made.as_object_mut().map(|made| made.shift_remove("require"));
        }
    }
    there == made
}
