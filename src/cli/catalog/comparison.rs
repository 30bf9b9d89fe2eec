//! Comparison of two catalogs of a shop, and what it changes for specs.

use anstyle::Style;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::modules::{JsonModuleChange, ModuleChanged};
use crate::{
    catalog::{Catalog, ReleaseId, Shop},
    cli::{
        acl::{AclComparison, JsonAclChange},
        output::List,
        routes::{JsonRouteChange, RouteComparison},
    },
    diag::{Failure, Report, render::versioned, styled},
    plan::{
        ModulePlan,
        render::{self, JsonPlanned},
    },
    project::{Renewal, RequestChange},
};

/// Changes between two catalogs of a shop.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct JsonCatalogs<'a> {
    /// Catalog before.
    old: ComparedCatalog,
    /// Catalog after.
    new: ComparedCatalog,
    /// Modules that changed.
    modules: Vec<JsonModuleChange<'a>>,
    /// ACL resources that changed.
    resources: Vec<JsonAclChange<'a>>,
    /// Routes that changed.
    routes: Vec<JsonRouteChange>,
    /// Effects of the next `setup:upgrade` on the integrations, with the modules as they are.
    integrations: Vec<JsonPlanned<'a>>,
    /// Integrations that request something else when their module is built again.
    rebuilt: Vec<JsonRebuilt<'a>>,
}

/// Catalog of a shop.
#[derive(Serialize, JsonSchema)]
struct ComparedCatalog {
    /// Path of the file.
    file: String,
    /// Magento release of the shop.
    release: String,
}

/// Integration that requests something else.
#[derive(Serialize, JsonSchema)]
struct JsonRebuilt<'a> {
    /// Path of its spec.
    spec: &'a str,
    /// Name of the integration.
    integration: String,
    /// Resources that it requests only with the new catalog.
    added: Vec<String>,
    /// Resources that it requests only with the old catalog.
    removed: Vec<String>,
}

/// Comparison of two catalogs of a shop, old and new.
pub(super) struct CatalogComparison<'a> {
    names: [String; 2],
    shops: [Shop; 2],
    /// Both shops.
    catalog: Catalog,
    renewals: &'a [Renewal],
}

impl<'a> CatalogComparison<'a> {
    pub(super) fn new(shops: [(String, Shop); 2], renewals: &'a [Renewal]) -> Self {
        let catalog = Catalog::of_shops(shops.clone());
        let [(old, was), (new, is)] = shops;
        Self { names: [old, new], shops: [was, is], catalog, renewals }
    }

    fn ids(&self) -> [ReleaseId; 2] {
        let mut ids = self.catalog.releases().iter().map(|release| release.id);
        [ids.next(), ids.next()].map(|id| id.unwrap_or(self.catalog.newest_checked().id))
    }

    fn acl(&self) -> AclComparison<'_> {
        let [from, to] = self.ids();
        AclComparison::new(&self.catalog, from, to)
    }

    fn routes(&self) -> RouteComparison<'_> {
        let [from, to] = self.ids();
        RouteComparison { catalog: &self.catalog, from, to }
    }

    /// Plans of the next `setup:upgrade`, with the modules as they are.
    fn plans(&self) -> Result<Vec<ModulePlan<'_>>, Failure> {
        let [from, to] = self.ids();
        let plans = self.renewals.iter().map(|renewal| renewal.plan(&self.catalog, from, to));
        plans.filter_map(Result::transpose).collect()
    }

    /// Findings that the new catalog adds.
    pub(super) fn reports(&self) -> Vec<Report> {
        self.renewals.iter().map(Renewal::new_findings).collect()
    }

    pub(super) fn human(&self) -> Result<String, Failure> {
        let [old, new] = &self.names;
        let [was, is] = &self.shops;
        let mut text = format!("{old} (Magento {}) -> {new} (Magento {})\n", was.version, is.version);
        let modules = ModuleChanged::all(was, is);
        let mut section = |heading: &str, changes: String| {
            text += &format!("\n{}\n{changes}", styled(Style::new().bold(), heading));
        };
        if modules.is_empty() {
            section("Modules", format!("the modules are the same in {old} and {new}\n"));
        } else {
            section("Modules", ModuleChanged::human(&modules));
        }
        section("Resources", self.acl().human());
        section("Routes", self.routes().human());
        let plans = self.plans()?;
        if !plans.is_empty() {
            section("Specs, with the modules as they are", render::human(&plans));
        }
        let rebuilt: String = self.renewals.iter().map(rebuilt).collect();
        if !rebuilt.is_empty() {
            section(&format!("Specs, built again with {new}"), rebuilt);
        }
        Ok(text)
    }

    pub(super) fn json(&self) -> Result<Value, Failure> {
        let shop = |name: &str, shop: &Shop| ComparedCatalog {
            file: name.to_owned(),
            release: shop.version.to_string(),
        };
        let [old, new] = &self.names;
        let [was, is] = &self.shops;
        let modules = ModuleChanged::all(was, is);
        let (acl, routes) = (self.acl(), self.routes());
        let plans = self.plans()?;
        Ok(versioned(&JsonCatalogs {
            old: shop(old, was),
            new: shop(new, is),
            modules: modules.iter().map(ModuleChanged::json).collect(),
            resources: acl.json_changes(),
            routes: routes.json_changes(),
            integrations: plans.iter().flat_map(render::json_integrations).collect(),
            rebuilt: self.renewals.iter().flat_map(rebuilt_json).collect(),
        }))
    }
}

/// Resources that an integration requests when its module is built again.
fn rebuilt(renewal: &Renewal) -> String {
    let mut text = String::new();
    for change in renewal.requests() {
        let lines = change.added.iter().map(|id| format!("  + {id}\n"));
        let lines: String = lines.chain(change.removed.iter().map(|id| format!("  - {id}\n"))).collect();
        text += &format!("{} of {}\n{lines}", change.integration, renewal.spec());
    }
    text
}

fn rebuilt_json(renewal: &Renewal) -> impl Iterator<Item = JsonRebuilt<'_>> {
    renewal.requests().into_iter().map(|RequestChange { integration, added, removed }| JsonRebuilt {
        spec: renewal.spec().as_str(),
        integration,
        added,
        removed,
    })
}
