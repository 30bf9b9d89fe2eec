//! Rows of ACL tables.

use std::{borrow::Cow, sync::Arc};

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

/// Rows of a catalog, and after them those of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AclRows {
    pub(super) shipped: Arc<Vec<AclRow>>,
    pub(super) own: Vec<AclRow>,
}

impl AclRows {
    pub(super) fn len(&self) -> usize {
        self.shipped.len() + self.own.len()
    }

    pub(super) fn get(&self, place: usize) -> &AclRow {
        self.shipped.get(place).unwrap_or_else(|| &self.own[place - self.shipped.len()])
    }
}
