//! States of resources in a table.

use crate::catalog::ReleaseSet;

/// Row in the releases of a table, and what follows for it from its ancestors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AclState {
    /// Place of its row.
    pub(super) row: usize,
    /// Place of its parent, if the table has it.
    pub(super) parent: Option<usize>,
    pub(super) releases: ReleaseSet,
    /// Releases in which it or an ancestor is disabled: Magento removes it with everything below
    /// (docs/magento/resolving-permissions.md#disabled).
    pub(super) cut: ReleaseSet,
    /// Releases in which its topmost ancestor is Magento_Backend::admin and Magento looks up resources there.
    pub(super) below_admin: ReleaseSet,
}

impl AclState {
    /// State of a row whose ancestors are not known yet.
    pub(super) fn new(row: usize, releases: ReleaseSet) -> Self {
        let none = ReleaseSet::default();
        Self { row, parent: None, releases, cut: none, below_admin: none }
    }

    /// Releases in which Magento grants the resource.
    pub(super) fn grantable(&self) -> ReleaseSet {
        self.below_admin - self.cut
    }
}
