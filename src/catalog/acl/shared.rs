//! ACL tables that specs with the same target share.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::AclTable;
use crate::catalog::ReleaseSet;

/// Number of tables that are kept. An editor may try any number of targets.
const MOST: usize = 128;

/// ACL tables of a catalog by their releases.
#[derive(Debug, Default)]
pub(in crate::catalog) struct SharedAcl(Mutex<BTreeMap<ReleaseSet, Arc<AclTable>>>);

impl SharedAcl {
    /// Table of some releases, built on first use.
    pub(super) fn get(&self, releases: ReleaseSet, build: impl FnOnce() -> AclTable) -> Arc<AclTable> {
        let mut tables = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tables.len() >= MOST {
            tables.clear();
        }
        Arc::clone(tables.entry(releases).or_insert_with(|| Arc::new(build())))
    }
}

impl Clone for SharedAcl {
    /// Returns no tables: the other catalog may have other rows.
    fn clone(&self) -> Self {
        Self::default()
    }
}
