//! Operations on a directory. Only this file changes it, and nothing here leaves it: `cap-std` follows no link out of a
//! directory.

use std::{
    cell::RefCell,
    collections::HashMap,
    io::{self, Write as _},
    path::Path,
    rc::Rc,
};

use camino::{Utf8Path, Utf8PathBuf};
use cap_std::{
    ambient_authority,
    fs::{Dir, File, Metadata, OpenOptions},
};

use super::{WriteError, fault};
use crate::{
    bounded,
    names::is_git_directory,
    tree::{TreePath, is_staged_name, place},
};

/// A directory, opened.
#[derive(Debug)]
pub(super) struct Root {
    path: Utf8PathBuf,
    dir: Rc<Dir>,
    /// Directories below it that files were written to: each is opened once.
    open: RefCell<HashMap<Utf8PathBuf, Rc<Dir>>>,
    /// True if what is written is flushed to the disk before it is renamed.
    pub(super) syncs: bool,
}

impl Root {
    /// Opens a directory, unless it is inside a .git directory.
    pub(super) fn open(path: &Utf8Path) -> io::Result<Self> {
        refuse_git(path)?;
        let dir = Rc::new(Dir::open_ambient_dir(path, ambient_authority())?);
        Ok(Self { path: path.to_owned(), dir, open: RefCell::default(), syncs: true })
    }

