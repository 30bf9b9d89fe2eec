//! Modules of a shop that changed.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    catalog::{Shop, ShopModule},
    cli::output::table,
};

/// Change of a module.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonModuleChange<'a> {
    /// Kind of the change.
    #[schemars(extend("enum" = ["added", "removed", "changed"]))]
    change: &'static str,
    /// Name of the module.
    module: &'a str,
    /// Package before; null if the module is new.
    from: Option<InstalledPackage<'a>>,
    /// Package after; null if the module is gone.
    to: Option<InstalledPackage<'a>>,
}

/// Composer package of a module.
#[derive(Serialize, JsonSchema)]
struct InstalledPackage<'a> {
    /// Name of the package; null if the module has none.
    package: Option<&'a str>,
    /// Version of the package; null if it is not known.
    version: Option<&'a str>,
}

/// Module that differs between two catalogs.
pub(super) struct ModuleChanged<'a> {
    name: &'a str,
    old: Option<&'a ShopModule>,
    new: Option<&'a ShopModule>,
}

impl<'a> ModuleChanged<'a> {
    /// Lists the modules that were added, removed, or changed their package or its version.
    pub(super) fn all(old: &'a Shop, new: &'a Shop) -> Vec<Self> {
        let names: BTreeSet<&String> = old.modules.keys().chain(new.modules.keys()).collect();
        let changed = names.into_iter().map(|name| Self {
            name,
            old: old.modules.get(name),
            new: new.modules.get(name),
        });
        changed.filter(|it| it.old != it.new).collect()
    }

    fn word(&self) -> &'static str {
        match (self.old, self.new) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        }
    }

    pub(super) fn human(changed: &[Self]) -> String {
        let row = |it: &Self| {
            let (old, new) = (it.old.map(described), it.new.map(described));
            let what = match (old, new) {
                (Some(old), Some(new)) => format!("{old} -> {new}"),
                (old, new) => old.or(new).unwrap_or_default(),
            };
            [it.word().to_owned(), it.name.to_owned(), what]
        };
        table(changed.iter().map(row))
    }

    pub(super) fn json(&self) -> JsonModuleChange<'a> {
        let package = |module: &'a ShopModule| InstalledPackage {
            package: module.package.as_deref(),
            version: module.version.as_deref(),
        };
        JsonModuleChange {
            change: self.word(),
            module: self.name,
            from: self.old.map(package),
            to: self.new.map(package),
        }
    }
}

/// `acme/module-warehouse 3.1.4`.
fn described(module: &ShopModule) -> String {
    let parts = [module.package.as_deref(), module.version.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
