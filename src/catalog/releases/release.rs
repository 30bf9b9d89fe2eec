//! A Magento release.

use std::fmt;

use crate::names::MagentoVersion;

/// Release of the catalog by its position in version order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReleaseId(pub(in crate::catalog) u8);

/// Magento release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its position in the catalog.
    pub id: ReleaseId,
    /// Its version number.
    pub version: MagentoVersion,
    /// PHP versions that it supports, as Magento's Composer constraint.
    pub php: &'static str,
    /// Its version of `magento/framework`.
    pub framework: &'static str,
    /// True if the catalog has its ACL; otherwise it uses that of the release before.
    pub has_acl: bool,
    /// Basis of its ACL or routes, whichever is known less well.
    pub basis: Basis,
}

/// Origin of what is known about a release, the best known first
/// (docs/magento/releases-and-editions.md#basis).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Read from the code of the release.
    Real,
    /// Deduced from releases before, after or of the same day, or from what Adobe publishes about this one.
    Deduced,
    /// Assumed, at least for some modules, to be as in the release before.
    Assumed,
}

impl Basis {
    pub(super) fn new(word: &str) -> Option<Self> {
        [Self::Real, Self::Deduced, Self::Assumed].into_iter().find(|basis| basis.word() == word)
    }

    fn word(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Deduced => "deduced",
            Self::Assumed => "assumed",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