    /// Directory that a path is in, and its name there.
    fn at<'a>(&self, path: &'a Utf8Path) -> io::Result<(Rc<Dir>, &'a Path)> {
        let name = path.file_name().map_or(path.as_std_path(), Path::new);
        let Some(folder) = path.parent().filter(|folder| !folder.as_str().is_empty()) else {
            return Ok((Rc::clone(&self.dir), name));
        };
        if let Some(dir) = self.open.borrow().get(folder) {
            return Ok((Rc::clone(dir), name));
        }
        let dir = Rc::new(self.dir.open_dir(folder.as_std_path())?);
        self.open.borrow_mut().insert(folder.to_owned(), Rc::clone(&dir));
        Ok((dir, name))
    }

    /// Returns the path that it was opened by.
    pub(super) fn path(&self) -> &Utf8Path {
        &self.path
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
            if self.open.borrow().contains_key(folder) {
                continue;
            }
            match self.attempt("create", folder, || self.dir.create_dir(folder.as_std_path())) {
                Ok(()) => made.push(folder.to_owned()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Creates a file for the place of `replaced`, with its access rights from the start if it exists. Flushes the
    /// contents to the disk. A file that cannot be written whole is removed again.
    pub(super) fn create(
        &self,
        path: &Utf8Path,
        bytes: &[u8],
        replaced: &Utf8Path,
    ) -> Result<(), WriteError> {
        self.attempt("write", replaced, || {
            let (dir, replaced) = self.at(replaced)?;
            let old = dir.symlink_metadata(replaced).ok().filter(Metadata::is_file);
            let (dir, name) = self.at(path)?;
            let mut file = dir.open_with(name, &options(old.is_some()))?;
            let mut write = || {
                file.write_all(bytes)?;
                old.iter().try_for_each(|old| keep_access(&file, old))?;
                if self.syncs { supported(file.sync_all()) } else { Ok(()) }
            };
            write().inspect_err(|_| {
                let _ = dir.remove_file(name);
            })
        })
    }

    /// Reads a file; `None` if it does not exist.
    ///
    /// # Errors
    /// Fails if it cannot be read, is not a regular file, or is larger than any that is generated.
    pub(super) fn read(&self, path: &Utf8Path) -> Result<Option<Vec<u8>>, WriteError> {
        let read = || {
            let kind = self.dir.metadata(path.as_std_path())?.file_type();
            if !kind.is_file() {
                return Err(bounded::not_a_file(kind.is_dir()));
            }
            bounded::stream(self.dir.open(path.as_std_path())?, bounded::LARGEST_FILE)
        };
        match read() {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.failed("read", path, error)),
        }
    }

    /// Returns true if a file has this name and these contents, false if nothing has the name.
    ///
    /// # Errors
    /// Fails if anything else has the name.
    pub(super) fn holds(&self, path: &Utf8Path, bytes: &[u8]) -> Result<bool, WriteError> {
        if !self.exists(path) {
            return Ok(false);
        }
        match self.read(path)? {
            Some(found) if found == bytes => Ok(true),
            _ => Err(self.failed("write", path, io::ErrorKind::AlreadyExists.into())),
        }
    }

    /// Fails if anything but a file has this name: a rename would replace a pipe or a device.
    pub(super) fn expect_replaceable(&self, path: &Utf8Path) -> Result<(), WriteError> {
        match self.dir.symlink_metadata(path.as_std_path()) {
            Ok(found) if !found.is_file() => {
                Err(self.failed("write", path, bounded::not_a_file(found.is_dir())))
            }
            _ => Ok(()),
        }
    }

    /// Returns true if anything has this name.
    pub(super) fn exists(&self, path: &Utf8Path) -> bool {
        self.dir.symlink_metadata(path.as_std_path()).is_ok()
    }

    /// Moves a file into place, replacing any other.
    pub(super) fn rename(&self, from: &Utf8Path, to: &Utf8Path) -> Result<(), WriteError> {
        self.attempt("write", to, || {
            let ((from_dir, from), (to_dir, to)) = (self.at(from)?, self.at(to)?);
            from_dir.rename(from, &to_dir, to)
        })
    }

    /// Moves a file into place.
    ///
    /// # Errors
    /// Fails if anything is there.
    pub(super) fn rename_new(&self, from: &Utf8Path, to: &Utf8Path) -> Result<(), WriteError> {
        let linked =
            self.attempt("write", to, || self.dir.hard_link(from.as_std_path(), &self.dir, to.as_std_path()));
        // Not every file system has hard links.
        let has_links = |error: &WriteError| {
            !matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied)
        };
        match linked {
            Ok(()) => self.remove(from).inspect_err(|_| {
                let _ = self.remove(to);
            }),
            Err(error) if has_links(&error) || self.exists(to) => Err(error),
            Err(_) => self.rename(from, to),
        }
    }

    /// Removes a file if it exists.
    pub(super) fn remove(&self, path: &Utf8Path) -> Result<(), WriteError> {
        let removed = self.attempt("delete", path, || self.dir.remove_file(path.as_std_path()));
        match removed {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    /// Removes what killed runs staged in a directory for these names.
    pub(super) fn remove_staged(&self, folder: &Utf8Path, names: &[&str]) -> Result<(), WriteError> {
        let Ok(entries) = self.dir.read_dir(place(folder).as_std_path()) else { return Ok(()) };
        let entries = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let is_ours = |entry: &String| names.iter().any(|name| is_staged_name(entry, name));
        entries.filter(is_ours).try_for_each(|entry| self.remove(&folder.join(entry)))
    }

    /// Removes a directory if it is empty; returns true if it did.
    pub(super) fn remove_empty(&self, folder: &Utf8Path) -> bool {
        self.open.borrow_mut().remove(folder);
        self.attempt("delete", folder, || self.dir.remove_dir(folder.as_std_path())).is_ok()
    }

    /// Flushes the names in a directory to the disk; the empty path is the root.
    pub(super) fn sync(&self, folder: &Utf8Path) -> Result<(), WriteError> {
        if !self.syncs {
            return Ok(());
        }
        self.attempt("write", folder, || self.flush(folder))
    }

    #[cfg(unix)]
    fn flush(&self, folder: &Utf8Path) -> io::Result<()> {
        supported(self.dir.open(place(folder).as_std_path()).and_then(|folder| folder.sync_all()))
    }

    /// Windows has no such operation.
    #[cfg(not(unix))]
    fn flush(&self, _: &Utf8Path) -> io::Result<()> {
        Ok(())
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

/// Refuses a path through a .git directory, as it is written or behind symbolic links.
pub(super) fn refuse_git(path: &Utf8Path) -> io::Result<()> {
    let leads_there = |path: &Path| path.iter().any(|step| step.to_str().is_some_and(is_git_directory));
    let existing = path.ancestors().find_map(|path| place(path).canonicalize().ok());
    if leads_there(path.as_std_path()) || existing.is_some_and(|path| leads_there(&path)) {
        return Err(io::Error::other("it is inside a .git directory, and magespec never writes there"));
    }
    Ok(())
}

/// Drops an error about a file or directory that cannot be flushed at all.
fn supported(flushed: io::Result<()>) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, NotFound, PermissionDenied, Unsupported};
    match flushed {
        Err(error) if matches!(error.kind(), InvalidInput | NotFound | PermissionDenied | Unsupported) => {
            Ok(())
        }
        flushed => flushed,
    }
}

/// Options for a new file; a private one gets its access rights later.
#[cfg(unix)]
fn options(is_private: bool) -> OpenOptions {
    use cap_std::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    if is_private {
        options.mode(0o600);
    }
    options
}

#[cfg(not(unix))]
fn options(_: bool) -> OpenOptions {
    OpenOptions::new().write(true).create_new(true).to_owned()
}

/// Gives a new file the owner, group and mode of the old one. If it cannot get the group, the new group gets no more
/// rights than everyone.
#[cfg(unix)]
fn keep_access(file: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::fchown;

    use cap_std::fs::{MetadataExt as _, Permissions, PermissionsExt as _};
    let new = file.metadata()?;
    let mut mode = old.permissions().mode();
    let is_owned = new.uid() == old.uid() || fchown(file, Some(old.uid()), None).is_ok();
    if new.gid() != old.gid() && fchown(file, None, Some(old.gid())).is_err() {
        let everyone = (mode & 0o007) << 3;
        mode = mode & !0o2070 | mode & everyone;
    }
    if !is_owned {
        mode &= !0o4000;
    }
    file.set_permissions(Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_access(file: &File, old: &Metadata) -> io::Result<()> {
    file.set_permissions(old.permissions())
}
