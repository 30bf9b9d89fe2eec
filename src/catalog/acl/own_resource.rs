//! ACL resources that the compiled module declares.

use super::AclRow;
use crate::{catalog::ReleaseSet, names::ModuleName};

/// ACL resource declared by the module, in every release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnResource {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Id of its parent; none if it is a root.
    pub parent: Option<String>,
    /// Sort order among its siblings; for a root it decides what Magento grants
    /// (docs/magento/resolving-permissions.md#third-root).
    pub sort_order: i32,
}

impl OwnResource {
    /// Converts it to a row of the table for these releases.
    pub(in crate::catalog) fn row(self, module: &ModuleName, releases: ReleaseSet) -> AclRow {
        AclRow {
            id: self.id.into(),
            parent: self.parent.map(Into::into),
            title: self.title.into(),
            module: module.to_string().into(),
            sort_order: self.sort_order,
            disabled: false,
            releases,
        }
    }
}
