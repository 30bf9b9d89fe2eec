//! Columns of a fleet: which upgrade of which shop.

use std::collections::BTreeSet;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::{
    catalog::{Catalog, ReleaseId, Shop},
    diag::{Failure, plural},
    names::MagentoVersion,
    project::{Project, catalog_files},
    tree::real_path,
};

/// Release before an upgrade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpgradeStart {
    /// This one.
    Release(ReleaseId),
    /// The one of each shop.
    Installed,
}

/// Upgrade of Magento, between releases of the bundled catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FleetUpgrade {
    /// Release before.
    pub from: UpgradeStart,
    /// Release after.
    pub to: ReleaseId,
}

/// Shop of a fleet.
#[derive(Debug)]
pub(super) struct FleetShop {
    pub(super) name: String,
    pub(super) catalog: Catalog,
    version: MagentoVersion,
    /// Positions of the specs that name it; none if it is for all.
    specs: Option<BTreeSet<usize>>,
}

impl FleetShop {
    /// Shops of the command line, or else those that specs name, each once.
    pub(super) fn all(projects: &[Project], shops: Vec<(String, Shop)>) -> Vec<Self> {
        if !shops.is_empty() {
            return shops.into_iter().map(|(name, shop)| Self::new(name, shop, None)).collect();
        }
        let mut all: Vec<(Utf8PathBuf, Self)> = Vec::new();
        for (at, project) in projects.iter().enumerate() {
            let (Some(spec), Some(named)) = (&project.loaded.spec, project.catalogs.get().named) else {
                continue;
            };
            for (file, shop) in catalog_files(&project.spec, &spec.target.catalog).iter().zip(named.shops()) {
                let real = real_path(file);
                match all.iter_mut().find(|(known, _)| *known == real) {
                    Some((_, known)) => known.specs.get_or_insert_default().insert(at),
                    None => {
                        let specs = Some(BTreeSet::from([at]));
                        all.push((real, Self::new(without_detours(file), shop.clone(), specs)));
                        true
                    }
                };
            }
        }
        all.into_iter().map(|(_, shop)| shop).collect()
    }

    fn new(name: String, shop: Shop, specs: Option<BTreeSet<usize>>) -> Self {
        let version = shop.version;
        Self { name, catalog: Catalog::of_shop(shop), version, specs }
    }

    /// Returns true if the specs name the shop.
    pub(super) const fn is_named_by_specs(&self) -> bool {
        self.specs.is_some()
    }

    /// Returns true if a spec is for the shop.
    pub(super) fn concerns(&self, spec: usize) -> bool {
        self.specs.as_ref().is_none_or(|specs| specs.contains(&spec))
    }

    /// Upgrades of the shop, as pairs of releases.
    fn upgrades(&self, asked: &[FleetUpgrade], notes: &mut Vec<String>) -> Vec<[ReleaseId; 2]> {
        let bundled = Catalog::bundled();
        let (name, version) = (&self.name, self.version);
        let Some(installed) = bundled.nearest(version).map(|nearest| nearest.id) else { return Vec::new() };
        let starts_there = |it: &FleetUpgrade| {
            it.from == UpgradeStart::Installed || it.from == UpgradeStart::Release(installed)
        };
        let has_its_own = asked.iter().any(starts_there);
        let mut upgrades = Vec::new();
        for upgrade in asked.iter().filter(|it| !has_its_own || starts_there(it)) {
            let to = bundled.release(upgrade.to).version;
            let from = match upgrade.from {
                UpgradeStart::Installed if installed >= upgrade.to => {
                    notes.push(format!(
                        "{name} already runs Magento {version}; an upgrade to {to} is left out"
                    ));
                    continue;
                }
                UpgradeStart::Installed => installed,
                UpgradeStart::Release(from) => from,
            };
            if from != installed {
                notes.push(format!(
                    "{name} is a shop with Magento {version}, planned as if it had {}; `--upgrade installed {to}` starts from \
                     its own release",
                    bundled.release(from).version
                ));
            }
            upgrades.push([from, upgrade.to]);
        }
        upgrades
    }
}

/// Column of a fleet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// Position of its shop; none for Magento itself.
    pub(super) shop: Option<usize>,
    ends: [ReleaseId; 2],
}

impl Column {
    /// All columns: Magento itself for specs without a shop, then the shops.
    ///
    /// # Errors
    /// Nothing to plan.
    pub(super) fn all(
        projects: &[Project],
        shops: &[FleetShop],
        upgrades: &[FleetUpgrade],
        notes: &mut Vec<String>,
    ) -> Result<Vec<Self>, Failure> {
        let mut columns: Vec<Self> = Vec::new();
        let mut add = |column: Self| {
            if !columns.contains(&column) {
                columns.push(column);
            }
        };
        let is_alone = |at: &usize| !shops.iter().any(|shop| shop.concerns(*at));
        let alone = (0..projects.len()).filter(is_alone).count();
        for upgrade in upgrades.iter().filter(|_| alone > 0) {
            match upgrade.from {
                UpgradeStart::Release(from) => add(Self { shop: None, ends: [from, upgrade.to] }),
                UpgradeStart::Installed if shops.is_empty() => {
                    return Err("`installed` is the release of a shop: name its catalog with --catalog or in the specs, or \
                                write a release"
                        .into());
                }
                UpgradeStart::Installed => notes.push(format!(
                    "{} without a catalog: not planned, because `installed` is the release of a shop",
                    plural(alone, "spec")
                )),
            }
        }
        for (at, shop) in shops.iter().enumerate() {
            shop.upgrades(upgrades, notes).into_iter().for_each(|ends| add(Self { shop: Some(at), ends }));
        }
        if columns.is_empty() {
            return Err(format!("no shop needs the upgrade: {}", notes.join("; ")).into());
        }
        Ok(columns)
    }

    /// Releases before and after.
    pub(super) const fn ends(&self) -> [ReleaseId; 2] {
        self.ends
    }

    /// Returns true if a spec is for the shop of the column or, without one, names no shop.
    pub(super) fn concerns(&self, shops: &[FleetShop], spec: usize) -> bool {
        match self.shop {
            Some(shop) => shops[shop].concerns(spec),
            None => !shops.iter().any(|shop| shop.concerns(spec)),
        }
    }
}

/// Path without `folder/..`, for display.
fn without_detours(file: &Utf8Path) -> String {
    let mut plain = Utf8PathBuf::new();
    for part in file.components() {
        match part {
            Utf8Component::ParentDir if plain.file_name().is_some_and(|name| name != "..") => {
                plain.pop();
            }
            Utf8Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain.into_string()
}
