//! The lock file, repaired after an interrupted run.

use std::{collections::BTreeSet, fmt, io};

use camino::Utf8PathBuf;

use super::{DamagedLock, Disk, LOCK_FILE, Lock, OnDisk, TreePath, sha256};
use crate::diag::io_reason;

/// Record of the files that magespec wrote to an output root.
///
/// A run first writes its lock aside and finally moves it into place. A lock that is still aside therefore belongs to
/// an interrupted run: each file matches either the lock or the one aside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Generated files as last written.
    pub lock: Lock,
    /// Text of the lock file on disk; `None` if it does not exist.
    pub text: Option<String>,
    /// Remains of an interrupted run.
    pub interrupted: Option<Interrupted>,
}

/// Remains of an interrupted run, to be cleaned up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interrupted {
    /// Text of the lock file that matches the disk.
    pub lock: String,
    /// Files that it was about to write or delete: some may be staged beside their place, and some of their
    /// directories may be empty.
    pub paths: BTreeSet<TreePath>,
}

/// A lock file that cannot be used.
#[derive(Debug)]
pub enum LedgerError {
    /// The text is invalid.
    Damaged(Utf8PathBuf, DamagedLock),
    /// It exists but is not a file: "integration.lock is a directory".
    NotAFile(Utf8PathBuf, String),
    /// Reading it failed.
    Unreadable(Utf8PathBuf, io::Error),
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(root, damage) => write!(f, "{root}: {damage}"),
            Self::NotAFile(path, what) => write!(f, "cannot read {path}: {what}"),
            Self::Unreadable(path, error) => write!(f, "cannot read {path}: {}", io_reason(error)),
        }
    }
}

impl std::error::Error for LedgerError {}

impl Ledger {
    /// Reads the lock file of an output root; a missing one is treated as empty.
    ///
    /// # Errors
    /// Fails if it exists but cannot be read, or is damaged.
    pub fn read(disk: &Disk) -> Result<Self, LedgerError> {
        let Ok(path) = TreePath::new(LOCK_FILE) else { return Ok(Self::default()) };
        let text = read_text(disk, &path)?;
        let lock = match &text {
            Some(text) => {
                Lock::parse(text).map_err(|damage| LedgerError::Damaged(disk.root().to_owned(), damage))?
            }
            None => Lock::default(),
        };
        // It is written before anything else: if it is truncated, nothing else was written.
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
