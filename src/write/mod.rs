//! Changes to disk. Everything is staged first, then renamed into place: at any time each file is either the old or
//! the new one.
//!
//! The order makes an interrupted run harmless. First the new lock is written as a journal; it lists every file that is
//! about to change, so that the next run recognises its own work (`tree::Ledger`). Then each new file is written
//! beside its place, all are flushed to the disk and renamed, obsolete files are deleted, and finally the journal becomes
//! the lock.

mod adopt;
mod error;
mod fault;
mod private;
mod root;
mod single;
mod temporary;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{File, TryLockError},
    hash::{BuildHasher as _, RandomState},
    io,
};

use camino::{Utf8Path, Utf8PathBuf};

pub use error::WriteError;
use memchr::memmem;
pub use private::PrivateFile;
use root::{Root, refuse_git};
use single::SpecEdit;
pub use single::{Created, create, create_with_folder, edit, publish, publish_cache, publish_with_folder};
pub use temporary::{TemporaryFolder, create_log};

use crate::{
    diff::{Changes, Status},
    interrupt,
    tree::{Interrupted, JOURNAL_FILE, LOCK_FILE, TreePath, place, staged_name},
};

/// Suffix of a conflict report.
pub const REPORT: &str = ".rej";

/// An output root locked for this process.
#[derive(Debug)]
pub struct Writer {
    root: Root,
    /// Number of this run, part of the names of its staged files.
    run: u32,
    /// Edit of the spec to write together with the changes.
    edit: Option<SpecEdit>,
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
    files: Vec<Utf8PathBuf>,
    folders: Vec<Utf8PathBuf>,
}

impl Writer {
    /// Opens the root, creating it if necessary. If another magespec is writing to it, calls `waits` with
    /// the root and waits until that is done.
    ///
    /// # Errors
    /// Fails if it cannot be created, is not a directory, or is inside a .git directory.
    pub fn open(path: &Utf8Path, waits: impl FnOnce(&Utf8Path)) -> Result<Self, WriteError> {
        let path = place(path);
        let failed = |error| WriteError::new("open", path, error);
        let made = make_folders(path).map_err(|error| WriteError::new("create", path, error))?;
        let root = Root::open(path).map_err(failed)?;
        Ok(Self { root, run: run_number(), edit: None, made, _guard: guard(path, waits) })
    }

    /// Does not flush what it writes to the disk: after a power failure, files may be empty or cut off.
    #[must_use]
    pub fn without_sync(mut self) -> Self {
        self.root.syncs = false;
        self
    }

    /// Adds the replacement of the spec's text to the changes. A symbolic link stays a link, and a byte order mark is kept.
    ///
    /// # Errors
    /// Fails if the spec cannot be read.
    pub fn with_edit(mut self, spec: &Utf8Path, text: &str) -> Result<Self, WriteError> {
        self.edit = Some(SpecEdit::new(spec, text, self.root.syncs)?);
        Ok(self)
    }

    /// Applies the changes, the lock last.
    ///
    /// # Errors
    /// Fails if a file cannot be written. If staging failed, nothing has changed; otherwise each file is old or new, and
    /// another run completes the change.
    pub fn apply(self, changes: &Changes) -> Result<(), WriteError> {
        let _whole = interrupt::hold();
        self.apply_all(changes)
    }

    /// Applies changes that delete all files, then deletes the lock and the directories that are now empty: the root, too,
    /// and the one above it.
    ///
    /// # Errors
    /// Fails if a file cannot be deleted; another run completes the removal.
    pub fn clear(self, changes: &Changes) -> Result<(), WriteError> {
        let _whole = interrupt::hold();
        self.apply_all(changes)?;
        if changes.files.iter().all(|it| it.status == Status::Deleted) {
            self.root.remove(LOCK_FILE.into())?;
            self.root.sync("".into())?;
            let folders = [Some(self.root.path()), self.root.path().parent()].into_iter().flatten();
            // Directories with files of the user stay; the last one is the vendor's.
            let _ = folders.map(std::fs::remove_dir).find(Result::is_err);
        }
        Ok(())
    }

