//! The lock file, repaired after an interrupted run.

use std::{collections::BTreeSet, fmt, io, string::FromUtf8Error};

use camino::Utf8PathBuf;

use super::{
    DamagedLock, Disk, JOURNAL_FILE, LOCK_FILE, Lock, OnDisk, TreePath, is_journal, sha256, with_lf,
};
use crate::diag::io_reason;

/// Record of the files that magespec wrote to an output root.
///
/// A run first writes its lock as a journal and finally moves it into place. A journal that is still there therefore
/// belongs to an interrupted run: each file matches either the lock or the journal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Generated files as last written.
    pub lock: Lock,
    /// Text of the lock file on disk, with LF line ends; `None` if it does not exist.
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
    /// A file with the name of the journal is not one.
    NotAJournal(Utf8PathBuf),
    /// Reading it failed.
    Unreadable(Utf8PathBuf, io::Error),
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(root, damage) => write!(f, "{root}: {damage}"),
            Self::NotAFile(path, what) => write!(f, "cannot read {path}: {what}"),
            Self::NotAJournal(path) => {
                write!(
                    f,
                    "{path} was not written by magespec, which uses that name while it writes; move it away"
                )
            }
            Self::Unreadable(path, error) => write!(f, "cannot read {path}: {}", io_reason(error)),
        }
    }
}

impl std::error::Error for LedgerError {}

impl LedgerError {
    /// Returns the path of the file that cannot be used.
    #[must_use]
    pub fn path(&self) -> Utf8PathBuf {
        match self {
            Self::Damaged(root, _) => root.join(LOCK_FILE),
            Self::NotAFile(path, _) | Self::NotAJournal(path) | Self::Unreadable(path, _) => path.clone(),
        }
    }
}

impl Ledger {
    /// Reads the lock file of an output root; a missing one is treated as empty.
    ///
    /// # Errors
    /// Fails if it exists but cannot be read, or is damaged.
    pub fn read(disk: &Disk) -> Result<Self, LedgerError> {
        let (Ok(path), Ok(journal)) = (TreePath::new(LOCK_FILE), TreePath::new(JOURNAL_FILE)) else {
            return Ok(Self::default());
        };
        let text = read_text(disk, &path)?;
        let lock = match &text {
            Some(text) => {
                Lock::parse(text).map_err(|damage| LedgerError::Damaged(disk.root().to_owned(), damage))?
            }
            None => Lock::default(),
        };
        // It is there before anything else is written: if a power failure truncated it, nothing else was.
        let bytes = read_bytes(disk, &journal)?;
        if bytes.as_ref().is_some_and(|bytes| !is_journal(bytes)) {
            return Err(LedgerError::NotAJournal(disk.root().join(journal.as_path())));
        }
        let next = bytes.map(|bytes| Lock::parse(&String::from_utf8_lossy(&bytes)).unwrap_or_default());
        let is_on_disk = |path: &TreePath, locked: &super::Locked| match disk.read(path) {
            Ok(OnDisk::File { bytes, .. }) => {
                [sha256(&bytes), sha256(with_lf(&bytes))].contains(&locked.sha256)
            }
            _ => false,
        };
        let Some(next) = next else { return Ok(Self { lock, text, interrupted: None }) };
        let paths: BTreeSet<TreePath> = next.paths().chain(lock.paths()).cloned().collect();
        let lock = lock.settle(next, is_on_disk);
        let interrupted = Interrupted { lock: lock.render(), paths };
        Ok(Self { lock, text, interrupted: Some(interrupted) })
    }
}

fn read_text(disk: &Disk, path: &TreePath) -> Result<Option<String>, LedgerError> {
    let damaged = |error: FromUtf8Error| {
        let damage = DamagedLock { message: error.utf8_error().to_string() };
        LedgerError::Damaged(disk.root().to_owned(), damage)
    };
    let bytes = read_bytes(disk, path)?.map(|bytes| with_lf(&bytes).into_owned());
    bytes.map(String::from_utf8).transpose().map_err(damaged)
}

fn read_bytes(disk: &Disk, path: &TreePath) -> Result<Option<Vec<u8>>, LedgerError> {
    let shown = || disk.root().join(path.as_path());
    match disk.read(path) {
        Ok(OnDisk::Missing) => Ok(None),
        Ok(OnDisk::File { bytes, .. }) => Ok(Some(bytes)),
        Ok(OnDisk::NotAFile { what }) => Err(LedgerError::NotAFile(shown(), what)),
        Err(error) => Err(LedgerError::Unreadable(shown(), error)),
    }
}
