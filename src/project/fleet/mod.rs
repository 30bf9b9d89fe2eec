//! Upgrades of Magento for many specs and shops.

mod columns;

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use rayon::prelude::*;

use self::columns::{Column, FleetShop};
pub use self::columns::{FleetUpgrade, UpgradeStart};
use super::{Project, earlier::doubts};
use crate::{
    catalog::{AclTable, Catalog, ReleaseSet, Shop},
    diag::Failure,
    module::Declaration,
    names::Edition,
    plan::{MagentoUpgrade, MatrixCell, MatrixRow, ModulePlan, UpgradeMatrix, acl_of, declaration_of},
};

/// Specs with the upgrades to plan for them.
#[derive(Debug)]
pub struct Fleet<'p> {
    projects: &'p [Project],
    shops: Vec<FleetShop>,
    columns: Vec<Column>,
    /// Releases of each edition, with the modules that a shop has besides, if it is for one. Shared by all specs.
    releases: HashMap<(Edition, Option<usize>), FleetReleases>,
    /// Notes on the choice of upgrades.
    pub notes: Vec<String>,
}

impl<'p> Fleet<'p> {
    /// Combines specs, shops and upgrades. Without `shops`, these are the shops that the specs name and, for specs that
    /// name none, Magento itself.
    ///
    /// # Errors
    /// Nothing to plan.
    pub fn new(
        projects: &'p [Project],
        shops: Vec<(String, Shop)>,
        upgrades: &[FleetUpgrade],
    ) -> Result<Self, Failure> {
        let shops = FleetShop::all(projects, shops);
        let mut notes = Vec::new();
        let columns = Column::all(projects, &shops, upgrades, &mut notes)?;
        let ends: ReleaseSet = columns.iter().flat_map(Column::ends).collect();
        let mut releases = HashMap::new();
        for column in &columns {
            let concerned = projects.iter().enumerate().filter(|(at, _)| column.concerns(&shops, *at));
            for edition in concerned.map(|(_, project)| project.loaded.edition()) {
                let shop = column.shop.map(|shop| &shops[shop].catalog);
                let entry = releases.entry((edition, column.shop));
                entry.or_insert_with(|| FleetReleases::new(edition, shop, ends));
            }
        }
        Ok(Self { projects, shops, columns, releases, notes })
    }

    /// Plans every upgrade for every spec. Also returns the reasons why modules could not be read.
    #[must_use]
    pub fn plan(&self) -> (UpgradeMatrix<'_>, Vec<Failure>) {
        let rows: Vec<(MatrixRow<'_>, Option<Failure>)> =
            self.projects.par_iter().enumerate().map(|(at, project)| self.row(at, project)).collect();
        let upgrades = self.columns.iter().map(|column| {
            let [from, to] = column.ends().map(|id| Catalog::bundled().release(id).version);
            MagentoUpgrade { shop: column.shop.map(|shop| self.shops[shop].name.clone()), from, to }
        });
        let upgrades = upgrades.collect();
        let (rows, failures): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        (UpgradeMatrix { upgrades, rows }, failures.into_iter().flatten().collect())
    }

    fn row<'a>(&'a self, at: usize, project: &'a Project) -> (MatrixRow<'a>, Option<Failure>) {
        let spec = project.spec.as_str();
        let failed = || self.columns.iter().map(|_| MatrixCell::Failed).collect();
        let Some(module) = &project.module else {
            return (MatrixRow { spec, module: None, cells: failed() }, None);
        };
        let row = |cells| MatrixRow { spec, module: Some(&module.name), cells };
        match doubts(project, module) {
            Ok(doubts) => {
                let declaration = Declaration { doubts, ..declaration_of(module, &project.tree) };
                (row(self.cells(at, project, &declaration)), None)
            }
            Err(failure) => (row(failed()), Some(failure)),
        }
    }

    fn cells<'a>(
        &'a self,
        at: usize,
        project: &'a Project,
        declaration: &Declaration,
    ) -> Vec<MatrixCell<'a>> {
        let edition = project.loaded.edition();
        // With the resources of the module, for all columns of a shop at once.
        let mut own: HashMap<Option<usize>, Arc<AclTable>> = HashMap::new();
        let cells = self.columns.iter().map(|column| {
            let releases = self.releases.get(&(edition, column.shop));
            let Some(releases) = releases.filter(|_| column.concerns(&self.shops, at)) else {
                return MatrixCell::Absent;
            };
            let Some(spec) = project.compiled_in(&releases.catalog) else { return MatrixCell::Failed };
            let acl = if declaration.own.is_empty() {
                &releases.acl
            } else {
                own.entry(column.shop)
                    .or_insert_with(|| acl_of(&releases.catalog, declaration, releases.ends))
            };
            let mut plan = ModulePlan::of_upgrade(spec, declaration, acl, column.ends());
            let shop = column.shop.map(|shop| &self.shops[shop]).filter(|shop| !shop.is_named_by_specs());
            if let Some(shop) = shop {
                let from = releases.catalog.release(column.ends()[0]).version;
                plan.against = format!("after an upgrade of {} from {from}", shop.name);
            }
            MatrixCell::Planned(Box::new(plan))
        });
        cells.collect()
    }
}

/// Releases of an edition, shared by the specs of a fleet.
#[derive(Debug)]
struct FleetReleases {
    catalog: Cow<'static, Catalog>,
    /// Releases before and after all upgrades.
    ends: ReleaseSet,
    /// ACL of these, without the resources of a module.
    acl: Arc<AclTable>,
}

impl FleetReleases {
    fn new(edition: Edition, shop: Option<&Catalog>, ends: ReleaseSet) -> Self {
        let releases = Catalog::bundled().of_edition(edition);
        let catalog = shop.map_or(Cow::Borrowed(releases), |shop| Cow::Owned(releases.with_modules_of(shop)));
        let acl = catalog.shipped_acl(ends);
        Self { catalog, ends, acl }
    }
}
