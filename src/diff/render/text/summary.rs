//! Statistics of all comparisons.

use std::fmt;

use serde::Serialize;

use crate::diff::Status;

/// Numbers of files by status, and of added and removed lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::diff::render) struct Summary {
    /// Files to create.
    created: usize,
    /// Files to change.
    changed: usize,
    /// Files to delete.
    deleted: usize,
    /// Files that were edited by hand.
    hand_edited: usize,
    /// Files that magespec did not write.
    in_the_way: usize,
    /// Files that are up to date.
    unchanged: usize,
    /// Added lines of all files.
    added: usize,
    /// Removed lines of all files.
    removed: usize,
}

impl Summary {
    /// Counts a file with its added and removed lines.
    pub(in crate::diff::render) fn add(&mut self, status: Status, (added, removed): (usize, usize)) {
        *match status {
            Status::Created => &mut self.created,
            Status::Changed => &mut self.changed,
            Status::Deleted => &mut self.deleted,
            Status::HandEdited => &mut self.hand_edited,
            Status::InTheWay => &mut self.in_the_way,
            Status::Unchanged => &mut self.unchanged,
        } += 1;
        self.added += added;
        self.removed += removed;
    }

    /// Number of files that are not up to date.
    pub(in crate::diff::render) fn differing(&self) -> usize {
        self.counts().iter().map(|(_, count)| count).sum()
    }

    /// Number of files that are up to date.
    pub(in crate::diff::render) fn unchanged(&self) -> usize {
        self.unchanged
    }

    /// Numbers of files by status, without those that are up to date.
    pub(in crate::diff::render) fn counts(&self) -> [(Status, usize); 5] {
        [
            (Status::Created, self.created),
            (Status::Changed, self.changed),
            (Status::Deleted, self.deleted),
            (Status::HandEdited, self.hand_edited),
            (Status::InTheWay, self.in_the_way),
        ]
    }

    /// Numbers of added and removed lines.
    pub(in crate::diff::render) fn lines(&self) -> (usize, usize) {
        (self.added, self.removed)
    }
}

/// `2 files differ: 1 created, 1 edited by hand; +12 −3 lines`.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.differing() {
            0 => return write!(f, "no file differs"),
            1 => write!(f, "1 file differs: ")?,
            count => write!(f, "{count} files differ: ")?,
        }
        let counts = self.counts().into_iter().filter(|&(_, count)| count > 0);
        let counts: Vec<String> =
            counts.map(|(status, count)| format!("{count} {}", words(status))).collect();
        write!(f, "{}; +{} −{} lines", counts.join(", "), self.added, self.removed)
    }
}

/// Status in words for people.
pub(in crate::diff::render) const fn words(status: Status) -> &'static str {
    match status {
        Status::HandEdited => "edited by hand",
        Status::InTheWay => "in the way",
        status => status.as_str(),
    }
}
