//! A spec beside the shop that it is for.

use std::borrow::Cow;

use camino::{Utf8Path, Utf8PathBuf};

use super::Connection;
use crate::{
    catalog::{Catalog, ReleaseSet},
    diag::Failure,
    magento::{Answer, InstallLayout},
    model::Module,
    names::PackageName,
    project::{Project, catalog_of, read, shop_at},
    spec::{self, Spec},
};

/// A spec beside the shop that it is for.
#[derive(Debug)]
pub struct Installed {
    /// The spec, compiled.
    pub project: Project,
    /// Its module.
    pub module: Module,
    /// That of the shop, where its files are here.
    pub catalog: Cow<'static, Catalog>,
    /// The state of the shop.
    pub shop: Answer,
}

impl Installed {
    /// Compiles a spec against the shop's own files where they are here. `folder` says where its module is written, from
    /// the Magento root; `warn` is called with each file of the shop that cannot be read.
    ///
    /// # Errors
    /// If the spec has errors, or the shop does not answer or cannot be read.
    pub fn read(
        connection: &Connection,
        spec: &Utf8Path,
        folder: impl FnOnce(&Spec, &Answer) -> String,
        warn: &dyn Fn(&str),
    ) -> Result<Self, Failure> {
        let source = read(spec)?;
        let loaded = spec::load(&source);
        let compiled = |root, loaded, catalog: &Catalog| {
            Project::of_loaded(spec.to_owned(), root, (source, loaded), catalog, false)
        };
        let Some(written) = &loaded.spec else {
            return Err(compiled(Utf8PathBuf::new(), loaded, Catalog::bundled()).report.into());
        };
        let shop = connection.status(Some(&written.module.name))?;
        let root = Utf8Path::new(&connection.root).join(folder(written, &shop));
        let scanned = connection.files(&shop).ok().map(|files| shop_at(&files, false)).transpose()?;
        let scanned = scanned.map(|(shop, warnings)| {
            warnings.iter().for_each(|warning| warn(warning));
            shop
        });
        let catalog = catalog_of(scanned);
        let project = compiled(root, loaded, &catalog);
        match project.module.clone() {
            Some(module) => Ok(Self { project, module, catalog, shop }),
            None => Err(project.report.into()),
        }
    }

    /// The folder that a module lies in, by where it is registered in the shop; else the one that Magento looks for it in
    /// by itself.
    #[must_use]
    pub fn folder(spec: &Spec, shop: &Answer) -> String {
        let registered = shop.module.as_ref().and_then(|state| state.path.as_deref());
        let source = spec.module.source.as_ref().map_or("", |source| source.as_str());
        let above = registered.map(|path| path.strip_suffix(source).unwrap_or(path).to_owned());
        above.unwrap_or_else(|| InstallLayout::AppCode.folder(&spec.module.name, &package(spec)))
    }

    /// The release of the shop; none if the catalog does not know it.
    #[must_use]
    pub fn releases(&self) -> ReleaseSet {
        let version = &self.shop.magento.version;
        self.catalog.those(self.catalog.all(), |known| known.to_string() == *version)
    }
}

/// The package of a spec's module.
#[must_use]
pub fn package(spec: &Spec) -> PackageName {
    spec.module.package.clone().unwrap_or_else(|| PackageName::from(&spec.module.name))
}
