//! Search for modules below a directory.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use super::composer;
use crate::{
    parsers::decode,
    tree::{Disk, InvalidPath, OnDisk, TreePath},
};

/// Greatest depth of the search. `app/code/Vendor/Module` is four deep.
const MAX_DEPTH: usize = 10;

/// Greatest number of folders that are searched.
const MAX_FOLDERS: usize = 200_000;

/// Size limit for a module's files, in bytes. Real ones have a few thousand.
pub(super) const MAX_BYTES: u64 = 1024 * 1024;

/// Files that declare integrations; the last is a common misspelling that Magento does not read.
pub(crate) const DECLARING: [&str; 4] =
    ["etc/integration.xml", "etc/integration/config.xml", "etc/integration/api.xml", "etc/integrations.xml"];

/// Directories of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleDir {
    /// Folder with its composer.json, relative to the searched directory; empty for that itself.
    pub root: Utf8PathBuf,
    /// Folder below `root` with registration.php and etc; empty if they are in `root`.
    pub source: Utf8PathBuf,
    /// True if it declares integrations.
    pub declares: bool,
}

impl ModuleDir {
    /// Converts a path from the module's root to one from the searched directory.
    ///
    /// # Errors
    /// Fails if the path would leave the directory.
    pub fn path(&self, from_root: &Utf8Path) -> Result<TreePath, InvalidPath> {
        TreePath::new(join(&self.root, from_root).into_string())
    }

    /// Content of a file by its path from the module's root.
    pub(crate) fn read(&self, disk: &Disk, from_root: &Utf8Path) -> Option<Vec<u8>> {
        match disk.read(&self.path(from_root).ok()?) {
            Ok(OnDisk::File { bytes, .. }) => Some(bytes),
            _ => None,
        }
    }

    /// Folder with registration.php and etc.
    #[must_use]
    pub fn folder(&self) -> Utf8PathBuf {
        join(&self.root, &self.source)
    }
}

/// Finds the modules: folders with `etc/module.xml` or a file that declares integrations. Skips `vendor`, test folders
/// and hidden ones, which belong to others.
///
/// # Errors
/// Fails if a folder cannot be read, or there are too many.
pub fn find(disk: &Disk) -> io::Result<Vec<ModuleDir>> {
    let mut folders = vec![Utf8PathBuf::new()];
    let mut seen = 0;
    let mut places = Vec::new();
    while let Some(folder) = folders.pop() {
        seen += 1;
        if seen > MAX_FOLDERS {
            return Err(io::Error::other("it contains too many folders; name the module's own folder"));
        }
        if let Some(place) = in_folder(disk, &folder) {
            places.push(place);
            continue;
        }
        if folder.components().count() >= MAX_DEPTH {
            continue;
        }
        for entry in disk.list(&folder)?.into_iter().rev().filter(|entry| entry.is_folder) {
            let is_others =
                matches!(entry.name.as_str(), "vendor" | "node_modules" | "Test" | "tests" | "_files");
            if !is_others && !entry.name.starts_with('.') {
                folders.push(join(&folder, Utf8Path::new(&entry.name)));
            }
        }
    }
    places.sort_by_key(ModuleDir::folder);
    Ok(places)
}

/// Finds the module that a file belongs to. Those in `vendor` belong to others.
#[must_use]
pub fn around(disk: &Disk, file: &Utf8Path) -> Option<ModuleDir> {
    if file.components().any(|component| component.as_str() == "vendor") {
        return None;
    }
    file.ancestors().skip(1).find_map(|folder| in_folder(disk, folder))
}

/// Module whose files of configuration are in the folder.
fn in_folder(disk: &Disk, folder: &Utf8Path) -> Option<ModuleDir> {
    let is_file = |path: &str| {
        let path = TreePath::new(join(folder, Utf8Path::new(path)).into_string());
        path.is_ok_and(|path| disk.is_file(&path))
    };
    let declares = DECLARING.iter().any(|path| is_file(path));
    if !declares && !is_file("etc/module.xml") {
        return None;
    }
    let (root, source) = root_of(disk, folder);
    Some(ModuleDir { root, source, declares })
}

/// Folder of the composer.json that loads the module, and the path from there: the module's own folder, or one above it
/// whose composer.json names it.
fn root_of(disk: &Disk, folder: &Utf8Path) -> (Utf8PathBuf, Utf8PathBuf) {
    for root in folder.ancestors() {
        let Some(text) = read(disk, &join(root, Utf8Path::new("composer.json"))) else { continue };
        let source = folder.strip_prefix(root).unwrap_or(Utf8Path::new(""));
        if source.as_str().is_empty() || loads(&text, source) {
            return (root.to_owned(), source.to_owned());
        }
    }
    (folder.to_owned(), Utf8PathBuf::new())
}

fn read(disk: &Disk, path: &Utf8Path) -> Option<String> {
    match disk.read_up_to(&TreePath::new(path.as_str()).ok()?, MAX_BYTES) {
        Ok(OnDisk::File { bytes, .. }) => decode::utf8(&bytes).ok(),
        _ => None,
    }
}

/// Returns true if a composer.json loads the registration.php in a folder below it.
fn loads(text: &str, source: &Utf8Path) -> bool {
    let Ok(composer) = composer::read(text, 0) else { return false };
    let files = composer.value.pointer("/autoload/files").and_then(|files| files.as_array());
    let registration = join(source, Utf8Path::new("registration.php"));
    files.into_iter().flatten().any(|file| {
        file.as_str().is_some_and(|file| Utf8Path::new(file.trim_start_matches("./")) == registration)
    })
}

/// Joins two paths with a slash on every system; an empty one adds nothing.
pub(crate) fn join(folder: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
    match (folder.as_str(), path.as_str()) {
        ("", path) | (path, "") => path.into(),
        (folder, path) => format!("{}/{path}", folder.trim_end_matches('/')).into(),
    }
}
