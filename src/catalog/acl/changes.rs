//! What differs between the trees of two releases.

use super::AclTable;
use crate::catalog::{ReleaseId, renamed};

/// What became of a resource from one release to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AclChange<'a> {
    /// It came, below this parent.
    Added {
        /// The id it hangs under.
        parent: Option<&'a str>,
    },
    /// It went.
    Removed {
        /// The name under which it is there now, where that is known.
        now: Option<&'a str>,
    },
    /// It hangs under another parent.
    Moved {
        /// The old parent.
        from: Option<&'a str>,
        /// The new one.
        to: Option<&'a str>,
    },
    /// It has another title.
    Renamed {
        /// The old title.
        from: &'a str,
        /// The new one.
        to: &'a str,
    },
    /// Magento switched it off: it can no longer be granted.
    SwitchedOff,
    /// It is no longer switched off.
    SwitchedOn,
}

/// A resource that is not the same in two releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AclChanged<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title in the later release that has it.
    pub title: &'a str,
    /// What became of it.
    pub change: AclChange<'a>,
}

impl AclChange<'_> {
    /// The kind in one word.
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
    /// What differs between two releases of the table, by kind of change and then by id.
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
