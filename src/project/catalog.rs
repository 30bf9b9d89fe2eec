//! Choice of the catalog: the bundled one, or that of a shop.

use std::{borrow::Cow, env, fs};

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    catalog::{
        Catalog, Shop,
        scan::{ScanError, scan},
    },
    diag::{Failure, io_reason},
};

/// Size limit, larger than any shop's catalog.
const MAX_BYTES: u64 = 64 << 20;

/// Catalog of a shop, or the bundled one.
#[must_use]
pub fn catalog_of(shop: Option<Shop>) -> Cow<'static, Catalog> {
    shop.map_or(Cow::Borrowed(Catalog::bundled()), |shop| Cow::Owned(Catalog::of_shop(shop)))
}

/// Scans the shop at a Magento root. Also returns warnings about unreadable files.
///
/// # Errors
/// Failed scan.
pub fn shop_at(root: &Utf8Path, no_cache: bool) -> Result<(Shop, Vec<String>), Failure> {
    let folder = cache_folder().filter(|_| !no_cache);
    let scan = scan(root, folder.as_deref()).map_err(|error| match error {
        ScanError::Unreadable(error) => Failure::unreadable(root, &error),
        error => Failure::new(format!("{root} is not a Magento root: {error}")),
    })?;
    Ok((scan.shop, scan.warnings.iter().map(ToString::to_string).collect()))
}

/// Reads a shop's catalog from a file that `magespec catalog` wrote. Also returns warnings about gaps in it.
///
/// # Errors
/// Unreadable file.
pub fn shop_in(file: &Utf8Path) -> Result<(Shop, Vec<String>), Failure> {
    let cannot = |why: String| Failure::new(format!("cannot read the catalog {file}: {why}"));
    let size = fs::metadata(file).map_err(|error| cannot(io_reason(&error)))?.len();
    if size > MAX_BYTES {
        return Err(cannot(format!("it is larger than {} MiB", MAX_BYTES >> 20)));
    }
    let text = fs::read_to_string(file).map_err(|error| cannot(io_reason(&error)))?;
    let shop: Shop = text.parse().map_err(cannot)?;
    let warning = |module: &String| {
        format!("{file}: etc/acl.xml of {module} was unreadable when this file was written")
    };
    let warnings = shop.unread.iter().map(warning).collect();
    Ok((shop, warnings))
}

/// Folder for scan results in the user's cache folder, if there is one.
fn cache_folder() -> Option<Utf8PathBuf> {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty()).map(Utf8PathBuf::from);
    let home = || set("HOME").map(|home| home.join(".cache"));
    let caches = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA")).or_else(home)?;
    Some(caches.join("magespec")).filter(|folder| folder.is_absolute())
}
