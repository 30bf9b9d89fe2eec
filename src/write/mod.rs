//! Changes to disk. Everything is staged first, then renamed into place: at any time each file is either the old or
//! the new one.
//!
//! The order makes an interrupted run harmless. First the new lock is written aside; it lists every file that is
//! about to change, so that the next run recognises its own work (`tree::Ledger`). Then each new file is written
//! beside its place, all are renamed, obsolete files are deleted, and finally the lock moves into place.

mod error;
mod fault;
mod replace;
mod root;
#[cfg(test)]
mod tests;

use std::{
    fs::{File, TryLockError},
    io,
};

use camino::{Utf8Path, Utf8PathBuf};

pub use error::WriteError;
pub use replace::replace;
use root::Root;

use crate::{
    diff::{Changes, Status},
    interrupt,
    tree::{Interrupted, LOCK_FILE, TreePath, place},
};

/// Suffix of a conflict report.
pub const REPORT: &str = ".rej";

/// An output root locked for this process.
#[derive(Debug)]
pub struct Writer {
    root: Root,
    lock: TreePath,
    /// Created directories above and including the root, outermost first.
    made: Vec<Utf8PathBuf>,
    /// Lock, held until the writer is dropped.
    _guard: Option<File>,
}

/// Marker that a file with conflicts contains.
const MARKER: &[u8] = b"<<<<<<< ";

/// Staged files and created directories.
#[derive(Default)]
struct Staged {
    files: Vec<TreePath>,
    folders: Vec<Utf8PathBuf>,
}

impl Writer {
    /// Opens the root, creating it if necessary. If another magespec is writing to it, calls `waits` and waits until
    /// that is done.
    ///
    /// # Errors
    /// Fails if it cannot be created, or is not a directory.
    pub fn open(path: &Utf8Path, waits: impl FnOnce()) -> Result<Self, WriteError> {
        let path = place(path);
        let failed = |error| WriteError::new("open", path, error);
        let is_missing = |dir: &&Utf8Path| !dir.as_str().is_empty() && !dir.exists();
        let mut made: Vec<Utf8PathBuf> = path.ancestors().take_while(is_missing).map(Into::into).collect();
        made.reverse();
        std::fs::create_dir_all(path).map_err(failed)?;
        let root = Root::open(path).map_err(failed)?;
        let lock = TreePath::new(LOCK_FILE).map_err(|error| failed(io::Error::other(error)))?;
        Ok(Self { root, lock, made, _guard: guard(path, waits) })
    }

    /// Applies the changes, the lock last.
    ///
    /// # Errors
    /// Fails if a file cannot be written. If staging fails, nothing was written. If a later operation fails, each file is either the old or the new one,
    /// and another run completes the change.
    pub fn apply(self, changes: &Changes) -> Result<(), WriteError> {
        let _whole = interrupt::hold();
        if let Some(conflict) = changes.conflicts().next() {
            let refused = io::Error::other("it is not magespec's to overwrite");
            let error = self.root.failed("write", conflict.path.as_path(), refused);
            self.undo(Staged::default());
            return Err(error);
        }
        if let Some(interrupted) = &changes.interrupted {
            self.recover(interrupted)?;
        }
        if changes.is_settled() {
            return Ok(());
        }
        let mut staged = Staged::default();
        if let Err(error) = self.stage(changes, &mut staged) {
            self.undo(staged);
            return Err(error);
        }
        self.place(changes)
    }

    /// Writes a conflict report beside a file, with `.rej` appended to its name. An earlier report is replaced.
    ///
    /// # Errors
    /// Fails if it cannot be written, or if a file of that name contains no conflict markers and so is not a report.
    pub fn report(&self, path: &TreePath, marked: &[u8]) -> Result<(), WriteError> {
        let _whole = interrupt::hold();
        let failed = |error| self.root.failed("write", path.as_path(), error);
        let report =
            TreePath::new(format!("{path}{REPORT}")).map_err(|error| failed(io::Error::other(error)))?;
        let before = self.root.read(&report);
        if before.is_some_and(|before| !before.windows(MARKER.len()).any(|part| part == MARKER)) {
            return Err(self.root.failed("write", report.as_path(), io::ErrorKind::AlreadyExists.into()));
        }
        self.root.remove(&report.staged())?;
        self.root.create(&report.staged(), marked, &report)?;
        self.root.rename(&report.staged(), &report)
    }

    /// Cleans up after an interrupted run: records what it wrote and deletes what it staged.
    fn recover(&self, interrupted: &Interrupted) -> Result<(), WriteError> {
        let aside = self.lock.staged();
        let further_aside = aside.staged();
        self.root.remove(&further_aside)?;
        self.root.create(&further_aside, interrupted.lock.as_bytes(), &self.lock)?;
        self.root.rename(&further_aside, &self.lock)?;
        for path in &interrupted.paths {
            self.root.remove(&path.staged())?;
            self.remove_empty_folders(path);
        }
        self.root.remove(&aside)
    }

    /// Writes the lock aside and stages each file beside its place.
    fn stage(&self, changes: &Changes, staged: &mut Staged) -> Result<(), WriteError> {
        self.create(&self.lock, changes.lock_after.as_bytes(), staged)?;
        for (path, bytes) in written(changes) {
            self.root.make_folders(path, &mut staged.folders)?;
            self.create(path, bytes, staged)?;
        }
        Ok(())
    }

    fn create(&self, path: &TreePath, bytes: &[u8], staged: &mut Staged) -> Result<(), WriteError> {
        // A failed operation may leave a partial file, which is removed too.
        staged.files.push(path.staged());
        self.root.create(&path.staged(), bytes, path)
    }

    /// Renames the staged files into place.
    fn place(&self, changes: &Changes) -> Result<(), WriteError> {
        for (path, _) in written(changes) {
            self.root.rename(&path.staged(), path)?;
        }
        for change in changes.files.iter().filter(|change| change.status == Status::Deleted) {
            self.root.remove(&change.path)?;
            self.remove_empty_folders(&change.path);
        }
        let aside = self.lock.staged();
        if changes.locks_anew() { self.root.rename(&aside, &self.lock) } else { self.root.remove(&aside) }
    }

    /// Removes empty directories above a file. It stops at the first that is not empty.
    fn remove_empty_folders(&self, path: &TreePath) {
        path.folders().take_while(|folder| self.root.remove_empty(folder)).for_each(drop);
    }

    /// Removes what was created before the failure.
    fn undo(&self, staged: Staged) {
        for path in staged.files.iter().rev() {
            let _ = self.root.remove(path);
        }
        for folder in staged.folders.iter().rev() {
            self.root.remove_empty(folder);
        }
        for dir in self.made.iter().rev() {
            let _ = std::fs::remove_dir(dir);
        }
    }
}

/// Iterates over the files to write.
fn written(changes: &Changes) -> impl Iterator<Item = (&TreePath, &[u8])> {
    let written =
        changes.files.iter().filter(|change| matches!(change.status, Status::Created | Status::Changed));
    written.filter_map(|change| Some((&change.path, change.after.as_deref()?)))
}

/// Locks the directory against other magespec processes. If a directory cannot be locked, two runs at once may each
/// write their files; each file stays whole.
fn guard(path: &Utf8Path, waits: impl FnOnce()) -> Option<File> {
    let file = File::open(path).ok()?;
    match file.try_lock() {
        Ok(()) => Some(file),
        Err(TryLockError::WouldBlock) => {
            waits();
            file.lock().ok().map(|()| file)
        }
        Err(TryLockError::Error(_)) => None,
    }
}
