//! States of resources in a table.

use crate::catalog::ReleaseSet;

/// Row in the releases of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AclState {
    /// Place of its row.
    pub(super) row: usize,
    /// Place of its parent, if the table has it.
    pub(super) parent: Option<usize>,
    pub(super) releases: ReleaseSet,
}

impl AclState {
    /// State of a row whose parent is not known yet.
    pub(super) fn new(row: usize, releases: ReleaseSet) -> Self {
        Self { row, parent: None, releases }
    }
}
