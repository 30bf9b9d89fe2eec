//! What was found the last time, while nothing has changed.
//!
//! A file for each root, named after it: the first line says in which state the root's files were, by their sizes and
//! times; the rest is the catalog as text. Whatever cannot be read or written is as if it were not there.

use std::{fs, io::Write as _, time::UNIX_EPOCH};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::{composer, config_php, module_dirs, release};
use crate::catalog::{Shop, scan::ModuleDirs};

/// The place of a root's result.
pub(super) struct CacheEntry {
    file: Utf8PathBuf,
    /// The state of the root now.
    state: String,
}

impl CacheEntry {
    pub(super) fn new(folder: &Utf8Path, root: &Utf8Path, found: &ModuleDirs) -> Self {
        let name = URL_SAFE_NO_PAD.encode(Sha256::digest(root.as_str()));
        Self { file: folder.join(format!("{name}.catalog")), state: state(root, found) }
    }

    /// The shop as it was found, if its files are still the same.
    pub(super) fn read(&self) -> Option<Shop> {
        let text = fs::read_to_string(&self.file).ok()?;
        let (state, shop) = text.split_once('\n')?;
        (state == self.state).then(|| shop.parse().ok())?
    }

    /// Keeps the shop, whole or not at all.
    pub(super) fn write(&self, shop: &Shop) {
        let write = || -> std::io::Result<()> {
            let folder = self.file.parent().unwrap_or(Utf8Path::new("."));
            fs::create_dir_all(folder)?;
            let draft = self.file.with_extension(std::process::id().to_string());
            let mut file = fs::File::create(&draft)?;
            write!(file, "{}\n{shop}", self.state)?;
            fs::rename(&draft, &self.file)
        };
        let _ = write();
    }
}

/// The state of all files that a scan reads. Another magespec may read them otherwise.
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
