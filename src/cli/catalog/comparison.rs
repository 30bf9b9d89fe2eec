//! Comparison of two catalogs of a shop, and what it changes for specs.

use anstyle::Style;
use serde_json::{Value, json};

use super::modules::ModuleChanged;
use crate::{
    catalog::{Catalog, ReleaseId, Shop},
    cli::{acl::AclComparison, output::List, routes::RouteComparison},
    diag::{Failure, Report, render::json_document, styled},
    plan::{ModulePlan, render},
    project::Renewal,
};

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
        let shop = |name: &String, shop: &Shop| json!({ "file": name, "release": shop.version.to_string() });
        let [old, new] = &self.names;
        let [was, is] = &self.shops;
        let modules = ModuleChanged::all(was, is);
        let plan = render::json(&self.plans()?);
        Ok(json_document([
            ("old", shop(old, was)),
            ("new", shop(new, is)),
            ("modules", modules.iter().map(ModuleChanged::json).collect()),
            ("resources", self.acl().json()["changes"].take()),
            ("routes", self.routes().json()["changes"].take()),
            ("integrations", plan["integrations"].clone()),
            ("rebuilt", self.renewals.iter().flat_map(rebuilt_json).collect()),
        ]))
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

fn rebuilt_json(renewal: &Renewal) -> Vec<Value> {
    let changes = renewal.requests().into_iter();
    let change = changes.map(|it| {
        json!({
            "spec": renewal.spec().as_str(),
            "integration": it.integration,
            "added": it.added,
            "removed": it.removed,
        })
    });
    change.collect()
}
