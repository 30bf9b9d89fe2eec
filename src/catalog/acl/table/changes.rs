//! Differences between the ACL trees of two releases.

use super::AclTable;
use crate::catalog::{ReleaseId, renamed};

/// Change of a resource from one release to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AclChange<'a> {
    /// New, below this parent.
    Added {
        /// Id of its parent.
        parent: Option<&'a str>,
    },
    /// Gone.
    Removed {
        /// Its new name, if known.
        now: Option<&'a str>,
    },
    /// Under another parent.
    Moved {
        /// Old parent.
        from: Option<&'a str>,
        /// New parent.
        to: Option<&'a str>,
    },
    /// Another title.
    Renamed {
        /// Old title.
        from: &'a str,
        /// New title.
        to: &'a str,
    },
    /// Newly disabled: it can no longer be granted.
    SwitchedOff,
    /// No longer disabled.
    SwitchedOn,
}

/// Resource that differs between two releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AclChanged<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title in the later release that has it.
    pub title: &'a str,
    /// Its change.
    pub change: AclChange<'a>,
}

impl AclChange<'_> {
    /// Name of the kind in one word.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Added { .. } => "added",
            Self::Removed { .. } => "removed",
            Self::Moved { .. } => "moved",
            Self::Renamed { .. } => "renamed",
            Self::SwitchedOff => "disabled",
            Self::SwitchedOn => "enabled",
        }
    }
}

impl AclTable {
    /// Lists the differences between two releases, by kind of change and then by id.
    #[must_use]
    pub fn changes(&self, from: ReleaseId, to: ReleaseId) -> Vec<AclChanged<'_>> {
        let mut all = Vec::new();
        for id in self.ids() {
            let mut changed = |title, change| all.push(AclChanged { id, title, change });
            match (self.state(id, from), self.state(id, to)) {
                (None, Some(new)) => {
                    changed(&new.title, AclChange::Added { parent: new.parent.as_deref() });
                }
                (Some(old), None) => {
                    let now = renamed(id).filter(|new| self.state(new, to).is_some());
                    changed(&old.title, AclChange::Removed { now });
                }
                (Some(old), Some(new)) => {
                    if old.parent != new.parent {
                        let (from, to) = (old.parent.as_deref(), new.parent.as_deref());
                        changed(new.title.as_ref(), AclChange::Moved { from, to });
                    }
                    if old.title != new.title {
                        changed(&new.title, AclChange::Renamed { from: &old.title, to: &new.title });
                    }
                    let was_off = self.disabled(id).contains(from);
                    match (was_off, self.disabled(id).contains(to)) {
                        (false, true) => changed(&new.title, AclChange::SwitchedOff),
                        (true, false) => changed(&new.title, AclChange::SwitchedOn),
                        _ => {}
                    }
                }
                (None, None) => {}
            }
        }
        all.sort_by_key(|changed| (changed.change.word(), changed.id));
        all
    }
}
