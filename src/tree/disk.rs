//! An output root on disk. Nothing outside of it is read, and no symbolic link is followed.

use std::io::{self, Read as _};

use camino::{Utf8Path, Utf8PathBuf};
use cap_std::{
    ambient_authority,
    fs::{Dir, Metadata},
};

use super::{TreePath, place};

/// A directory of generated files.
#[derive(Debug)]
pub struct Disk {
    root: Utf8PathBuf,
    /// None if the directory is not there.
    dir: Option<Dir>,
}

/// What is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnDisk {
    /// Nothing.
    Missing,
    /// A file.
    File {
        /// Its bytes.
        bytes: Vec<u8>,
        /// Whether its owner may execute it.
        is_executable: bool,
    },
    /// Something else is there, or in place of a folder above it.
    NotAFile {
        /// What and where: "etc is a symbolic link".
        what: String,
    },
}

impl Disk {
    /// Opens the directory; one that is not there is as good as empty.
    ///
    /// # Errors
    /// If it is no directory, or may not be opened.
    pub fn open(root: &Utf8Path) -> io::Result<Self> {
        let root = place(root);
        let dir = match Dir::open_ambient_dir(root, ambient_authority()) {
            Ok(dir) => Some(dir),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        Ok(Self { root: root.to_owned(), dir })
    }

    /// The path it was opened by.
    #[must_use]
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    /// What is at the path.
    ///
    /// # Errors
    /// If a file that is there cannot be read.
    pub fn read(&self, path: &TreePath) -> io::Result<OnDisk> {
        let Some(dir) = &self.dir else { return Ok(OnDisk::Missing) };
        let mut steps: Vec<&Utf8Path> =
            path.as_path().ancestors().filter(|step| !step.as_str().is_empty()).collect();
        steps.reverse();
        for step in steps {
            let kind = match dir.symlink_metadata(step.as_std_path()) {
                Ok(metadata) => metadata.file_type(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(OnDisk::Missing),
                Err(error) => return Err(error),
            };
            let is_file = step == path.as_path();
            let what = if kind.is_symlink() {
                "a symbolic link"
            } else if kind.is_dir() && is_file {
                "a directory"
            } else if kind.is_file() && !is_file {
                "a file"
            } else if kind.is_dir() || kind.is_file() {
                continue;
            } else {
                "no regular file"
            };
            return Ok(OnDisk::NotAFile { what: format!("{step} is {what}") });
        }
        let mut file = dir.open(path.as_path().as_std_path())?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(OnDisk::File { bytes, is_executable: is_executable(&file.metadata()?) })
    }
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
