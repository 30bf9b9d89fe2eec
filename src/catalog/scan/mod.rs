//! Scanner of a shop: reads its catalog from the files in its Magento root.

mod acl;
mod cache;
mod composer;
mod config_php;
mod input;
mod module_dirs;
mod module_xml;
mod order;
mod release;
mod webapi;

pub use cache::ScanCache;

use std::{fmt, io};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use self::{acl::AclMerge, composer::ComposerLock, module_dirs::ModuleDirs, module_xml::ModuleXml};
use super::{Shop, ShopModule, shop::plain};
use crate::names::{AclId, MagentoVersion};

/// Scanned shop, with warnings.
#[derive(Debug)]
pub struct Scan {
    /// The shop.
    pub shop: Shop,
    /// Things that were skipped.
    pub warnings: Vec<Warning>,
}

/// Something that was skipped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// File, relative to the root.
    pub file: Utf8PathBuf,
    /// Description of the problem.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(&format!("{}: {}", self.file, self.message)))
    }
}

/// Reasons why a root cannot be scanned.
#[derive(Debug)]
pub enum ScanError {
    /// Unreadable directory.
    Unreadable(io::Error),
    /// Directory without modules.
    NoMagento,
    /// Root whose release no file names.
    NoRelease,
}

impl fmt::Display for ScanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "it cannot be read: {error}"),
            Self::NoMagento => f.write_str(
                "it contains no modules; name the directory with app, vendor and bin/magento, after `composer install`",
            ),
            Self::NoRelease => f.write_str(
                "no file names its Magento release; composer.lock and vendor/magento/magento2-base/composer.json do",
            ),
        }
    }
}

impl std::error::Error for ScanError {}

/// Module below a root, enabled or not.
pub struct ScannedModule {
    /// Its name.
    pub name: String,
    /// Its directory, relative to the root.
    pub dir: Utf8PathBuf,
    /// Its Composer package.
    pub package: ShopModule,
    sequence: Vec<String>,
    acl: Option<String>,
    /// True if its acl.xml cannot be read.
    is_acl_unread: bool,
    webapi: Option<String>,
}

/// All modules of a root.
pub struct RootModules {
    /// Magento release of the root.
    pub version: MagentoVersion,
    /// The modules.
    pub modules: Vec<ScannedModule>,
    warnings: Vec<Warning>,
}

/// Scans a root. If nothing in it has changed, the last result is read from `cache`.
///
/// # Errors
/// Fails if the directory is not a Magento root, or its release is unknown.
pub fn scan(root: &Utf8Path, cache: Option<ScanCache<'_>>) -> Result<Scan, ScanError> {
    let root = root.canonicalize_utf8().map_err(ScanError::Unreadable)?;
    let found = ModuleDirs::below(&root);
    if found.modules.is_empty() {
        return Err(ScanError::NoMagento);
    }
    let entry = cache.map(|cache| (cache::CacheEntry::new(cache.folder, &root, &found), cache.save));
    if let Some(shop) = entry.as_ref().and_then(|(entry, _)| entry.read()) {
        return Ok(Scan { shop, warnings: Vec::new() });
    }
    let scan = read(&root, found)?;
    // Warnings are reported each time.
    if let Some((entry, save)) = entry.filter(|_| scan.warnings.is_empty()) {
        entry.save(&scan.shop, save);
    }
    Ok(scan)
}

/// Reads the modules of a root, enabled or not, without a cache.
///
/// # Errors
/// Fails if the directory is not a Magento root, or its release is unknown.
pub fn modules(root: &Utf8Path) -> Result<RootModules, ScanError> {
    let root = root.canonicalize_utf8().map_err(ScanError::Unreadable)?;
    let found = ModuleDirs::below(&root);
    if found.modules.is_empty() { Err(ScanError::NoMagento) } else { RootModules::read(&root, found) }
}

fn read(root: &Utf8Path, found: ModuleDirs) -> Result<Scan, ScanError> {
    let mut modules = RootModules::read(root, found)?.in_load_order();
    let enabled = config_php::enabled(root, &mut modules.warnings);
    // The next setup:upgrade enables a module that config.php does not name
    // (docs/magento/files-and-schemas.md#enabled-by-upgrade).
    Ok(modules.merge(|module| enabled.get(&module.name).copied().unwrap_or(true)))
}

