//! The changes of one output root, with what the formats ask of them.

use camino::{Utf8Path, Utf8PathBuf};

use super::{Change, Changes, Status};
use crate::tree::{LOCK_FILE, place};

/// The changes of one output root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The module's name.
    pub module: String,
    /// The output root as its paths are shown; empty for the current directory.
    pub root: Utf8PathBuf,
    /// What is to become of its files.
    pub changes: Changes,
}

impl Comparison {
    /// The output root, `.` for the current directory.
    #[must_use]
    pub fn place(&self) -> &Utf8Path {
        place(&self.root)
    }

    /// The path of a file as it is shown.
    pub(super) fn shown(&self, change: &Change) -> Utf8PathBuf {
        self.root.join(change.path.as_path())
    }

    /// The files that are not as they are made.
    pub(super) fn differing(&self) -> impl Iterator<Item = &Change> {
        self.changes.files.iter().filter(|change| change.status != Status::Unchanged)
    }

    /// The path of the lock file, if it alone is to be written: it is missing, or a run was interrupted.
    pub(super) fn lone_lock(&self) -> Option<Utf8PathBuf> {
        let is_lone = !self.changes.is_clean() && self.differing().next().is_none();
        is_lone.then(|| self.root.join(LOCK_FILE))
    }
}

impl Change {
    /// What keeps `build` from writing the file; none if nothing does.
    #[must_use]
    pub fn conflict(&self) -> Option<String> {
        match (self.status, &self.obstacle) {
            (Status::HandEdited | Status::InTheWay, Some(obstacle)) => {
                Some(format!("{obstacle}; move it out of the way"))
            }
            (Status::HandEdited, None) if self.after.is_none() => Some(
                "it was edited by hand since magespec wrote it, and the spec no longer makes it".to_owned(),
            ),
            (Status::HandEdited, None) => Some("it was edited by hand since magespec wrote it".to_owned()),
            (Status::InTheWay, None) => Some("it is there, and magespec did not write it".to_owned()),
            _ => None,
        }
    }
}
