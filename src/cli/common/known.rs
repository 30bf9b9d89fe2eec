//! Where it is read what Magento has.

use std::{borrow::Cow, env, fmt::Display, fs, io::Write as _};

use camino::{Utf8Path, Utf8PathBuf};

use super::input::reason;
use crate::{
    catalog::{
        Catalog, Shop,
        scan::{ScanError, scan},
    },
    diag::printable,
};

/// A shop's own files in place of what its release ships.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Known {
    /// Read ACL, REST routes and modules of the shop at this Magento root; they take the place of what magespec knows
    #[arg(long, value_name = "ROOT", help_heading = "Shop")]
    magento: Option<Utf8PathBuf>,
    /// Read them from a file that `magespec catalog` wrote
    #[arg(long, value_name = "FILE", conflicts_with = "magento", help_heading = "Shop")]
    catalog: Option<Utf8PathBuf>,
    /// Read the root anew, and do not keep what was found
    #[arg(long, requires = "magento", help_heading = "Shop")]
    no_cache: bool,
}

/// No shop's catalog is as large as that.
const MAX_BYTES: u64 = 64 << 20;

impl Known {
    /// The catalog to look things up in; what could not be read of a shop goes to standard error.
    ///
    /// # Errors
    /// What is wrong with the root or the file.
    pub(in crate::cli) fn catalog(&self) -> Result<Cow<'static, Catalog>, String> {
        let shop = match (&self.magento, &self.catalog) {
            (Some(root), _) => shop_at(root, self.no_cache)?,
            (None, Some(file)) => shop_in(file)?,
            (None, None) => return Ok(Cow::Borrowed(Catalog::bundled())),
        };
        Ok(Cow::Owned(Catalog::of_shop(shop)))
    }

    /// The same on a command line that is to be given next.
    pub(in crate::cli) fn as_arguments(&self) -> Vec<&str> {
        let valued = [("--magento", &self.magento), ("--catalog", &self.catalog)];
        let valued = valued.into_iter().filter_map(|(flag, path)| Some([flag, path.as_deref()?.as_str()]));
        valued.flatten().chain(self.no_cache.then_some("--no-cache")).collect()
    }
}

/// Scans the shop at a root; what could not be read goes to standard error.
///
/// # Errors
/// Why it cannot be scanned.
pub(in crate::cli) fn shop_at(root: &Utf8Path, no_cache: bool) -> Result<Shop, String> {
    let folder = cache_folder().filter(|_| !no_cache);
    let scan = scan(root, folder.as_deref()).map_err(|error| match error {
        ScanError::Unreadable(error) => format!("cannot read {root}: {}", reason(&error)),
        error => format!("{root} is no Magento root: {error}"),
    })?;
    scan.warnings.iter().for_each(warn);
    Ok(scan.shop)
}

fn shop_in(file: &Utf8Path) -> Result<Shop, String> {
    let cannot = |why: String| format!("cannot read the catalog {file}: {why}");
    let size = fs::metadata(file).map_err(|error| cannot(reason(&error)))?.len();
    if size > MAX_BYTES {
        return Err(cannot(format!("it is larger than {} MiB", MAX_BYTES >> 20)));
    }
    let text = fs::read_to_string(file).map_err(|error| cannot(reason(&error)))?;
    let shop: Shop = text.parse().map_err(cannot)?;
    for module in &shop.unread {
        warn(format_args!("{file}: etc/acl.xml of {module} could not be read when this was written"));
    }
    Ok(shop)
}

fn warn(what: impl Display) {
    let yellow = anstyle::AnsiColor::Yellow.on_default().bold();
    let _ = writeln!(anstream::stderr(), "{yellow}warning{yellow:#}: {}", printable(&what.to_string()));
}

/// Where results of scans are kept: a folder in that of the user for such things, if there is one.
fn cache_folder() -> Option<Utf8PathBuf> {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty()).map(Utf8PathBuf::from);
    let home = || set("HOME").map(|home| home.join(".cache"));
    let caches = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA")).or_else(home)?;
    Some(caches.join("magespec")).filter(|folder| folder.is_absolute())
}
