//! Directories of modules, enabled or not.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::input;
use crate::parsers::php::strings;

pub(super) const MODULE_XML: &str = "etc/module.xml";
pub(super) const ACL_XML: &str = "etc/acl.xml";
pub(super) const WEBAPI_XML: &str = "etc/webapi.xml";
pub(super) const COMPOSER_JSON: &str = "composer.json";
/// List of the files that Composer loads at each start, including the registration of modules in vendor
/// (docs/magento/files-and-schemas.md#registration-places).
pub(super) const AUTOLOAD_FILES: &str = "vendor/composer/autoload_files.php";

const REGISTRATION: &str = "registration.php";

/// Directories of modules, relative to the root.
pub(super) struct ModuleDirs {
    pub(super) modules: BTreeSet<Utf8PathBuf>,
}

impl ModuleDirs {
    /// Finds directories that register modules: in vendor those that Composer loads, or without Composer's files each
    /// package; in app/code each `Vendor/Module` (`app/etc/registration_globlist.php`).
    pub(super) fn below(root: &Utf8Path) -> Self {
        let in_vendor = match input::text(&root.join(AUTOLOAD_FILES)) {
            Some(autoload) => registrations(&autoload),
            None => two_below(root, Utf8Path::new("vendor")),
        };
        let in_code = two_below(root, Utf8Path::new("app/code"));
        let candidates: BTreeSet<Utf8PathBuf> = in_vendor.into_iter().chain(in_code).collect();
        let modules = candidates.into_par_iter().flat_map_iter(|dir| modules(root, dir));
        Self { modules: modules.collect() }
    }
}

/// Directories whose registration is loaded: `=> $vendorDir . '/magento/module-sales/registration.php'`.
fn registrations(autoload: &str) -> Vec<Utf8PathBuf> {
    let line = |line: &str| {
        let (_, value) = line.split_once("=>")?;
        let base = if value.contains("$vendorDir") { "vendor" } else { "" };
        let file = strings(value).next()?;
        let file = Utf8PathBuf::from(format!("{base}{file}").trim_start_matches('/'));
        (file.file_name() == Some(REGISTRATION)).then(|| file.parent().map(Utf8Path::to_owned))?
    };
    autoload.lines().filter_map(line).collect()
}

/// Directories two levels down that have a registration.
fn two_below(root: &Utf8Path, dir: &Utf8Path) -> Vec<Utf8PathBuf> {
    let below = |dir: &Utf8Path| -> Vec<Utf8PathBuf> {
        let entries = root.join(dir).read_dir_utf8().into_iter().flatten().flatten();
        entries.map(|entry| dir.join(entry.file_name())).collect()
    };
    let dirs = below(dir).into_iter().flat_map(|vendor| below(&vendor));
    dirs.filter(|dir| root.join(dir).join(REGISTRATION).is_file()).collect()
}

/// Modules that the registration in a directory registers: the directory itself, or those that it names after
/// `__DIR__`. Libraries, themes and languages register themselves too.
fn modules(root: &Utf8Path, dir: Utf8PathBuf) -> Vec<Utf8PathBuf> {
    if root.join(&dir).join(MODULE_XML).is_file() {
        return vec![dir];
    }
    let text = input::text(&root.join(&dir).join(REGISTRATION)).unwrap_or_default();
    let named = text.split("__DIR__").skip(1).filter_map(|rest| strings(rest.split(';').next()?).next());
    let named = named.map(|below| dir.join(below.trim_start_matches('/')));
    named.filter(|dir| root.join(dir).join(MODULE_XML).is_file()).collect()
}
