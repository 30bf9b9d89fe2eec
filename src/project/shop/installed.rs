//! Spec together with its shop.

use camino::{Utf8Path, Utf8PathBuf};

use super::Connection;
use crate::{
    catalog::{Catalog, ReleaseSet},
    diag::Failure,
    magento::{Answer, InstallLayout},
    model::Module,
    names::{MagentoVersion, PackageName},
    project::{CatalogStore, Project, read, shop_at},
    spec::{self, Spec},
};

/// Spec together with its shop.
#[derive(Debug)]
pub struct Installed {
    /// Compiled spec.
    pub project: Project,
    /// Its module.
    pub module: Module,
    /// State of the shop.
    pub shop: Answer,
}

impl Installed {
    /// Compiles a spec and checks it against the shop's own files if they are on this machine. `folder` returns the output
    /// folder of its module, from the Magento root; `warn` receives each unreadable file of the shop.
    ///
    /// # Errors
    /// Errors in the spec, or no readable answer from the shop.
    pub fn read(
        connection: &Connection,
        spec: &Utf8Path,
        folder: impl FnOnce(&Spec, &Answer) -> String,
        warn: &dyn Fn(&str),
    ) -> Result<Self, Failure> {
        let source = read(spec)?;
        let loaded = spec::load(&source);
        let compiled = |root, loaded, store: CatalogStore| {
            Project::of_loaded(spec.to_owned(), root, (source, loaded), &store, false)
        };
        let Some(written) = &loaded.spec else {
            return Err(compiled(Utf8PathBuf::new(), loaded, CatalogStore::default()).report.into());
        };
        let mut shop = connection.status(Some(&written.module.name), &names(written))?;
        let root = Utf8Path::new(&connection.root).join(folder(written, &shop));
        let scanned = connection.files(&shop).ok().map(|files| shop_at(&files, false)).transpose()?;
        let scanned = scanned.map(|(shop, warnings)| {
            warnings.iter().for_each(|warning| warn(warning));
            shop
        });
        // A git checkout names a branch; its files say more.
        if let Some(scanned) =
            scanned.as_ref().filter(|_| shop.magento.version.parse::<MagentoVersion>().is_err())
        {
            shop.magento.version = scanned.version.to_string();
        }
        let project = compiled(root, loaded, CatalogStore::new(scanned));
        match project.module.clone() {
            Some(module) => Ok(Self { project, module, shop }),
            None => Err(project.report.into()),
        }
    }

    /// Folder of a module: the one registered in the shop, or the one that Magento searches by default.
    #[must_use]
    pub fn folder(spec: &Spec, shop: &Answer) -> String {
        let registered = shop.module.as_ref().and_then(|state| state.path.as_deref());
        let source = spec.module.source.as_ref().map_or("", |source| source.as_str());
        let above = registered.map(|path| path.strip_suffix(source).unwrap_or(path).to_owned());
        above.unwrap_or_else(|| InstallLayout::AppCode.folder(&spec.module.name, &package(spec)))
    }

    /// Catalog of the shop if its files are on this machine, otherwise that of the spec.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        self.project.catalogs.get().in_question()
    }

    /// Release of the shop or the nearest one that is known; of the shops that a spec names, those with that release, or
    /// else all.
    #[must_use]
    pub fn releases(&self) -> ReleaseSet {
        let catalog = self.catalog();
        let Ok(version) = self.shop.magento.version.parse() else { return ReleaseSet::default() };
        let same = catalog.those(catalog.all(), |known| known == version);
        if !same.is_empty() {
            same
        } else if catalog.is_of_shops() {
            catalog.all()
        } else {
            catalog.nearest(version).map(|nearest| nearest.id).into_iter().collect()
        }
    }
}

/// Current, former and retired names of a spec's integrations.
fn names(spec: &Spec) -> Vec<String> {
    spec.integration_names().map(ToString::to_string).collect()
}

/// Package name of a spec's module.
#[must_use]
pub fn package(spec: &Spec) -> PackageName {
    spec.module.package.clone().unwrap_or_else(|| PackageName::from(&spec.module.name))
}
