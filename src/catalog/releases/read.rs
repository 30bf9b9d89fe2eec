//! Releases of the bundled catalog.

use std::sync::LazyLock;

use super::{Basis, Release, ReleaseId};
use crate::catalog::tables::rows;

const RELEASES: &str = include_str!("../data/releases.tsv");

/// All releases, oldest first.
pub(in crate::catalog) fn bundled() -> &'static [Release] {
    static BUNDLED: LazyLock<Vec<Release>> = LazyLock::new(read);
    &BUNDLED
}

fn read() -> Vec<Release> {
    let release = |(row, id): (&'static str, u8)| {
        let mut columns = row.split('\t');
        Some(Release {
            id: ReleaseId(id),
            version: columns.next()?.parse().ok()?,
            php: columns.next()?,
            framework: columns.next()?,
            has_acl: columns.next()? == "yes",
            basis: Basis::new(columns.next()?)?,
        })
    };
    rows(RELEASES).zip(0..).filter_map(release).collect()
}
