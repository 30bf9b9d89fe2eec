//! A row of the ACL table.

use std::borrow::Cow;

use crate::catalog::ReleaseSet;

/// State of a resource in some releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::catalog) struct AclRow {
    pub(in crate::catalog) id: Cow<'static, str>,
    pub(in crate::catalog) parent: Option<Cow<'static, str>>,
    pub(in crate::catalog) title: Cow<'static, str>,
    pub(in crate::catalog) module: Cow<'static, str>,
    pub(in crate::catalog) sort_order: i32,
    pub(in crate::catalog) disabled: bool,
    pub(in crate::catalog) releases: ReleaseSet,
}
