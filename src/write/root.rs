//! Operations on an output root. Only this file changes it, and nothing here leaves it: `cap-std` follows no link out
//! of a directory.

use std::io::{self, Write as _};

use camino::{Utf8Path, Utf8PathBuf};
use cap_std::{
    ambient_authority,
    fs::{Dir, OpenOptions},
};

use super::{WriteError, fault};
use crate::tree::TreePath;

/// An output root, opened.
#[derive(Debug)]
pub(super) struct Root {
    path: Utf8PathBuf,
    dir: Dir,
}

impl Root {
    pub(super) fn open(path: &Utf8Path) -> io::Result<Self> {
        Ok(Self { path: path.to_owned(), dir: Dir::open_ambient_dir(path, ambient_authority())? })
    }

    /// Creates the missing directories above the file and returns them, outermost first.
    pub(super) fn make_folders(
        &self,
        path: &TreePath,
        made: &mut Vec<Utf8PathBuf>,
    ) -> Result<(), WriteError> {
        let mut folders: Vec<&Utf8Path> = path.folders().collect();
        folders.reverse();
        for folder in folders {
            match self.attempt("create", folder, || self.dir.create_dir(folder.as_std_path())) {
                Ok(()) => made.push(folder.to_owned()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Creates a file with the mode of the one that it will replace.
    pub(super) fn create(
        &self,
        path: &TreePath,
        bytes: &[u8],
        replaced: &TreePath,
    ) -> Result<(), WriteError> {
        self.attempt("write", replaced.as_path(), || {
            let options = OpenOptions::new().write(true).create_new(true).to_owned();
            let mut file = self.dir.open_with(path.as_path().as_std_path(), &options)?;
            file.write_all(bytes)?;
            match self.dir.symlink_metadata(replaced.as_path().as_std_path()) {
                Ok(metadata) => file.set_permissions(metadata.permissions()),
                Err(_) => Ok(()),
            }
        })
    }

    /// Reads a file; `None` if it cannot be read.
    pub(super) fn read(&self, path: &TreePath) -> Option<Vec<u8>> {
        self.dir.read(path.as_path().as_std_path()).ok()
    }

    /// Moves a file into place, replacing any other.
    pub(super) fn rename(&self, from: &TreePath, to: &TreePath) -> Result<(), WriteError> {
        self.attempt("write", to.as_path(), || {
            self.dir.rename(from.as_path().as_std_path(), &self.dir, to.as_path().as_std_path())
        })
    }

    /// Removes a file if it exists.
    pub(super) fn remove(&self, path: &TreePath) -> Result<(), WriteError> {
        let removed =
            self.attempt("delete", path.as_path(), || self.dir.remove_file(path.as_path().as_std_path()));
        match removed {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    /// Removes a directory if it is empty; returns true if it did.
    pub(super) fn remove_empty(&self, folder: &Utf8Path) -> bool {
        self.attempt("delete", folder, || self.dir.remove_dir(folder.as_std_path())).is_ok()
    }

    fn attempt(
        &self,
        action: &'static str,
        path: &Utf8Path,
        operation: impl FnOnce() -> io::Result<()>,
    ) -> Result<(), WriteError> {
        fault::strike().and_then(|()| operation()).map_err(|error| self.failed(action, path, error))
    }

    pub(super) fn failed(&self, action: &'static str, path: &Utf8Path, error: io::Error) -> WriteError {
        WriteError::new(action, &self.path.join(path), error)
    }
}
