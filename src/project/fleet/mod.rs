//! Upgrades of Magento for many specs and shops.

mod columns;

use std::collections::HashMap;

use rayon::prelude::*;

use self::columns::{Column, FleetShop};
pub use self::columns::{FleetUpgrade, UpgradeStart};
use super::{Project, baseline::doubts};
use crate::{
    catalog::{Catalog, Shop},
    diag::Failure,
    module::Doubt,
    names::Edition,
    plan::{MagentoUpgrade, MatrixCell, MatrixRow, ModulePlan, UpgradeMatrix},
};

/// Specs with the upgrades to plan for them.
#[derive(Debug)]
pub struct Fleet<'p> {
    projects: &'p [Project],
    shops: Vec<FleetShop>,
    columns: Vec<Column>,
    /// Releases of each edition, with the modules that a shop has besides. Shared by all specs.
    releases: HashMap<(Edition, usize), Catalog>,
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
        let mut releases = HashMap::new();
        for (at, shop) in shops.iter().enumerate() {
            let concerned = projects.iter().enumerate().filter(|(project, _)| shop.concerns(*project));
            for edition in concerned.map(|(_, project)| project.loaded.edition()) {
                let with_modules = || Catalog::bundled().of_edition(edition).with_modules_of(&shop.catalog);
                releases.entry((edition, at)).or_insert_with(with_modules);
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
                let cells = self.columns.iter().map(|column| self.cell(column, at, project, &doubts));
                (row(cells.collect()), None)
            }
            Err(failure) => (row(failed()), Some(failure)),
        }
    }

    fn cell<'a>(
        &'a self,
        column: &Column,
        at: usize,
        project: &'a Project,
        doubts: &[Doubt],
    ) -> MatrixCell<'a> {
        if !column.concerns(&self.shops, at) {
            return MatrixCell::Absent;
        }
        let edition = project.loaded.edition();
        let with_modules = column.shop.and_then(|shop| self.releases.get(&(edition, shop)));
        let releases = with_modules.unwrap_or(Catalog::bundled().of_edition(edition));
        let Some(spec) = project.compiled_in(releases) else { return MatrixCell::Failed };
        let [from, to] = column.ends();
        let mut plan = ModulePlan::of_upgrade(spec, doubts.to_vec(), from, to);
        if let Some(shop) = column.shop.map(|shop| &self.shops[shop]).filter(|shop| !shop.is_named_by_specs())
        {
            plan.against =
                format!("after an upgrade of {} from {}", shop.name, releases.release(from).version);
        }
        MatrixCell::Planned(Box::new(plan))
    }
}
