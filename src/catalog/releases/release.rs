//! A Magento release.

use crate::names::MagentoVersion;

/// A release of the catalog: its place in version order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReleaseId(pub(in crate::catalog) u8);

/// A Magento release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its place in the catalog.
    pub id: ReleaseId,
    /// Its number.
    pub version: MagentoVersion,
    /// The PHP versions it runs on, a Composer constraint as Magento writes it.
    pub php: &'static str,
    /// The version of `magento/framework` in it.
    pub framework: &'static str,
    /// Whether its ACL is known; otherwise that of the release before stands in.
    pub has_acl: bool,
}
