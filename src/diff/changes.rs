//! Each generated file: what is to become of it.

use std::{collections::BTreeSet, io};

use crate::tree::{Disk, Lock, OnDisk, Ownership, Tree, TreePath, sha256};

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
}

/// All changes, sorted by path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// One for each file that is or was generated.
    pub files: Vec<Change>,
    /// The lock file's new text; none if it is that already.
    pub lock: Option<String>,
}

impl Changes {
    /// Whether nothing is to do.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.lock.is_none() && self.files.iter().all(|change| change.status == Status::Unchanged)
    }

    /// The changes that would destroy what someone else wrote.
    pub fn conflicts(&self) -> impl Iterator<Item = &Change> {
        self.files.iter().filter(|change| matches!(change.status, Status::HandEdited | Status::InTheWay))
    }

    /// The changes that take edits of others away, where there is a file to replace: what is no file stays a conflict.
    #[must_use]
    pub fn forced(mut self) -> Self {
        for change in self.files.iter_mut().filter(|change| change.obstacle.is_none()) {
            change.status = match (change.status, &change.after) {
                (Status::HandEdited | Status::InTheWay, Some(_)) => Status::Changed,
                (Status::HandEdited, None) => Status::Deleted,
                (status, _) => status,
            };
        }
        self
    }
}

/// Compares the tree with the disk, the lock in between. `lock` is the lock file's text as it is, with its meaning.
///
/// # Errors
/// If a file that is there cannot be read.
pub fn compare(tree: &Tree, lock: Option<(&str, &Lock)>, disk: &Disk) -> io::Result<Changes> {
    let paths: BTreeSet<&TreePath> =
        tree.iter().map(|(path, _)| path).chain(lock.iter().flat_map(|(_, lock)| lock.paths())).collect();
    let mut files = Vec::new();
    for path in paths {
        files.extend(compare_file(path, tree, lock.map(|(_, lock)| lock), disk)?);
    }
    let text = Lock::of(tree).render();
    let is_current = lock.is_some_and(|(current, _)| current == text);
    Ok(Changes { files, lock: (!is_current).then_some(text) })
}

fn compare_file(
    path: &TreePath,
    tree: &Tree,
    lock: Option<&Lock>,
    disk: &Disk,
) -> io::Result<Option<Change>> {
    let made = tree.get(path);
    let locked = lock.and_then(|lock| lock.get(path));
    let seeded =
        made.map(|file| file.ownership).or(locked.map(|locked| locked.kind)) == Some(Ownership::Seeded);
    let (before, obstacle) = match disk.read(path)? {
        OnDisk::Missing => (None, None),
        OnDisk::File(bytes) => (Some(bytes), None),
        OnDisk::NotAFile { what } => (None, Some(what)),
    };
    let after = made.map(|file| file.contents.clone());
    let as_written =
        before.as_ref().zip(locked).is_some_and(|(bytes, locked)| sha256(bytes) == locked.sha256);
    let status = match (&before, &after) {
        (None, None) if obstacle.is_none() => return Ok(None),
        // Seeded files belong to the user once they were written, deleted ones included.
        _ if seeded && (before.is_some() || locked.is_some()) => Status::Unchanged,
        _ if obstacle.is_some() => Status::InTheWay,
        (None, _) => Status::Created,
        (Some(before), Some(after)) if before == after => Status::Unchanged,
        (Some(_), Some(_)) if as_written => Status::Changed,
        (Some(_), None) if as_written => Status::Deleted,
        _ if locked.is_some() => Status::HandEdited,
        _ => Status::InTheWay,
    };
    Ok(Some(Change { path: path.clone(), status, before, after, obstacle }))
}
