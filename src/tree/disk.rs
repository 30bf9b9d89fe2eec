//! Read access to an output root on disk. Reads nothing outside it and follows no symbolic links.

use std::{collections::BTreeMap, io};

use camino::{Utf8Path, Utf8PathBuf};
use cap_std::{
    ambient_authority,
    fs::{Dir, Metadata},
};

use super::{TreePath, place};
use crate::bounded;

/// A directory of generated files.
#[derive(Debug)]
pub struct Disk {
    root: Utf8PathBuf,
    /// Directory handle; `None` if the directory does not exist.
    dir: Option<Dir>,
    /// Contents that files have in an editor instead of those on disk.
    unsaved: BTreeMap<TreePath, Vec<u8>>,
}

/// State of a path on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnDisk {
    /// Nothing exists at the path.
    Missing,
    /// A regular file.
    File {
        /// File contents.
        bytes: Vec<u8>,
        /// True if its owner may execute it.
        is_executable: bool,
    },
    /// Something else exists at the path, or in place of a directory above it.
    NotAFile {
        /// Description: "etc is a symbolic link".
        what: String,
    },
}

/// A directory entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Name.
    pub name: String,
    /// True for a directory.
    pub is_folder: bool,
}

impl Disk {
    /// Opens the directory; a missing one is treated as empty.
    ///
    /// # Errors
    /// Fails if it is not a directory, or cannot be opened.
    pub fn open(root: &Utf8Path) -> io::Result<Self> {
        let root = place(root);
        let dir = match Dir::open_ambient_dir(root, ambient_authority()) {
            Ok(dir) => Some(dir),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        Ok(Self { root: root.to_owned(), dir, unsaved: BTreeMap::new() })
    }

    /// Sees other contents of a file than those on disk.
    #[must_use]
    pub fn with_unsaved(mut self, path: TreePath, bytes: Vec<u8>) -> Self {
        self.unsaved.insert(path, bytes);
        self
    }

    /// Returns the path it was opened by.
    #[must_use]
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// Lists a directory, sorted; empty if it is not a directory. The empty path is the root. Symbolic links are left
    /// out.
    ///
    /// # Errors
    /// Fails if it cannot be read.
    pub fn list(&self, folder: &Utf8Path) -> io::Result<Vec<Listed>> {
        let Some(dir) = &self.dir else { return Ok(Vec::new()) };
        let mut listed = Vec::new();
        for entry in dir.read_dir(place(folder).as_std_path())? {
            let entry = entry?;
            let kind = entry.file_type()?;
            // A file of a module always has a UTF-8 name.
            if let (Ok(name), false) = (entry.file_name().into_string(), kind.is_symlink()) {
                listed.push(Listed { name, is_folder: kind.is_dir() });
            }
        }
        listed.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(listed)
    }

    /// Returns the state of the path, unless the file is larger than any that is generated.
    ///
    /// # Errors
    /// Fails if an existing file cannot be read or is too large.
    pub fn read(&self, path: &TreePath) -> io::Result<OnDisk> {
        self.read_up_to(path, bounded::LARGEST_FILE)
    }

    /// Returns the state of the path, unless the file is larger than `limit` bytes.
    ///
    /// # Errors
    /// Fails if an existing file cannot be read or is too large.
    pub fn read_up_to(&self, path: &TreePath, limit: u64) -> io::Result<OnDisk> {
        if let Some(bytes) = self.unsaved.get(path) {
            let bytes = bounded::sized(bytes.as_slice(), bytes.len() as u64, limit)?;
            return Ok(OnDisk::File { bytes, is_executable: false });
        }
        let Some(dir) = &self.dir else { return Ok(OnDisk::Missing) };
        let metadata = match file_metadata(dir, path)? {
            Ok(metadata) => metadata,
            Err(other) => return Ok(other),
        };
        let file = dir.open(path.as_path().as_std_path())?;
        let bytes = bounded::sized(file, metadata.len(), limit)?;
        Ok(OnDisk::File { bytes, is_executable: is_executable(&metadata) })
    }

    /// Returns true for a regular file, without reading it.
    #[must_use]
    pub fn is_file(&self, path: &TreePath) -> bool {
        self.unsaved.contains_key(path)
            || self.dir.as_ref().is_some_and(|dir| matches!(file_metadata(dir, path), Ok(Ok(_))))
    }
}

/// Returns the metadata of a regular file, or what is at the path instead.
fn file_metadata(dir: &Dir, path: &TreePath) -> io::Result<Result<Metadata, OnDisk>> {
    let mut steps: Vec<&Utf8Path> = path.folders().collect();
    steps.reverse();
    steps.push(path.as_path());
    for step in steps {
        let metadata = match dir.symlink_metadata(step.as_std_path()) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => break,
            Err(error) => return Err(error),
        };
        let (kind, is_last) = (metadata.file_type(), step == path.as_path());
        let what = if kind.is_symlink() {
            "a symbolic link"
        } else if kind.is_dir() && is_last {
            "a directory"
        } else if kind.is_file() && !is_last {
            "a file"
        } else if kind.is_dir() {
            continue;
        } else if kind.is_file() {
            return Ok(Ok(metadata));
        } else {
            "not a regular file"
        };
        return Ok(Err(OnDisk::NotAFile { what: format!("{step} is {what}") }));
    }
    Ok(Err(OnDisk::Missing))
}

#[cfg(unix)]
fn is_executable(metadata: &Metadata) -> bool {
    use cap_std::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &Metadata) -> bool {
    false
}
