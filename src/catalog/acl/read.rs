//! The ACL of the bundled catalog.

use std::collections::HashMap;

use super::AclRow;
use crate::catalog::{
    ReleaseSet, releases,
    tables::{ReleaseRuns, rows},
};

const ACL: &str = include_str!("../data/acl.tsv");

/// Reads one row for each state of a resource.
pub(in crate::catalog) fn acl() -> Vec<AclRow> {
    let releases = ReleaseRuns::new(releases::bundled());
    // Many rows hold for the same releases.
    let mut known: HashMap<&str, ReleaseSet> = HashMap::new();
    let row = |row: &'static str| {
        let mut columns = row.split('\t');
        Some(AclRow {
            id: columns.next()?.into(),
            parent: Some(columns.next()?).filter(|parent| !parent.is_empty()).map(Into::into),
            title: columns.next()?.into(),
            module: columns.next()?.into(),
            sort_order: columns.next()?.parse().ok()?,
            disabled: columns.next()? == "1",
            releases: columns
                .next()
                .map(|runs| *known.entry(runs).or_insert_with(|| releases.parse(runs)))?,
        })
    };
    rows(ACL).filter_map(row).collect()
}

/// Modules that own resources, and those in the prefixes of ids: `Magento_Cart::cart` belongs to Magento_Quote.
pub(in crate::catalog) fn acl_modules() -> impl Iterator<Item = &'static str> {
    rows(ACL).flat_map(|row| {
        let mut columns = row.split('\t');
        let named_after = columns.next().and_then(|id| id.split("::").next());
        [named_after, columns.nth(2)].into_iter().flatten()
    })
}
