//! Catalogs of shops: scanned in a Magento root, or read from files.

use std::io;

use std::env;

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    bounded,
    catalog::{
        Constraint, Shop,
        scan::{ScanCache, ScanError, scan},
    },
    diag::{Failure, io_reason},
    write::publish_cache,
};

/// Size limit, larger than any shop's catalog.
pub(super) const MAX_BYTES: u64 = 64 << 20;

/// Scans the shop at a Magento root. Also returns warnings about unreadable files.
///
/// # Errors
/// Failed scan.
pub fn shop_at(root: &Utf8Path, no_cache: bool) -> Result<(Shop, Vec<String>), Failure> {
    let folder = cache_folder().filter(|_| !no_cache);
    // Without the result, the next scan takes longer, nothing else.
    let save = |file: &Utf8Path, text: &str| {
        let _ = publish_cache(file, text.as_bytes());
    };
    let cache = folder.as_deref().map(|folder| ScanCache { folder, save: &save });
    let scan = scan(root, cache).map_err(|error| match error {
        ScanError::Unreadable(error) if error.kind() == io::ErrorKind::NotFound => {
            let expected = match root.as_str().parse::<Constraint>() {
                Ok(_) => "--magento takes the directory of a shop; a release goes into --target, or into `magento` of a spec",
                Err(_) => "name the directory of a shop that contains app/ and bin/magento",
            };
            Failure::new(format!("cannot read {root}: no such directory; {expected}")).at(root)
        }
        ScanError::Unreadable(error) => Failure::unreadable(root, &error),
        error => Failure::new(format!("{root} is not a Magento root: {error}")).at(root),
    })?;
    Ok((scan.shop, scan.warnings.iter().map(ToString::to_string).collect()))
}

/// Reads a shop's catalog from a file that `magespec catalog` wrote. Also returns warnings about gaps in it.
///
/// # Errors
/// Unreadable file.
pub fn shop_in(file: &Utf8Path) -> Result<(Shop, Vec<String>), Failure> {
    let shop = read_shop(file)
        .map_err(|why| Failure::new(format!("cannot read the catalog {file}: {why}")).at(file))?;
    let warning = |module: &String| {
        format!("{file}: etc/acl.xml of {module} was unreadable when this file was written")
    };
    let warnings = shop.unread.iter().map(warning).collect();
    Ok((shop, warnings))
}

/// Reads a shop from a file.
///
/// # Errors
/// Describes why it cannot be read.
pub(super) fn read_shop(file: &Utf8Path) -> Result<Shop, String> {
    parse_shop(bounded::file(file, MAX_BYTES).map_err(|error| io_reason(&error))?)
}

/// Parses a shop.
///
/// # Errors
/// Describes why it is not a catalog.
pub(super) fn parse_shop(bytes: Vec<u8>) -> Result<Shop, String> {
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?.parse()
}

/// Folder for scan results in the user's cache folder, if there is one.
fn cache_folder() -> Option<Utf8PathBuf> {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty()).map(Utf8PathBuf::from);
    let home = || set("HOME").map(|home| home.join(".cache"));
    let caches = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA")).or_else(home)?;
    Some(caches.join("magespec")).filter(|folder| folder.is_absolute())
}
