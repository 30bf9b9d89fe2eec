//! Releases in the words of messages.

use super::{Catalog, ReleaseSet};

impl Catalog {
    /// The releases of the set whose ACL is known; the whole set if no ACL in it is.
    #[must_use]
    pub fn known_or_all(&self, set: ReleaseSet) -> ReleaseSet {
        let known = self.known(set);
        if known.is_empty() { set } else { known }
    }

    /// ` in 2.4.4..2.4.6` for something that does not hold in all the releases that are looked at; otherwise nothing.
    #[must_use]
    pub fn when_in(&self, holds: ReleaseSet, all: ReleaseSet) -> String {
        if holds == all { String::new() } else { format!(" in {}", self.describe(self.known_or_all(holds))) }
    }
}
