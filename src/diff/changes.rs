//! Each generated file: what is to become of it.

use std::{collections::BTreeSet, io};

use super::merge::{Merge, merge};
use crate::tree::{Disk, Interrupted, LOCK_FILE, Ledger, Lock, OnDisk, Ownership, Tree, TreePath, sha256};

/// What is to become of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It is not there yet.
    Created,
    /// It is as it was written, and is made otherwise now.
    Changed,
    /// It is as it was written, and is no longer made.
    Deleted,
    /// It is not as it was written: someone edited it.
    HandEdited,
    /// It is not ours, and in the way of one that is made.
    InTheWay,
    /// It is as it is made.
    Unchanged,
}

impl Status {
    /// The status in a word or two, as reports and JSON have it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Deleted => "deleted",
            Self::HandEdited => "hand-edited",
            Self::InTheWay => "in-the-way",
            Self::Unchanged => "unchanged",
        }
    }

    /// Whether to write the file would destroy what someone else wrote.
    #[must_use]
    pub const fn is_conflict(self) -> bool {
        matches!(self, Self::HandEdited | Self::InTheWay)
    }
}

/// A generated file and what is to become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its path below the output root.
    pub path: TreePath,
    /// What is to become of it.
    pub status: Status,
    /// Its bytes on disk.
    pub before: Option<Vec<u8>>,
    /// The bytes it is made of.
    pub after: Option<Vec<u8>>,
    /// What is there if it is no file: "etc is a symbolic link".
    pub obstacle: Option<String>,
    /// Whether the file on disk may be executed.
    pub is_executable: bool,
    /// Whether edits by hand were merged into what is made.
    pub is_merged: bool,
}

/// All changes, sorted by path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// One for each file that is or was generated.
    pub files: Vec<Change>,
    /// The lock file's text on disk.
    pub lock_before: Option<String>,
    /// The lock file's text as it is to be.
    pub lock_after: String,
    /// What a run that was interrupted left.
    pub interrupted: Option<Interrupted>,
}

impl Changes {
    /// Whether nothing is to do.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.interrupted.is_none() && self.is_settled()
    }

    /// Whether nothing is to do once what an interrupted run left is cleaned up.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        !self.locks_anew() && self.files.iter().all(|change| change.status == Status::Unchanged)
    }

    /// Whether the lock file is to be written.
    #[must_use]
    pub fn locks_anew(&self) -> bool {
        let current = self.interrupted.as_ref().map(|interrupted| &interrupted.lock);
        current.or(self.lock_before.as_ref()) != Some(&self.lock_after)
    }

    /// The lock file's change, as that of a generated file; none if its text stays as it is.
    #[must_use]
    pub fn lock_change(&self) -> Option<Change> {
        let status = match &self.lock_before {
            None => Status::Created,
            Some(before) if *before != self.lock_after => Status::Changed,
            Some(_) => return None,
        };
        Some(Change {
            path: TreePath::new(LOCK_FILE).ok()?,
            status,
            before: self.lock_before.clone().map(String::into_bytes),
            after: Some(self.lock_after.clone().into_bytes()),
            obstacle: None,
            is_executable: false,
            is_merged: false,
        })
    }

    /// The changes that would destroy what someone else wrote.
    pub fn conflicts(&self) -> impl Iterator<Item = &Change> {
        self.files.iter().filter(|change| change.status.is_conflict())
    }

    /// Whether something is in the way of writing them.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.conflicts().next().is_some()
    }

    /// Leaves files to the user that are no longer made and were edited by hand: they are no longer known.
    pub fn forget(&mut self, chosen: impl Fn(&TreePath) -> bool) {
        let is_left = |change: &Change| {
            change.status == Status::HandEdited && change.after.is_none() && chosen(&change.path)
        };
        self.files.retain(|change| !is_left(change));
    }

    /// How many files have the status.
    #[must_use]
    pub fn count(&self, status: Status) -> usize {
        self.files.iter().filter(|change| change.status == status).count()
    }

    /// Takes away what others wrote, in the files that are `chosen` and where there is a file to replace: what is no
    /// file stays a conflict.
    pub fn force(&mut self, chosen: impl Fn(&TreePath) -> bool) {
        for change in self.files.iter_mut().filter(|change| change.obstacle.is_none() && chosen(&change.path))
        {
            change.status = match (change.status, &change.after) {
                (Status::HandEdited | Status::InTheWay, Some(_)) => Status::Changed,
                (Status::HandEdited, None) => Status::Deleted,
                (status, _) => status,
            };
        }
    }

    /// Merges edits by hand into what is made, starting from the files as they were written, and returns the files
    /// in which both changed the same lines: these stay conflicts, as do those that are no longer made.
    pub fn merge(&mut self, written: &Lock) -> Vec<Unmerged> {
        let mut unmerged = Vec::new();
        for change in self.files.iter_mut().filter(|change| change.status == Status::HandEdited) {
            let (Some(edited), Some(made)) = (&change.before, &change.after) else { continue };
            let Some(base) = written.base(&change.path) else {
                unmerged.push(Unmerged { path: change.path.clone(), marked: None });
                continue;
            };
            match merge(&base, made, edited) {
                Merge::Clean(merged) => {
                    let is_same = change.before.as_ref() == Some(&merged);
                    change.status = if is_same { Status::Unchanged } else { Status::Changed };
                    (change.after, change.is_merged) = (Some(merged), true);
                }
                Merge::Conflict(marked) => {
                    unmerged.push(Unmerged { path: change.path.clone(), marked: Some(marked) });
                }
            }
        }
        unmerged
    }
}

