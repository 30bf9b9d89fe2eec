//! ACL, routes and packages, which the scanner of shops reads.

use super::blocks::Blocks;
use crate::{root::Root, tables::ScannedBlock};

/// Rows of `acl.tsv`.
pub(super) fn acl(root: &Root) -> Vec<ScannedBlock> {
    let mut blocks = Blocks::default();
    for (id, resource) in &root.shop.resources {
        blocks.line([
            id,
            resource.parent.as_deref().unwrap_or_default(),
            &resource.title,
            &resource.module,
            &resource.sort_order.to_string(),
            if resource.is_disabled { "1" } else { "0" },
        ]);
    }
    blocks.finish()
}

/// Rows of `routes.tsv`.
pub(super) fn routes(root: &Root) -> Vec<ScannedBlock> {
    let mut blocks = Blocks::default();
    for ((path, method), by_module) in &root.shop.routes {
        let mut resources: Vec<&str> = by_module.values().flatten().map(String::as_str).collect();
        resources.sort_unstable();
        resources.dedup();
        blocks.line([path, method, &resources.join(" ")]);
    }
    blocks.finish()
}

/// Rows of `packages.tsv`. A module without a version, as in a checkout, has none.
pub(super) fn packages(root: &Root) -> Vec<ScannedBlock> {
    let mut blocks = Blocks::default();
    for module in &root.modules {
        if let (Some(package), Some(version)) = (&module.package.package, &module.package.version) {
            blocks.below([&module.name, package], [version]);
        }
    }
    blocks.finish()
}
