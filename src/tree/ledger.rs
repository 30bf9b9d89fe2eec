//! What the lock file says, mended after a run that was interrupted.

use std::{collections::BTreeSet, fmt, io};

use camino::Utf8PathBuf;

use super::{DamagedLock, Disk, LOCK_FILE, Lock, OnDisk, TreePath, sha256};

/// What magespec knows to have written to an output root.
///
/// A run writes its lock aside before anything else and moves it into place after everything else. One that lies
/// aside is therefore of a run that was interrupted: each file is as the lock or as the one aside has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The generated files as they were last written.
    pub lock: Lock,
    /// The lock file's text as it is on disk; none if there is no such file.
    pub text: Option<String>,
    /// What a run that was interrupted left.
    pub interrupted: Option<Interrupted>,
}

/// What is to be cleaned up after a run that was interrupted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interrupted {
    /// The lock file's text that says what is on disk.
    pub lock: String,
    /// The files it was to write or to delete: some may lie staged beside their place, and some of their folders may
    /// be empty.
    pub paths: BTreeSet<TreePath>,
}

/// A lock file that cannot be used.
#[derive(Debug)]
pub enum LedgerError {
    /// Its text makes no sense.
    Damaged(Utf8PathBuf, DamagedLock),
    /// It is there and is no file: "integration.lock is a directory".
    NotAFile(Utf8PathBuf, String),
    /// It cannot be read.
    Unreadable(Utf8PathBuf, io::Error),
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(root, damage) => write!(f, "{root}: {damage}"),
            Self::NotAFile(path, what) => write!(f, "cannot read {path}: {what}"),
            Self::Unreadable(path, error) => write!(f, "cannot read {path}: {error}"),
        }
    }
}

impl std::error::Error for LedgerError {}

impl Ledger {
    /// Reads the lock file of an output root; one that is not there is as good as empty.
    ///
    /// # Errors
    /// If it is there and cannot be read, or is damaged.
    pub fn read(disk: &Disk) -> Result<Self, LedgerError> {
        let Ok(path) = TreePath::new(LOCK_FILE) else { return Ok(Self::default()) };
        let text = read_text(disk, &path)?;
        let lock = match &text {
            Some(text) => {
                Lock::parse(text).map_err(|damage| LedgerError::Damaged(disk.root().to_owned(), damage))?
            }
            None => Lock::default(),
        };
        // It is written before anything else: one that is cut off says that nothing else was.
        let aside = read_text(disk, &path.staged())?;
        let next = aside.map(|text| Lock::parse(&text).unwrap_or_default());
        let is_on_disk = |path: &TreePath, locked: &super::Locked| matches!(disk.read(path), Ok(OnDisk::File { bytes, .. }) if sha256(&bytes) == locked.sha256);
        let Some(next) = next else { return Ok(Self { lock, text, interrupted: None }) };
        let paths: BTreeSet<TreePath> = next.paths().chain(lock.paths()).cloned().collect();
        let lock = lock.settle(next, is_on_disk);
        let interrupted = Interrupted { lock: lock.render(), paths };
        Ok(Self { lock, text, interrupted: Some(interrupted) })
    }
}

fn read_text(disk: &Disk, path: &TreePath) -> Result<Option<String>, LedgerError> {
    let shown = || disk.root().join(path.as_path());
    match disk.read(path) {
        Ok(OnDisk::Missing) => Ok(None),
        Ok(OnDisk::File { bytes, .. }) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(error) => Err(LedgerError::Damaged(
                disk.root().to_owned(),
                DamagedLock { message: error.utf8_error().to_string() },
            )),
        },
        Ok(OnDisk::NotAFile { what }) => Err(LedgerError::NotAFile(shown(), what)),
        Err(error) => Err(LedgerError::Unreadable(shown(), error)),
    }
}
