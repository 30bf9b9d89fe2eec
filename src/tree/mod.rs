//! Generated files: from paths to contents.

mod disk;
mod hash;
mod ledger;
mod line_ends;
mod lines;
mod lock;
mod meaning;
mod packed;
mod path;
mod staged;

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8Path;

pub use disk::{Disk, Listed, OnDisk};
pub use hash::sha256;
pub use ledger::{Interrupted, Ledger, LedgerError};
pub use line_ends::with_lf;
pub use lines::Restored;
pub use lock::{DamagedLock, Lock, Locked, MOST_FILES, is_journal};
pub use path::{InvalidPath, LOCK_FILE, TreePath};
pub use staged::{JOURNAL_FILE, is_staged_name, staged_name};

/// Returns an output root as a system path: an empty path is the current directory.
#[must_use]
pub fn place(root: &Utf8Path) -> &Utf8Path {
    if root.as_str().is_empty() { Utf8Path::new(".") } else { root }
}

/// Owner of a generated file after it was first written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ownership {
    /// Spec: the file is rewritten, and deleted when the spec no longer generates it.
    Managed,
    /// User: the file is written once and never touched again.
    Seeded,
    /// Both: the file is updated from its contents on disk, and left to the user when the spec no longer generates
    /// it.
    Shared,
}

/// A generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// File contents.
    pub contents: Vec<u8>,
    /// Owner of the file.
    pub ownership: Ownership,
}

/// All files that a spec generates, sorted by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<TreePath, File>,
    /// Unmanaged files, which are not touched, and whether they would be generated.
    released: BTreeMap<TreePath, bool>,
    /// Contents on disk of files that are updated from them.
    before: BTreeMap<TreePath, Vec<u8>>,
}

impl Tree {
    /// Adds a file, replacing one of the same path.
    pub fn insert(&mut self, path: TreePath, file: File) {
        self.files.insert(path, file);
    }

    /// Records the contents on disk from which the file at `path` was updated: writing it loses nothing of them.
    pub fn go_on_from(&mut self, path: TreePath, bytes: Vec<u8>) {
        self.before.insert(path, bytes);
    }

    /// Returns the contents on disk from which the file at `path` was updated.
    #[must_use]
    pub fn goes_on_from(&self, path: &TreePath) -> Option<&[u8]> {
        self.before.get(path).map(Vec::as_slice)
    }

    /// Marks the file at `path` as unmanaged. Returns true if it would be generated.
    pub fn release(&mut self, path: TreePath) -> bool {
        let is_made = self.files.remove(&path).is_some();
        *self.released.entry(path).or_default() |= is_made;
        is_made
    }

    /// Iterates over the unmanaged files, sorted.
    pub fn released(&self) -> impl Iterator<Item = &TreePath> {
        self.released.keys()
    }

    /// Returns true if the file at `path` is unmanaged.
    #[must_use]
    pub fn is_released(&self, path: &TreePath) -> bool {
        self.released.contains_key(path)
    }

    /// Returns the file at `path`.
    #[must_use]
    pub fn get(&self, path: &TreePath) -> Option<&File> {
        self.files.get(path)
    }

    /// Iterates over all files by path.
    pub fn iter(&self) -> impl Iterator<Item = (&TreePath, &File)> {
        self.files.iter()
    }

    /// Iterates over the paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &TreePath> + Clone {
        self.files.keys()
    }

    /// Iterates over the paths of all files that the spec generates, sorted, including unmanaged ones.
    pub fn generated(&self) -> impl Iterator<Item = &TreePath> {
        let released = self.released.iter().filter(|&(_, &is_made)| is_made).map(|(path, _)| path);
        self.files.keys().chain(released).collect::<BTreeSet<_>>().into_iter()
    }

    /// Returns the number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns true if there are no files.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
