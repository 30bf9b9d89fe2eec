//! Catalogs of specs: the files that they name, and the shop to check against.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use camino::{Utf8Path, Utf8PathBuf};

use super::catalog::read_shop;
use crate::{
    catalog::{Catalog, Catalogs, Shop},
    check::catalog_span,
    diag::{Diagnostic, Level, Rule},
    names::{Edition, MagentoVersion},
    spec::{CatalogFiles, Loaded},
    tree::real_path,
};

/// Files of a spec, each as written there and with its path.
type NamedFiles = Vec<(String, Utf8PathBuf)>;

/// Path of a file, and its shop or the reason why it cannot be read.
pub(super) type CatalogFile = (Utf8PathBuf, Result<Arc<Shop>, String>);

/// Catalogs for any number of specs. Each file is read once.
#[derive(Debug, Default)]
pub struct CatalogStore {
    shop: Option<Arc<Catalog>>,
    /// File to read instead of another.
    replaced: Option<[Utf8PathBuf; 2]>,
    files: Mutex<HashMap<Utf8PathBuf, Result<Arc<Shop>, String>>>,
    catalogs: Mutex<HashMap<NamedFiles, Arc<Catalog>>>,
}

/// Catalogs of one spec.
#[derive(Debug, Clone, Default)]
pub struct SpecCatalogs {
    edition: Edition,
    named: Option<Arc<Catalog>>,
    shop: Option<Arc<Catalog>>,
}

impl SpecCatalogs {
    /// Returns the catalogs to compile with.
    #[must_use]
    pub fn get(&self) -> Catalogs<'_> {
        let releases = Catalog::bundled().of_edition(self.edition);
        Catalogs { releases, named: self.named.as_deref(), shop: self.shop.as_deref() }
    }
}

impl CatalogStore {
    /// Store whose specs are checked against a shop, if there is one.
    #[must_use]
    pub fn new(shop: Option<Shop>) -> Self {
        Self { shop: shop.map(|shop| Arc::new(Catalog::of_shop(shop))), ..Self::default() }
    }

    /// Store that reads one file in place of another.
    pub(super) fn replacing(file: &Utf8Path, by: &Utf8Path) -> Self {
        Self { replaced: Some([real_path(file), real_path(by)]), ..Self::default() }
    }

    /// Catalog of the shop to check against.
    #[must_use]
    pub fn shop(&self) -> Option<&Catalog> {
        self.shop.as_deref()
    }

    /// Catalog of the shop to check against, or the bundled one.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        self.shop.as_deref().unwrap_or(Catalog::bundled())
    }

    /// Reads the catalogs that a spec names. Faults in them become findings of loading.
    pub fn of(&self, spec: &Utf8Path, loaded: &mut Loaded) -> SpecCatalogs {
        let folder = spec.parent().unwrap_or(Utf8Path::new(""));
        let help = |file: &str| {
            let path = folder.join(file);
            let path = shlex::try_quote(path.as_str()).unwrap_or_default();
            format!("write it with `magespec catalog --magento ROOT -o {path}`, or remove it from the target")
        };
        let read = |file: &str| {
            let path = real_path(&folder.join(file));
            let path = match &self.replaced {
                Some([replaced, by]) if *replaced == path => by.clone(),
                _ => path,
            };
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            let shop = files.entry(path.clone()).or_insert_with(|| read_shop(&path).map(Arc::new));
            let shop = shop.clone();
            (path, shop)
        };
        self.read_with(loaded, &read, &help)
    }

    /// Reads the catalogs that a spec names. `read` returns the path of each and its content, `help` what to do about one
    /// that cannot be read.
    pub(super) fn read_with(
        &self,
        loaded: &mut Loaded,
        read: &dyn Fn(&str) -> CatalogFile,
        help: &dyn Fn(&str) -> String,
    ) -> SpecCatalogs {
        let files = loaded.spec.as_ref().map_or(&[][..], |spec| spec.target.catalog.as_slice());
        let mut shops: Vec<(String, Utf8PathBuf, Arc<Shop>)> = Vec::new();
        let mut findings = Vec::new();
        for (at, file) in files.iter().enumerate() {
            let span = catalog_span(&loaded.spans, at);
            let finding = match read(file.as_str()) {
                (path, _) if shops.iter().any(|(_, other, _)| *other == path) => twice(file.as_str()),
                (_, Err(why)) => unreadable(file.as_str(), &why).help(help(file.as_str())),
                (path, Ok(shop)) => {
                    findings.extend(
                        of_unknown_release(file.as_str(), shop.version).map(|it| it.at(span.clone())),
                    );
                    findings.extend(
                        shop.unread.iter().map(|module| unread(file.as_str(), module).at(span.clone())),
                    );
                    shops.push((file.to_string(), path, shop));
                    continue;
                }
            };
            findings.push(finding.at(span));
        }
        let is_faulty = findings.iter().any(|finding| finding.level == Level::Error);
        loaded.findings.append(&mut findings);
        let named = (!shops.is_empty() && !is_faulty).then(|| self.named(shops));
        SpecCatalogs { edition: loaded.edition(), named, shop: self.shop.clone() }
    }

    /// Catalog of some shops, built once for all specs that name them in the same way.
    fn named(&self, shops: Vec<(String, Utf8PathBuf, Arc<Shop>)>) -> Arc<Catalog> {
        let key = shops.iter().map(|(name, path, _)| (name.clone(), path.clone())).collect();
        let mut catalogs = self.catalogs.lock().unwrap_or_else(PoisonError::into_inner);
        let catalog = catalogs.entry(key).or_insert_with(|| {
            let shops = shops.into_iter().map(|(name, _, shop)| (name, Arc::unwrap_or_clone(shop)));
            Arc::new(Catalog::of_shops(shops))
        });
        Arc::clone(catalog)
    }
}

/// Files that a spec names, by their path from here.
#[must_use]
pub fn catalog_files(spec: &Utf8Path, files: &CatalogFiles) -> Vec<Utf8PathBuf> {
    let folder = spec.parent().unwrap_or(Utf8Path::new(""));
    files.as_slice().iter().map(|file| folder.join(file.as_str())).collect()
}

fn unreadable(file: &str, why: &str) -> Diagnostic {
    Diagnostic::new(Rule::CatalogUnreadable, format!("cannot read the catalog {file}: {why}")).reason(
        "resources and calls are looked up in the catalogs that the target names, relative to the spec",
    )
}

fn twice(file: &str) -> Diagnostic {
    Diagnostic::new(Rule::CatalogUnreadable, format!("the target names {file} twice"))
        .reason("each file stands for one shop")
        .help("remove one of them")
}

fn unread(file: &str, module: &str) -> Diagnostic {
    let message = format!("{file} lacks the resources of {module}");
    let mut finding = Diagnostic::new(Rule::CatalogUnreadable, message)
        .reason("etc/acl.xml of the module was unreadable when the file was written")
        .help("fix the module's file in the shop, and write the catalog again");
    finding.level = Level::Warning;
    finding
}

/// Notes a shop whose release the bundled catalog lacks.
fn of_unknown_release(file: &str, version: MagentoVersion) -> Option<Diagnostic> {
    let nearest = Catalog::bundled().stand_in(version)?;
    let message = format!("{file} is a shop with Magento {version}, which is not in the catalog");
    let mut finding = Diagnostic::new(Rule::TargetNewerThanCatalog, message)
        .reason(format!("what is not read from a shop was checked against {}", nearest.version))
        .help("upgrade magespec once a version knows this release");
    finding.level = Level::Note;
    Some(finding)
}
