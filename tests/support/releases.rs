//! Releases of the bundled catalog.

use magespec::catalog::{Catalog, ReleaseSet, Target};

pub(crate) fn target(constraint: &str) -> Target {
    let target = Catalog::bundled().resolve(&constraint.parse().unwrap());
    target.unwrap_or_else(|| panic!("{constraint}"))
}

pub(crate) fn in_releases(constraint: &str) -> ReleaseSet {
    target(constraint).releases
}
