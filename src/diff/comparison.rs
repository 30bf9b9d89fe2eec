//! Changes of one output root, prepared for the renderers.

use camino::{Utf8Path, Utf8PathBuf};

use super::{Change, Changes, Status, hunk::TOO_LARGE};
use crate::{
    diag::with_slashes,
    tree::{LOCK_FILE, place},
};

/// Changes of one output root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Module name.
    pub module: String,
    /// Output root as shown in paths; empty for the current directory.
    pub root: Utf8PathBuf,
    /// Earlier state that the spec is compared with; none for the files on disk.
    pub earlier: Option<String>,
    /// Pending changes of its files.
    pub changes: Changes,
}

impl Comparison {
    /// Output root, `.` for the current directory.
    #[must_use]
    pub fn place(&self) -> &Utf8Path {
        place(&self.root)
    }

    /// Displayed path of a file.
    pub(super) fn shown(&self, change: &Change) -> Utf8PathBuf {
        with_slashes(self.root.join(change.path.as_path())).into()
    }

    /// Files that are not up to date.
    pub fn differing(&self) -> impl Iterator<Item = &Change> {
        self.changes.files.iter().filter(|change| change.status != Status::Unchanged)
    }

    /// Path of the lock file, if only it changes: it is missing, or a run was interrupted.
    pub(super) fn lone_lock(&self) -> Option<Utf8PathBuf> {
        let is_lone = self.earlier.is_none() && !self.changes.is_clean() && self.differing().next().is_none();
        is_lone.then(|| with_slashes(self.root.join(LOCK_FILE)).into())
    }
}

impl Change {
    /// Reason why `build` does not write the file, if any.
    #[must_use]
    pub fn conflict(&self) -> Option<String> {
        match (self.status, &self.obstacle) {
            (Status::HandEdited | Status::InTheWay, Some(obstacle)) => {
                Some(format!("{obstacle}; move it out of the way"))
            }
            (Status::HandEdited, None) if self.after.is_none() => {
                Some("edited by hand since the last build, and the spec no longer generates it".to_owned())
            }
            (Status::HandEdited, None) => Some("edited by hand since the last build".to_owned()),
            (Status::InTheWay, None) if self.after.is_none() => {
                Some(format!("{LOCK_FILE} lists it, but magespec did not write it"))
            }
            (Status::InTheWay, None) => Some("exists, but was not written by magespec".to_owned()),
            _ => None,
        }
    }

    /// Reason why a patch leaves the change out, if any: it only patches files, and deletes none that was edited.
    #[must_use]
    pub fn unpatched(&self) -> Option<String> {
        match self.conflict() {
            Some(conflict) if self.obstacle.is_some() || self.after.is_none() => Some(conflict),
            _ => self.is_too_large().then(|| TOO_LARGE.to_owned()),
        }
    }
}
