//! Cache of the last scan, valid until a file changes.
//!
//! One file for each root, named after it: the first line is the state of the root's files, by size and time; the rest
//! is the catalog as text. Read and write errors are ignored.

use std::time::UNIX_EPOCH;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::{composer, config_php, module_dirs, release};
use crate::{
    bounded,
    catalog::{Shop, scan::ModuleDirs},
};

/// Folder for the results of scans.
#[derive(Clone, Copy)]
pub struct ScanCache<'a> {
    /// Path of the folder.
    pub folder: &'a Utf8Path,
    /// Writes a file in it, whole or not at all, and creates the folder if necessary.
    pub save: &'a (dyn Fn(&Utf8Path, &str) + Sync),
}

/// Cache file of a root.
pub(super) struct CacheEntry {
    file: Utf8PathBuf,
    /// Current state of the root.
    state: String,
}

impl CacheEntry {
    pub(super) fn new(folder: &Utf8Path, root: &Utf8Path, found: &ModuleDirs) -> Self {
        let name = URL_SAFE_NO_PAD.encode(Sha256::digest(root.as_str()));
        Self { file: folder.join(format!("{name}.catalog")), state: state(root, found) }
    }

    /// Reads the cached shop, if its files are unchanged.
    pub(super) fn read(&self) -> Option<Shop> {
        let text = String::from_utf8(bounded::file(&self.file, bounded::LARGEST_FILE).ok()?).ok()?;
        let (state, shop) = text.split_once('\n')?;
        (state == self.state).then(|| shop.parse().ok())?
    }

    /// Saves the shop.
    pub(super) fn save(&self, shop: &Shop, save: &dyn Fn(&Utf8Path, &str)) {
        save(&self.file, &format!("{}\n{shop}", self.state));
    }
}

/// State of all files that a scan reads, together with the version of magespec.
fn state(root: &Utf8Path, found: &ModuleDirs) -> String {
    let common = [config_php::CONFIG_PHP, module_dirs::AUTOLOAD_FILES, composer::COMPOSER_LOCK];
    let files =
        [module_dirs::MODULE_XML, module_dirs::ACL_XML, module_dirs::WEBAPI_XML, module_dirs::COMPOSER_JSON];
    let of_module = |dir: &Utf8PathBuf| files.map(|file| stamp(root, &dir.join(file))).concat();
    let modules: Vec<String> = found.modules.par_iter().map(of_module).collect();
    let mut hash = Sha256::new_with_prefix(env!("CARGO_PKG_VERSION"));
    common.iter().chain(&release::FILES).for_each(|file| hash.update(stamp(root, Utf8Path::new(file))));
    modules.iter().for_each(|module| hash.update(module));
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

fn stamp(root: &Utf8Path, file: &Utf8Path) -> String {
    let state = root.join(file).metadata().ok().map(|metadata| {
        let time = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        (metadata.len(), time.map(|time| time.as_nanos()))
    });
    format!("{file} {state:?}\n")
}
