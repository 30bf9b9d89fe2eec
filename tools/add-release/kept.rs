//! Modules that a checkout lacks: the repository has its own modules only, and not those of other packages that the release
//! ships. What the release before has of them is kept.

use std::collections::{BTreeMap, BTreeSet};

use magespec::names::MagentoVersion;

use crate::{
    root::{Distribution, Root},
    tables::{Columns, Contents, ScannedBlock, Tables},
};

/// Adds what the release before has of modules that a checkout lacks, and returns their names.
pub(crate) fn keep(
    contents: &mut Contents,
    tables: &Tables,
    before: MagentoVersion,
    root: &Root,
) -> Vec<String> {
    if root.distribution != Distribution::Checkout {
        return Vec::new();
    }
    let present: BTreeSet<&str> = root.modules.iter().map(|module| module.name.as_str()).collect();
    let shipped = tables.sheet("packages").map(|sheet| sheet.of(before)).unwrap_or_default();
    let lacking: BTreeSet<String> = shipped
        .iter()
        .map(|block| block.id.first().to_owned())
        .filter(|name| !present.contains(name.as_str()))
        .collect();
    let routes = modules_of_routes(tables, before);
    for sheet in &tables.sheets {
        let name = sheet.layout.name;
        let Some(scanned) = contents.get_mut(name) else { continue };
        let versions: BTreeSet<Columns> = scanned.iter().map(|block| block.id.clone()).collect();
        let is_kept = |block: &ScannedBlock, is_below: bool, columns: &Columns| match name {
            // A checkout may not say which version its modules have.
            "packages" => !versions.contains(&block.id),
            "routes" => {
                let call = columns.0.get(..2).unwrap_or_default();
                routes.get(call).is_none_or(|module| lacking.contains(module))
            }
            _ => owner(name, block, is_below, columns).is_some_and(|module| lacking.contains(&module)),
        };
        for mut block in sheet.of(before) {
            let all = block.clone();
            block.heads.retain(|columns| is_kept(&all, false, columns));
            block.below.retain(|columns| is_kept(&all, true, columns));
            if !block.heads.is_empty() || !block.below.is_empty() {
                scanned.push(block);
            }
        }
    }
    lacking.into_iter().collect()
}

/// Modules of the services that routes call, by path and method.
fn modules_of_routes(tables: &Tables, release: MagentoVersion) -> BTreeMap<Vec<String>, String> {
    let services = tables.sheet("services").map(|sheet| sheet.of(release)).unwrap_or_default();
    let mut modules = BTreeMap::new();
    for block in services {
        for route in block.below.iter().filter(|columns| columns.is_route()) {
            if let Some((method, path)) = route.first().trim_start_matches('@').split_once(' ') {
                modules.insert(vec![path.to_owned(), method.to_owned()], module_of(block.id.first()));
            }
        }
    }
    modules
}

/// Module that declares a line.
fn owner(table: &str, block: &ScannedBlock, is_below: bool, columns: &Columns) -> Option<String> {
    let column = |at: usize| columns.0.get(at).filter(|text| !text.is_empty()).map(|name| module(name));
    match (table, is_below) {
        ("acl", _) => column(3),
        ("events" | "types" | "services", _) => Some(module_of(block.id.first())),
        ("entities", _) => {
            columns.0.get(1).filter(|it| !it.is_empty()).or(columns.0.get(5)).map(|it| module_of(it))
        }
        ("config", false) => column(2),
        ("config" | "paths" | "cron" | "topics", _) => column(1),
        ("menu", _) => {
            column(3).or_else(|| columns.first().split_once("::").map(|(module, _)| module.to_owned()))
        }
        _ => None,
    }
}

/// Name of a module, with the vendor Magento that the tables omit.
fn module(short: &str) -> String {
    short.strip_prefix('\\').map_or_else(|| short.to_owned(), |name| format!("Magento_{name}"))
}

/// Module of a class.
fn module_of(class: &str) -> String {
    module(class.split('\\').take(2).collect::<Vec<_>>().join("\\").as_str())
}
