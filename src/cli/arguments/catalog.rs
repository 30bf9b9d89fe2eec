//! `--magento` and `--catalog`: the shop to look things up in, or to check specs against.

use camino::{Utf8Path, Utf8PathBuf};

use super::print_release_of_shop;
use crate::{
    catalog::Shop,
    cli::output::warn,
    diag::Failure,
    project::{self, CatalogStore},
};

/// Options that name a shop. It never changes what is built from a spec.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct CatalogSource {
    /// Use the ACL, REST routes and modules of the shop at this Magento root; specs are checked against them
    #[arg(long, value_name = "ROOT", help_heading = "Shop")]
    magento: Option<Utf8PathBuf>,
    /// Use a shop's catalog, a file written by `magespec catalog`, instead of its Magento root
    #[arg(long, value_name = "FILE", conflicts_with = "magento", help_heading = "Shop")]
    catalog: Option<Utf8PathBuf>,
    /// Scan the Magento root without reading or writing the cache
    #[arg(long, requires = "magento", help_heading = "Shop")]
    no_cache: bool,
}

impl CatalogSource {
    /// Loads the shop. Warnings about its unreadable files go to standard error.
    ///
    /// # Errors
    /// Unreadable root or file.
    pub(in crate::cli) fn store(&self) -> Result<CatalogStore, Failure> {
        let shop = match (&self.magento, &self.catalog) {
            (Some(root), _) => Some(shop_at(root, self.no_cache)?),
            (None, Some(file)) => Some(shop_in(file)?),
            (None, None) => None,
        };
        shop.iter().try_for_each(|shop| print_release_of_shop(shop.version))?;
        Ok(CatalogStore::new(shop))
    }

    /// Repeats the options for a suggested command line.
    pub(in crate::cli) fn as_arguments(&self) -> Vec<&str> {
        let valued = [("--magento", &self.magento), ("--catalog", &self.catalog)];
        let valued = valued.into_iter().filter_map(|(flag, path)| Some([flag, path.as_deref()?.as_str()]));
        valued.flatten().chain(self.no_cache.then_some("--no-cache")).collect()
    }
}

/// Scans the shop at a root. Warnings about unreadable files go to standard error.
///
/// # Errors
/// Failed scan.
pub(in crate::cli) fn shop_at(root: &Utf8Path, no_cache: bool) -> Result<Shop, Failure> {
    warned(project::shop_at(root, no_cache)?)
}

/// Reads a shop's catalog. Warnings about gaps in it go to standard error.
///
/// # Errors
/// Unreadable file.
pub(in crate::cli) fn shop_in(file: &Utf8Path) -> Result<Shop, Failure> {
    warned(project::shop_in(file)?)
}

fn warned((shop, warnings): (Shop, Vec<String>)) -> Result<Shop, Failure> {
    warnings.iter().try_for_each(|warning| warn(warning.as_str()))?;
    Ok(shop)
}
