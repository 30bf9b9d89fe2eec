//! ACL resources of the module that is compiled.

use super::AclRow;
use crate::{catalog::ReleaseSet, names::ModuleName};

/// A resource of the module's own, in every release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnResource {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The id it hangs under; none for a root of its own.
    pub parent: Option<String>,
    /// Its place among its siblings, which for a root decides what Magento grants
    /// (docs/magento/resolving-permissions.md#third-root).
    pub sort_order: i32,
}

impl OwnResource {
    /// It as a resource of the module in these releases.
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
