//! The ACL of the bundled catalog.

use std::collections::HashMap;

use super::AclRow;
use crate::catalog::{
    ReleaseSet, releases,
    tables::{ReleaseRuns, columns, rows},
};

const ACL: &str = include_str!("../data/acl.tsv");

/// Reads one row for each state of a resource.
pub(in crate::catalog) fn acl() -> Vec<AclRow> {
    let releases = ReleaseRuns::new(releases::bundled());
    // Many rows hold for the same releases.
    let mut known: HashMap<&str, ReleaseSet> = HashMap::new();
    let row = |row: &'static str| {
        let [id, parent, title, module, sort_order, disabled, runs] = columns(row);
        Some(AclRow {
            id: id.into(),
            parent: Some(parent).filter(|parent| !parent.is_empty()).map(Into::into),
            title: title.into(),
            module: module.into(),
            sort_order: sort_order.parse().ok()?,
            disabled: disabled == "1",
            releases: *known.entry(runs).or_insert_with(|| releases.parse(runs)),
        })
    };
    let mut all = Vec::with_capacity(rows(ACL).count());
    all.extend(rows(ACL).filter_map(row));
    all
}

/// Modules that own resources, and those in the prefixes of ids: `Magento_Cart::cart` belongs to Magento_Quote.
pub(in crate::catalog) fn acl_modules() -> impl Iterator<Item = &'static str> {
    rows(ACL).flat_map(|row| {
        let [id, _, _, module] = columns(row);
        [id.split("::").next().unwrap_or_default(), module]
    })
}
