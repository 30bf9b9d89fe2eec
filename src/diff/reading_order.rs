//! Order in which people read changes: what Magento does first, what follows from it last.

use super::{Change, Comparison, render::Layout};
use crate::tree::LOCK_FILE;

/// Place of a file in a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Integrations,
    Resources,
    Xml,
    Php,
    Tests,
    Other,
    Readme,
    Lock,
}

impl Change {
    fn rank(&self) -> Rank {
        let path = self.path.as_path();
        let is = |name: &str| path.ends_with(name);
        match path.extension() {
            _ if self.is_lock() => Rank::Lock,
            _ if is("README.md") => Rank::Readme,
            _ if is("etc/integration.xml")
                || is("etc/integration/config.xml")
                || is("etc/integration/api.xml") =>
            {
                Rank::Integrations
            }
            _ if is("etc/acl.xml") => Rank::Resources,
            Some("xml") => Rank::Xml,
            _ if path.components().any(|part| part.as_str() == "Test") => Rank::Tests,
            Some("php") => Rank::Php,
            _ => Rank::Other,
        }
    }

    /// Returns true for the lock file.
    pub(super) fn is_lock(&self) -> bool {
        self.path.as_str() == LOCK_FILE
    }

    /// Returns true if formats for people only name the file: it repeats what the other files say, and does not stop `build`.
    pub(super) fn is_folded(&self, layout: Layout) -> bool {
        !layout.unfolds && self.rank() >= Rank::Readme && !self.status.is_conflict()
    }
}

impl Comparison {
    /// Files that are not up to date, as people read them, the lock last. A lock that changes alone is not among them.
    pub(super) fn reading_order<'a>(&'a self, lock: &'a Option<Change>) -> Vec<&'a Change> {
        let mut files: Vec<&Change> = self.differing().collect();
        files.sort_by_key(|change| change.rank());
        if self.earlier.is_some() || !files.is_empty() {
            files.extend(lock);
        }
        files
    }
}
