//! `--magento` and `--catalog`: the catalog to look things up in.

use std::borrow::Cow;

use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    catalog::{Catalog, Shop},
    cli::output::warn,
    diag::Failure,
    project::{self, catalog_of},
};

/// A shop's own files in place of what its release ships.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct CatalogSource {
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

impl CatalogSource {
    /// The catalog to look things up in. Warnings about files of a shop that could not be read go to standard error.
    ///
    /// # Errors
    /// If the root or the file cannot be read.
    pub(in crate::cli) fn catalog(&self) -> Result<Cow<'static, Catalog>, Failure> {
        let shop = match (&self.magento, &self.catalog) {
            (Some(root), _) => Some(shop_at(root, self.no_cache)?),
            (None, Some(file)) => Some(warned(project::shop_in(file)?)?),
            (None, None) => None,
        };
        Ok(catalog_of(shop))
    }

    /// The same on a command line that is to be given next.
    pub(in crate::cli) fn as_arguments(&self) -> Vec<&str> {
        let valued = [("--magento", &self.magento), ("--catalog", &self.catalog)];
        let valued = valued.into_iter().filter_map(|(flag, path)| Some([flag, path.as_deref()?.as_str()]));
        valued.flatten().chain(self.no_cache.then_some("--no-cache")).collect()
    }
}

/// Scans the shop at a root. Warnings about files that could not be read go to standard error.
///
/// # Errors
/// If it cannot be scanned.
pub(in crate::cli) fn shop_at(root: &Utf8Path, no_cache: bool) -> Result<Shop, Failure> {
    warned(project::shop_at(root, no_cache)?)
}

fn warned((shop, warnings): (Shop, Vec<String>)) -> Result<Shop, Failure> {
    warnings.iter().try_for_each(warn)?;
    Ok(shop)
}