impl RootModules {
    fn read(root: &Utf8Path, found: ModuleDirs) -> Result<Self, ScanError> {
        let lock = ComposerLock::read(root);
        let version = release::of(root, &lock).ok_or(ScanError::NoRelease)?;
        let read: Vec<(Option<ScannedModule>, Vec<Warning>)> =
            found.modules.into_par_iter().map(|dir| ScannedModule::read(root, dir, &lock)).collect();
        let mut warnings = Vec::new();
        let mut modules: Vec<ScannedModule> = Vec::new();
        for (module, told) in read {
            warnings.extend(told);
            let Some(module) = module else { continue };
            match modules.iter().find(|other| other.name == module.name) {
                Some(other) => warnings.push(Warning {
                    file: module.dir.join(module_dirs::MODULE_XML),
                    message: format!("{} is also in {}, which is used instead", module.name, other.dir),
                }),
                None => modules.push(module),
            }
        }
        Ok(Self { version, modules, warnings })
    }

    /// Puts the modules into load order.
    #[must_use]
    pub fn in_load_order(mut self) -> Self {
        let order = order::of(&self.modules, self.version, &mut self.warnings);
        let mut modules: Vec<Option<ScannedModule>> = self.modules.into_iter().map(Some).collect();
        let next = |at: usize| modules.get_mut(at)?.take();
        self.modules = order.into_iter().filter_map(next).collect();
        self
    }

    /// Merges what the enabled modules declare, in their order.
    #[must_use]
    pub fn merge(&self, is_enabled: impl Fn(&ScannedModule) -> bool) -> Scan {
        let mut warnings = self.warnings.clone();
        let mut shop = Shop::new(self.version);
        let mut acl = AclMerge::default();
        for module in self.modules.iter().filter(|module| is_enabled(module)) {
            shop.modules.insert(module.name.clone(), module.package.clone());
            let mut is_unread = module.is_acl_unread;
            if let Some(text) = &module.acl {
                let merged = acl.add(&module.name, text);
                is_unread |= merged.is_err();
                warnings.extend(merged.err().map(|message| module.warning(module_dirs::ACL_XML, message)));
            }
            if is_unread {
                shop.unread.insert(module.name.clone());
            }
            if let Some(text) = &module.webapi {
                let merged = webapi::add(&mut shop.routes, &module.name, text);
                warnings.extend(merged.err().map(|message| module.warning(module_dirs::WEBAPI_XML, message)));
            }
        }
        let (resources, doubled) = acl.finish();
        shop.resources = resources;
        let blocking_roots = shop
            .blocking_roots()
            .into_iter()
            .map(|id| (shop.resources[id].module.clone(), misplaced_root(id)));
        for (module, message) in doubled.into_iter().chain(blocking_roots) {
            let module = self.modules.iter().find(|other| other.name == module);
            warnings.extend(module.map(|module| module.warning(module_dirs::ACL_XML, message)));
        }
        warnings.sort();
        Scan { shop, warnings }
    }
}

/// Message about a root that keeps Magento_Backend::admin from being the second.
fn misplaced_root(id: &str) -> String {
    format!(
        "{id} keeps Magento_Backend::admin from being the second root, below which Magento looks resources up: no \
         integration is granted anything; {}",
        if id == AclId::ALL {
            "give it a sortOrder below that of Magento_Backend::admin, which is 20 in Magento"
        } else {
            "move it below Magento_Backend::admin, or give it a sortOrder above 20"
        }
    )
}

impl ScannedModule {
    /// Reads the module in a directory below the root; none if its module.xml cannot be read.
    fn read(root: &Utf8Path, dir: Utf8PathBuf, lock: &ComposerLock) -> (Option<Self>, Vec<Warning>) {
        let mut warnings = Vec::new();
        let mut read = |file: &str| {
            let path = dir.join(file);
            input::read(&root.join(&path)).unwrap_or_else(|message| {
                warnings.push(Warning { file: path, message });
                None
            })
        };
        let declared = read(module_dirs::MODULE_XML);
        let acl = read(module_dirs::ACL_XML);
        let webapi = read(module_dirs::WEBAPI_XML);
        let package = read(module_dirs::COMPOSER_JSON);
        let Some(declared) = declared else { return (None, warnings) };
        match ModuleXml::parse(&declared) {
            Ok(ModuleXml { name, sequence }) => {
                let acl_xml = dir.join(module_dirs::ACL_XML);
                let is_acl_unread = warnings.iter().any(|warning| warning.file == acl_xml);
                let package = package.map(|text| lock.package(&text)).unwrap_or_default();
                (Some(Self { name, sequence, package, acl, is_acl_unread, webapi, dir }), warnings)
            }
            Err(message) => {
                let message = format!("{message}; the module is skipped");
                warnings.push(Warning { file: dir.join(module_dirs::MODULE_XML), message });
                (None, warnings)
            }
        }
    }

    fn warning(&self, file: &str, message: String) -> Warning {
        Warning { file: self.dir.join(file), message }
    }
}
