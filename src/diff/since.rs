//! Changes since an earlier state, instead of those to the files on disk.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Changes, Status};
use crate::tree::{Lock, TreePath};

impl Changes {
    /// Changes from earlier files to those that `build` would leave. Files for which `is_yours` returns true are only shown
    /// where they are new.
    #[must_use]
    pub fn since(
        &self,
        earlier: &BTreeMap<TreePath, Vec<u8>>,
        lock_before: Option<String>,
        is_yours: impl Fn(&TreePath) -> bool,
    ) -> Self {
        let now = self.files.iter().map(|change| (&change.path, left(change)));
        let now: BTreeMap<&TreePath, Option<&Vec<u8>>> = now.collect();
        let paths: BTreeSet<&TreePath> = now.keys().copied().chain(earlier.keys()).collect();
        let files = paths.into_iter().filter_map(|path| {
            let before = earlier.get(path).cloned();
            let after = now.get(path).copied().flatten().cloned();
            let status = match (&before, &after) {
                (None, None) => return None,
                (Some(_), _) if is_yours(path) => Status::Unchanged,
                (None, Some(_)) => Status::Created,
                (Some(_), None) => Status::Deleted,
                (Some(before), Some(after)) if before == after => Status::Unchanged,
                (Some(_), Some(_)) => Status::Changed,
            };
            let (obstacle, is_executable, is_merged, is_adopted) = (None, false, false, false);
            let path = path.clone();
            Some(Change { path, status, before, after, obstacle, is_executable, is_merged, is_adopted })
        });
        Self {
            files: files.collect(),
            lock_before,
            lock_after: self.lock_after.clone(),
            locks: (Lock::default(), Lock::default()),
            interrupted: None,
        }
    }
}

/// Bytes of a file after a build.
fn left(change: &Change) -> Option<&Vec<u8>> {
    match change.status {
        Status::Unchanged => change.before.as_ref(),
        _ => change.after.as_ref(),
    }
}
