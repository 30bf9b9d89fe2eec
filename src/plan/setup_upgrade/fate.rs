//! Fate of an integration in `setup:upgrade`.

use super::{Action, Cause};

/// Action on one integration, with its causes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// Name as declared; for an orphan, as in its row.
    pub name: String,
    /// The action.
    pub action: Action,
    /// All causes.
    pub causes: Vec<Cause>,
    /// Former name that its row had.
    pub former: Option<String>,
}

impl Fate {
    /// Name that an orphan may have been renamed to.
    pub(in crate::plan) fn heir(&self) -> Option<&str> {
        self.causes.iter().find(|cause| matches!(cause, Cause::Removed { .. }))?.after()
    }
}
