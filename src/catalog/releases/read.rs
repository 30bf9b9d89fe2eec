//! Releases of the bundled catalog.

use std::sync::LazyLock;

use super::{Basis, Release, ReleaseId};
use crate::catalog::tables::{columns, rows};

const RELEASES: &str = include_str!("../data/releases.tsv");

/// All releases, oldest first.
pub(in crate::catalog) fn bundled() -> &'static [Release] {
    static BUNDLED: LazyLock<Vec<Release>> = LazyLock::new(read);
    &BUNDLED
}

fn read() -> Vec<Release> {
    let release = |(row, id): (&'static str, u8)| {
        let [version, php, framework, has_acl, basis] = columns(row);
        Some(Release {
            id: ReleaseId(id),
            version: version.parse().ok()?,
            php,
            framework,
            has_acl: has_acl == "yes",
            basis: Basis::new(basis)?,
        })
    };
    rows(RELEASES).zip(0..).filter_map(release).collect()
}
