//! Modules that a checkout lacks: the repository has its own modules only, and not those of other packages that the release
//! ships. What the release before has of them is kept.

use std::collections::{BTreeMap, BTreeSet};

use magespec::names::MagentoVersion;

use crate::{
    root::{Distribution, Root},
    tables::{Columns, Contents, ScannedBlock, Tables},
};

/// Owner of classes that are in no module.
const FRAMEWORK: &str = "Magento_Framework";

/// Completes the tables of a checkout with what the release before has, and returns the modules that it lacks.
pub(crate) fn keep(
    contents: &mut Contents,
    tables: &Tables,
    before: MagentoVersion,
    root: &Root,
) -> Vec<String> {
    if root.distribution != Distribution::Checkout {
        return Vec::new();
    }
    let present = root.modules.iter().map(|module| module.name.as_str()).chain([FRAMEWORK]).collect();
    let routes = modules_of_routes(tables, before);
    let mut checkout = Checkout { present, routes, lacking: BTreeSet::new() };
    for sheet in &tables.sheets {
        let name = sheet.layout.name;
        if let Some(scanned) = contents.remove(name) {
            contents.insert(name, checkout.completed(name, scanned, sheet.of(before)));
        }
    }
    checkout.lacking.into_iter().collect()
}

/// Checkout of the repository.
struct Checkout<'a> {
    /// Modules that it has.
    present: BTreeSet<&'a str>,
    /// Modules of the services that routes call, by path and method.
    routes: BTreeMap<Vec<String>, String>,
    /// Modules that it lacks.
    lacking: BTreeSet<String>,
}

impl Checkout<'_> {
    /// Blocks of a table, with those that the release before has of modules that are not there.
    fn completed(
        &mut self,
        table: &str,
        scanned: Vec<ScannedBlock>,
        before: Vec<ScannedBlock>,
    ) -> Vec<ScannedBlock> {
        let mut blocks: BTreeMap<Columns, ScannedBlock> =
            scanned.into_iter().map(|block| (block.id.clone(), block)).collect();
        for old in before {
            let new = blocks.get(&old.id);
            // A checkout may not say which version its modules have.
            let is_unversioned = table == "packages" && new.is_none();
            let mut lacking = BTreeSet::new();
            let mut kept = |lines: &BTreeSet<Columns>, is_below: bool, new: Option<&BTreeSet<Columns>>| {
                let is_kept = |columns: &&Columns| {
                    let owners = self.lacking_owners(table, &old, is_below, columns);
                    let is_owned = owners.iter().flatten().count() > 0 || is_unversioned;
                    lacking.extend(owners.into_iter().flatten());
                    let same = |new: &Columns| differs_in_module(table, is_below, columns, new);
                    is_owned
                        || new.is_some_and(|new| new.iter().any(same))
                        || self.is_route_kept(table, columns)
                };
                lines.iter().filter(is_kept).cloned().collect::<BTreeSet<Columns>>()
            };
            let heads = kept(&old.heads, false, new.map(|block| &block.heads));
            let below = kept(&old.below, true, new.map(|block| &block.below));
            self.lacking.extend(lacking);
            drop_routes(&mut blocks, &below);
            put(table, &mut blocks, ScannedBlock { id: old.id, heads, below });
        }
        blocks.into_values().collect()
    }

    /// Modules that own a line and are not there.
    fn lacking_owners(
        &self,
        table: &str,
        block: &ScannedBlock,
        is_below: bool,
        columns: &Columns,
    ) -> [Option<String>; 2] {
        let of_class = match table {
            "events" | "types" | "services" | "models" => Some(block.id.first()),
            "entities" => {
                columns.0.get(1).filter(|model| !model.is_empty()).or(columns.0.get(5)).map(String::as_str)
            }
            _ => None,
        };
        let column =
            module_column(table, is_below).and_then(|at| columns.0.get(at)).filter(|it| !it.is_empty());
        let named_after =
            columns.first().split_once("::").filter(|_| table == "menu").map(|(module, _)| module);
        let of_package = Some(block.id.first()).filter(|_| table == "packages");
        let owners =
            [of_class.map(module_of).or(column.map(|it| module(it))), named_after.or(of_package).map(module)];
        owners.map(|owner| owner.filter(|owner| !self.present.contains(owner.as_str())))
    }

    /// Returns true for a route whose service is in no module that is there.
    fn is_route_kept(&self, table: &str, columns: &Columns) -> bool {
        let module = self.routes.get(columns.0.get(..2).unwrap_or_default());
        table == "routes" && module.is_none_or(|module| !self.present.contains(module.as_str()))
    }
}

/// Column of a line with the module that declares it.
fn module_column(table: &str, is_below: bool) -> Option<usize> {
    match (table, is_below) {
        ("acl" | "menu", _) => Some(3),
        ("config", false) => Some(2),
        ("config" | "paths" | "cron" | "topics", _) => Some(1),
        ("extension_attributes", true) => Some(2),
        _ => None,
    }
}

/// Returns true if two lines differ in nothing but the module: which one declares a thing first depends on the load order of
/// all.
fn differs_in_module(table: &str, is_below: bool, old: &Columns, new: &Columns) -> bool {
    module_column(table, is_below).is_some_and(|module| {
        let is_same = |at: usize| at == module || old.0.get(at) == new.0.get(at);
        old != new && old.0.len() == new.0.len() && (0..old.0.len()).all(is_same)
    })
}

/// Removes what the checkout says of routes that a module which it lacks has, too.
fn drop_routes(blocks: &mut BTreeMap<Columns, ScannedBlock>, kept: &BTreeSet<Columns>) {
    for route in kept.iter().filter(|columns| columns.is_route()) {
        blocks.values_mut().for_each(|block| block.below.retain(|other| other.first() != route.first()));
    }
}

/// Adds lines to those of the checkout. In tables where a line is found by its first column, they replace the others.
fn put(table: &str, blocks: &mut BTreeMap<Columns, ScannedBlock>, kept: ScannedBlock) {
    if kept.heads.is_empty() && kept.below.is_empty() {
        return;
    }
    let Some(block) = blocks.get_mut(&kept.id) else {
        blocks.insert(kept.id.clone(), kept);
        return;
    };
    for (lines, kept) in [(&mut block.heads, kept.heads), (&mut block.below, kept.below)] {
        if matches!(table, "acl" | "config" | "paths" | "menu" | "models" | "cron" | "topics" | "entities") {
            lines.retain(|line| kept.iter().all(|other| other.first() != line.first()));
        }
        lines.extend(kept);
    }
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

/// Name of a module, with the vendor Magento that the tables omit.
fn module(short: &str) -> String {
    short.strip_prefix('\\').map_or_else(|| short.to_owned(), |name| format!("Magento_{name}"))
}

/// Module of a class.
fn module_of(class: &str) -> String {
    module(class.split('\\').take(2).collect::<Vec<_>>().join("\\").as_str())
}