    fn apply_all(&self, changes: &Changes) -> Result<(), WriteError> {
        if let Some(conflict) = changes.conflicts().next() {
            let refused = io::Error::other("it is not magespec's to overwrite");
            let error = self.root.failed("write", conflict.path.as_path(), refused);
            self.undo(Staged::default());
            return Err(error);
        }
        if let Some(interrupted) = &changes.interrupted {
            self.recover(interrupted)?;
        }
        if changes.is_settled() && self.edit.is_none() {
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
        let name = format!("{}{REPORT}", path.name());
        let report = path.with_name(&name);
        let is_report = |bytes: Vec<u8>| memmem::find(&bytes, MARKER).is_some();
        if self.root.exists(&report) && !self.root.read(&report)?.is_some_and(is_report) {
            return Err(self.root.failed("write", &report, io::ErrorKind::AlreadyExists.into()));
        }
        self.root.remove_staged(path.folder(), &[&name])?;
        let staged = path.with_name(&staged_name(&name, self.run));
        // It has the lines of the file, so whoever cannot read that cannot read the report.
        self.root.create(&staged, marked, path.as_path())?;
        self.root.rename(&staged, &report)?;
        self.root.sync(path.folder())
    }

    /// Cleans up after an interrupted run: records what it wrote and deletes what it staged.
    fn recover(&self, interrupted: &Interrupted) -> Result<(), WriteError> {
        let mut names: BTreeMap<&Utf8Path, Vec<&str>> = BTreeMap::new();
        names.insert("".into(), vec![LOCK_FILE]);
        for path in &interrupted.paths {
            names.entry(path.folder()).or_default().push(path.name());
        }
        names.iter().try_for_each(|(folder, names)| self.root.remove_staged(folder, names))?;
        let staged = Utf8PathBuf::from(staged_name(LOCK_FILE, self.run));
        self.root.create(&staged, interrupted.lock.as_bytes(), LOCK_FILE.into())?;
        self.root.rename(&staged, LOCK_FILE.into())?;
        self.root.sync("".into())?;
        interrupted.paths.iter().for_each(|path| self.remove_empty_folders(path));
        self.root.remove(JOURNAL_FILE.into())?;
        self.root.sync("".into())
    }

    /// Writes the journal, stages each file beside its place and flushes all to the disk.
    fn stage(&self, changes: &Changes, staged: &mut Staged) -> Result<(), WriteError> {
        self.write_journal(changes.lock_after.as_bytes(), staged)?;
        for (path, bytes) in written(changes) {
            self.root.make_folders(path, &mut staged.folders)?;
            let beside = self.beside(path);
            self.root.create(&beside, bytes, path.as_path())?;
            staged.files.push(beside);
        }
        if let Some(edit) = &self.edit {
            edit.stage()?;
        }
        let made = staged.folders.iter().filter_map(|folder| folder.parent());
        let folders: BTreeSet<&Utf8Path> =
            written(changes).map(|(path, _)| path.folder()).chain(made).collect();
        let folders = folders.into_iter().filter(|folder| !folder.as_str().is_empty());
        folders.chain(["".into()]).try_for_each(|folder| self.root.sync(folder))
    }

    fn write_journal(&self, lock: &[u8], staged: &mut Staged) -> Result<(), WriteError> {
        self.root.create(JOURNAL_FILE.into(), lock, LOCK_FILE.into())?;
        staged.files.push(JOURNAL_FILE.into());
        Ok(())
    }

    fn beside(&self, path: &TreePath) -> Utf8PathBuf {
        path.with_name(&staged_name(path.name(), self.run))
    }

    /// Renames the staged files into place.
    fn place(&self, changes: &Changes) -> Result<(), WriteError> {
        if let Some(edit) = &self.edit {
            edit.place()?;
        }
        let mut folders: BTreeSet<&Utf8Path> = BTreeSet::new();
        for (path, _) in written(changes) {
            self.root.rename(&self.beside(path), path.as_path())?;
            folders.insert(path.folder());
        }
        for change in changes.files.iter().filter(|change| change.status == Status::Deleted) {
            self.root.remove(change.path.as_path())?;
            self.remove_empty_folders(&change.path);
            folders.extend(change.path.folders());
        }
        folders.into_iter().try_for_each(|folder| self.root.sync(folder))?;
        let journal = Utf8Path::new(JOURNAL_FILE);
        match changes.locks_anew() {
            true => self.root.rename(journal, LOCK_FILE.into())?,
            false => self.root.remove(journal)?,
        }
        self.root.sync("".into())
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
        self.edit.iter().for_each(SpecEdit::undo);
        for folder in staged.folders.iter().rev() {
            self.root.remove_empty(folder);
        }
        remove_folders(&self.made);
    }
}

/// Creates the missing directories of a path and returns them, outermost first; none inside a .git directory.
fn make_folders(path: &Utf8Path) -> io::Result<Vec<Utf8PathBuf>> {
    if path.is_dir() {
        return Ok(Vec::new());
    }
    refuse_git(path)?;
    let is_missing = |dir: &&Utf8Path| !dir.as_str().is_empty() && !dir.exists();
    let mut made: Vec<Utf8PathBuf> = path.ancestors().take_while(is_missing).map(Into::into).collect();
    made.reverse();
    std::fs::create_dir_all(path)?;
    Ok(made)
}

/// Removes the directories again, unless they have files by now.
fn remove_folders(made: &[Utf8PathBuf]) {
    for dir in made.iter().rev() {
        let _ = std::fs::remove_dir(dir);
    }
}

/// Iterates over the files to write.
fn written(changes: &Changes) -> impl Iterator<Item = (&TreePath, &[u8])> {
    let written =
        changes.files.iter().filter(|change| matches!(change.status, Status::Created | Status::Changed));
    written.filter_map(|change| Some((&change.path, change.after.as_deref()?)))
}

/// A number that no other run has, by all likelihood.
fn run_number() -> u32 {
    let random = RandomState::new().hash_one(std::process::id());
    u32::try_from(random >> 32).unwrap_or_default()
}

/// Locks the directory against other magespec processes. If a directory cannot be locked, two runs at once may each
/// write their files; each file stays whole.
fn guard(path: &Utf8Path, waits: impl FnOnce(&Utf8Path)) -> Option<File> {
    let file = File::open(path).ok()?;
    match file.try_lock() {
        Ok(()) => Some(file),
        Err(TryLockError::WouldBlock) => {
            waits(path);
            file.lock().ok().map(|()| file)
        }
        Err(TryLockError::Error(_)) => None,
    }
}
