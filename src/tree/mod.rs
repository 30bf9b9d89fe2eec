//! Generated files: path to bytes.

mod disk;
mod lock;
mod path;

use std::collections::BTreeMap;

pub use disk::{Disk, OnDisk};
pub use lock::{DamagedLock, LOCK_FILE, Lock, Locked, sha256};
pub use path::{InvalidPath, TreePath};

/// Who owns a generated file after it was first written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ownership {
    /// The spec: the file is rewritten, and deleted when the spec no longer makes it.
    Managed,
    /// The user: the file is written once and never touched again.
    Seeded,
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
}

impl Tree {
    /// Adds a file; one of the same path is replaced.
    pub fn insert(&mut self, path: TreePath, file: File) {
        self.files.insert(path, file);
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
