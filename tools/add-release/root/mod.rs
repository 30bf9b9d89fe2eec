//! A Magento root: its release, its distribution, and the modules that the release ships.

mod code;
mod distribution;
mod packages;
mod versions;

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use magespec::{
    catalog::{
        Shop, ShopModule,
        scan::{ScanError, ScannedModule, modules},
    },
    diag::Failure,
    names::MagentoVersion,
    parsers::xml::{Element, read_shallow},
};

use self::packages::Packages;
pub(crate) use self::{code::php_files, distribution::Distribution};

/// Magento root, without modules that its release does not ship.
pub(crate) struct Root {
    pub(crate) path: Utf8PathBuf,
    pub(crate) release: MagentoVersion,
    pub(crate) distribution: Distribution,
    /// PHP that the release supports, as in its composer.json, if that is there.
    pub(crate) php: Option<String>,
    /// Version of `magento/framework`, if a composer.json has it.
    pub(crate) framework: Option<String>,
    /// Modules that the release ships, in load order.
    pub(crate) modules: Vec<Module>,
    /// Their ACL and routes.
    pub(crate) shop: Shop,
    /// Modules that it does not ship.
    pub(crate) left_out: BTreeSet<String>,
    /// Files that could not be read.
    pub(crate) warnings: Vec<String>,
}

/// Module that the release ships.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Module {
    pub(crate) name: String,
    /// Its directory, relative to the root.
    pub(crate) dir: Utf8PathBuf,
    pub(crate) package: ShopModule,
}

impl From<ScannedModule> for Module {
    fn from(module: ScannedModule) -> Self {
        Self { name: module.name, dir: module.dir, package: module.package }
    }
}

/// File of a module.
pub(crate) struct ModuleFile<'a> {
    pub(crate) module: &'a str,
    pub(crate) root: Element,
}

impl Root {
    /// Reads a root.
    ///
    /// # Errors
    /// Fails if it is not the root of a Magento Open Source or Mage-OS release.
    pub(crate) fn read(path: &Utf8Path) -> Result<Self, Failure> {
        let packages = Packages::read(path)?;
        let mut found = modules(path).map_err(|error| not_a_root(path, &error))?;
        let project = versions::composer_json(&path.join("composer.json"))?;
        let distribution = Distribution::of(path, &packages)?;
        let bundled = distribution.bundled(&packages, path, &project)?;
        let on_disk = found.modules.iter().filter_map(|module| module.package.package.as_deref()).collect();
        if let Some(package) = packages.module_without_files(&bundled, &on_disk) {
            return Err(Failure::new(format!(
                "{path} is not complete: composer.lock has {package}, but no directory in it registers a module of that \
                 package. Run `composer install` there"
            )));
        }
        let ships = |module: &ScannedModule| match &module.package.package {
            Some(package) if bundled.contains(package) => !package.starts_with("mage-os/"),
            _ => distribution == Distribution::Checkout && Self::is_own(&module.name),
        };
        let (shipped, others) = found.modules.into_iter().partition(ships);
        found.modules = shipped;
        let found = found.in_load_order();
        let scan = found.merge(|_| true);
        Ok(Self {
            path: path.to_owned(),
            release: found.version,
            php: versions::php(path, &packages, &project)?,
            framework: versions::framework(path, &packages)?,
            distribution,
            modules: found.modules.into_iter().map(Module::from).collect(),
            left_out: others.into_iter().map(|module| module.name).collect(),
            warnings: scan.warnings.iter().map(ToString::to_string).collect(),
            shop: scan.shop,
        })
    }

    /// A kind of XML file, of each module that has one, in load order.
    ///
    /// # Errors
    /// Fails if a file cannot be parsed.
    pub(crate) fn files(&self, name: &str) -> Result<Vec<ModuleFile<'_>>, Failure> {
        let mut files = Vec::new();
        for module in &self.modules {
            if let Some(root) = self.xml(&module.dir.join("etc").join(name))? {
                files.push(ModuleFile { module: &module.name, root });
            }
        }
        Ok(files)
    }

    /// Root element of an XML file, relative to the root; none if it does not exist.
    ///
    /// # Errors
    /// Fails if the file cannot be parsed.
    pub(crate) fn xml(&self, file: &Utf8Path) -> Result<Option<Element>, Failure> {
        let path = self.path.join(file);
        if !path.is_file() {
            return Ok(None);
        }
        let text = crate::tables::read(&path)?;
        let document = read_shallow(text.trim_start_matches('\u{feff}'));
        let root = document.map(|document| Some(document.root));
        root.map_err(|finding| Failure::new(format!("cannot parse {path}: {}", finding.message)))
    }
}

fn not_a_root(path: &Utf8Path, error: &ScanError) -> Failure {
    match error {
        ScanError::Unreadable(error) => Failure::unreadable(path, error),
        error => Failure::new(format!("{path} is not the root of a Magento release: {error}")),
    }
}
