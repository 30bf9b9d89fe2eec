//! Changes to disk: everything is staged first, then renamed into place, so that each file is the old one or the new
//! one at any time.

mod error;

use std::{
    fs::File,
    io::{self, Write as _},
};

use camino::{Utf8Path, Utf8PathBuf};
use cap_std::{ambient_authority, fs::Dir};
use cap_tempfile::TempFile;

pub use error::WriteError;

use crate::{
    diff::{Changes, Status},
    tree::LOCK_FILE,
};

/// An output root that only this process writes to.
#[derive(Debug)]
pub struct Writer {
    root: Utf8PathBuf,
    dir: Dir,
    /// Folders above and including the root that were made for this, the outermost first.
    made: Vec<Utf8PathBuf>,
    /// Held until the writer is dropped.
    _lock: Option<File>,
}

/// A file that is written but not yet in its place.
struct Staged<'a> {
    file: TempFile<'a>,
    path: &'a Utf8Path,
}

impl Writer {
    /// Opens the root, making it if it is not there, and waits until no other magespec writes to it.
    ///
    /// # Errors
    /// If it cannot be made, or is no directory.
    pub fn open(root: &Utf8Path) -> Result<Self, WriteError> {
        let root = if root.as_str().is_empty() { Utf8Path::new(".") } else { root };
        let failed = |error| WriteError::new("open", root, error);
        let mut missing: Vec<Utf8PathBuf> = root
            .ancestors()
            .take_while(|dir| !dir.as_str().is_empty() && !dir.exists())
            .map(Into::into)
            .collect();
        missing.reverse();
        std::fs::create_dir_all(root).map_err(failed)?;
        let dir = Dir::open_ambient_dir(root, ambient_authority()).map_err(failed)?;
        // Where a directory cannot be locked, two runs at once may each write their files; each stays whole.
        let lock = File::open(root).ok().filter(|file| file.lock().is_ok());
        Ok(Self { root: root.to_owned(), dir, made: missing, _lock: lock })
    }

    /// Applies the changes, the lock last.
    ///
    /// # Errors
    /// If something cannot be staged: then nothing was written. If a rename fails after that: then each file is the
    /// old or the new one, and another run completes it.
    pub fn apply(self, changes: &Changes) -> Result<(), WriteError> {
        if let Some(conflict) = changes.conflicts().next() {
            let refused = io::Error::other("it is not magespec's to overwrite");
            return Err(
                self.undo(&[], WriteError::new("write", &self.root.join(conflict.path.as_path()), refused))
            );
        }
        let lock = changes.lock.as_deref().map(|text| (Utf8Path::new(LOCK_FILE), text.as_bytes()));
        let written =
            changes.files.iter().filter(|change| matches!(change.status, Status::Created | Status::Changed));
        let written = written.filter_map(|change| Some((change.path.as_path(), change.after.as_deref()?)));
        let contents: Vec<(&Utf8Path, &[u8])> = written.chain(lock).collect();
        let mut folders = Vec::new();
        let mut parents = Vec::new();
        for &(path, _) in &contents {
            match self.parent(path, &mut folders) {
                Ok(parent) => parents.push(parent),
                Err(error) => {
                    return Err(self.undo(&folders, WriteError::new("write", &self.root.join(path), error)));
                }
            }
        }
        let mut staged = Vec::new();
        for (&(path, bytes), parent) in contents.iter().zip(&parents) {
            match self.stage(parent, path, bytes) {
                Ok(file) => staged.push(Staged { file, path }),
                Err(error) => {
                    drop(staged);
                    return Err(self.undo(&folders, WriteError::new("write", &self.root.join(path), error)));
                }
            }
        }
        let lock = if changes.lock.is_some() { staged.pop() } else { None };
        staged.into_iter().try_for_each(|staged| self.place(staged))?;
        changes
            .files
            .iter()
            .filter(|change| change.status == Status::Deleted)
            .try_for_each(|change| self.delete(change.path.as_path()))?;
        lock.map_or(Ok(()), |lock| self.place(lock))
    }

    /// The folder of a file, made if it is not there; what is made is added to `folders`.
    fn parent(&self, path: &Utf8Path, folders: &mut Vec<Utf8PathBuf>) -> io::Result<Dir> {
        let mut above: Vec<&Utf8Path> =
            path.ancestors().skip(1).filter(|dir| !dir.as_str().is_empty()).collect();
        above.reverse();
        for dir in above {
            match self.dir.create_dir(dir.as_std_path()) {
                Ok(()) => folders.push(dir.to_owned()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        match path.parent().filter(|parent| !parent.as_str().is_empty()) {
            Some(parent) => self.dir.open_dir(parent.as_std_path()),
            None => self.dir.try_clone(),
        }
    }

    /// Writes the bytes to a file without a name yet, with the mode of the file it will replace.
    fn stage<'a>(&self, parent: &'a Dir, path: &Utf8Path, bytes: &[u8]) -> io::Result<TempFile<'a>> {
        let mut file = TempFile::new(parent)?;
        file.as_file_mut().write_all(bytes)?;
        if let Ok(metadata) = self.dir.symlink_metadata(path.as_std_path()) {
            file.as_file().set_permissions(metadata.permissions())?;
        }
        Ok(file)
    }

    fn place(&self, staged: Staged<'_>) -> Result<(), WriteError> {
        let name = staged.path.file_name().unwrap_or_default();
        staged
            .file
            .replace(name)
            .map_err(|error| WriteError::new("write", &self.root.join(staged.path), error))
    }

    /// Deletes the file, and the folders above it that are empty then.
    fn delete(&self, path: &Utf8Path) -> Result<(), WriteError> {
        self.dir
            .remove_file(path.as_std_path())
            .map_err(|error| WriteError::new("delete", &self.root.join(path), error))?;
        let above = path.ancestors().skip(1).filter(|dir| !dir.as_str().is_empty());
        // A folder that holds something else refuses, and those above it are not empty either.
        above.map_while(|dir| self.dir.remove_dir(dir.as_std_path()).ok()).for_each(drop);
        Ok(())
    }

    /// Takes away the folders that were made before it failed.
    fn undo(&self, folders: &[Utf8PathBuf], error: WriteError) -> WriteError {
        for dir in folders.iter().rev() {
            let _ = self.dir.remove_dir(dir.as_std_path());
        }
        for dir in self.made.iter().rev() {
            let _ = std::fs::remove_dir(dir);
        }
        error
    }
}