/// A file that could not be merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmerged {
    /// Its path below the output root.
    pub path: TreePath,
    /// The file with conflict markers; none if the lock does not hold what was written.
    pub marked: Option<Vec<u8>>,
}

/// A file that is there and cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    /// Its path below the output root.
    pub path: TreePath,
    /// Why.
    pub source: io::Error,
}

/// Compares the tree with the disk, what was written before in between.
///
/// # Errors
/// If a file that is there cannot be read.
pub fn compare(tree: &Tree, ledger: &Ledger, disk: &Disk) -> Result<Changes, Unreadable> {
    let made = tree.iter().map(|(path, _)| path);
    let paths: BTreeSet<&TreePath> = made.chain(ledger.lock.paths()).collect();
    let mut files = Vec::new();
    for path in paths.into_iter().filter(|path| !tree.is_released(path)) {
        let change = compare_file(path, tree, &ledger.lock, disk);
        files.extend(change.map_err(|source| Unreadable { path: path.clone(), source })?);
    }
    Ok(Changes {
        files,
        lock_before: ledger.text.clone(),
        lock_after: Lock::of(tree, &ledger.lock).render(),
        interrupted: ledger.interrupted.clone(),
    })
}

fn compare_file(path: &TreePath, tree: &Tree, lock: &Lock, disk: &Disk) -> io::Result<Option<Change>> {
    let made = tree.get(path);
    let locked = lock.get(path);
    let seeded = match made.map(|file| file.ownership) {
        Some(ownership) => ownership == Ownership::Seeded,
        None => locked.is_some_and(|locked| locked.kind != Ownership::Managed),
    };
    let (before, obstacle, is_executable) = match disk.read(path)? {
        OnDisk::Missing => (None, None, false),
        OnDisk::File { bytes, is_executable } => (Some(bytes), None, is_executable),
        OnDisk::NotAFile { what } => (None, Some(what), false),
    };
    let after = made.map(|file| file.contents.clone());
    let as_locked = before.as_ref().zip(locked).is_some_and(|(bytes, locked)| sha256(bytes) == locked.sha256);
    let as_written = as_locked || before.is_some() && before.as_deref() == tree.goes_on_from(path);
    let status = match (&before, &after) {
        (None, None) if obstacle.is_none() => return Ok(None),
        // Seeded files belong to the user once they were written, deleted ones included; shared ones that are no longer made.
        _ if seeded && (before.is_some() || locked.is_some()) => Status::Unchanged,
        _ if obstacle.is_some() => Status::InTheWay,
        (None, _) => Status::Created,
        (Some(before), Some(after)) if before == after => Status::Unchanged,
        (Some(_), Some(_)) if as_written => Status::Changed,
        (Some(_), None) if as_written => Status::Deleted,
        _ if locked.is_some() => Status::HandEdited,
        _ => Status::InTheWay,
    };
    let path = path.clone();
    Ok(Some(Change { path, status, before, after, obstacle, is_executable, is_merged: false }))
}
