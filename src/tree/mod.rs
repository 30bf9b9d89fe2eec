//! Generated files: path to bytes.

mod base;
mod disk;
mod ledger;
mod lock;
mod path;

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

pub use disk::{Disk, Listed, OnDisk};
pub use ledger::{Interrupted, Ledger, LedgerError};
pub use lock::{DamagedLock, Lock, Locked, sha256};
pub use path::{InvalidPath, LOCK_FILE, TreePath};

/// An output root as the system takes it: an empty path is the current directory.
#[must_use]
pub fn place(root: &Utf8Path) -> &Utf8Path {
    if root.as_str().is_empty() { Utf8Path::new(".") } else { root }
}

/// Who owns a generated file after it was first written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ownership {
    /// The spec: the file is rewritten, and deleted when the spec no longer makes it.
    Managed,
    /// The user: the file is written once and never touched again.
    Seeded,
    /// Both: the file is made of what is on disk, too, and left to the user when the spec no longer makes it.
    Shared,
}

/// A generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its bytes.
    pub contents: Vec<u8>,
    /// Who owns it.
    pub ownership: Ownership,
}

/// All files that a spec makes, sorted by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<TreePath, File>,
    /// Files that the user took over, and whether they would be made: not touched where they are.
    released: BTreeMap<TreePath, bool>,
    /// What was on disk of files that go on from it.
    before: BTreeMap<TreePath, Vec<u8>>,
}

impl Tree {
    /// Adds a file; one of the same path is replaced.
    pub fn insert(&mut self, path: TreePath, file: File) {
        self.files.insert(path, file);
    }

    /// Notes that the file at `path` is made of these bytes, too, which it has on disk: nothing is lost with them.
    pub fn go_on_from(&mut self, path: TreePath, bytes: Vec<u8>) {
        self.before.insert(path, bytes);
    }

    /// The bytes on disk that the file at `path` is made of.
    #[must_use]
    pub fn goes_on_from(&self, path: &TreePath) -> Option<&[u8]> {
        self.before.get(path).map(Vec::as_slice)
    }

    /// Leaves the file at `path` to the user, made or not. Says whether it would be made.
    pub fn release(&mut self, path: TreePath) -> bool {
        let is_made = self.files.remove(&path).is_some();
        *self.released.entry(path).or_default() |= is_made;
        is_made
    }

    /// The files that were left to the user, sorted.
    pub fn released(&self) -> impl Iterator<Item = &TreePath> {
        self.released.keys()
    }

    /// Whether the file at `path` was left to the user.
    #[must_use]
    pub fn is_released(&self, path: &TreePath) -> bool {
        self.released.contains_key(path)
    }

    /// The file at `path`.
    #[must_use]
    pub fn get(&self, path: &TreePath) -> Option<&File> {
        self.files.get(path)
    }

    /// All files by path.
    pub fn iter(&self) -> impl Iterator<Item = (&TreePath, &File)> {
        self.files.iter()
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &TreePath> + Clone {
        self.files.keys()
    }

    /// The paths of all files that the spec makes, sorted; those left to the user included.
    pub fn generated(&self) -> impl Iterator<Item = &TreePath> {
        let released = self.released.iter().filter(|&(_, &is_made)| is_made).map(|(path, _)| path);
        self.files.keys().chain(released).collect::<BTreeSet<_>>().into_iter()
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
