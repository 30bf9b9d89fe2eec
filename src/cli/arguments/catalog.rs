//! `--magento` and `--catalog`: the shop to look things up in, or to check specs against.

use camino::{Utf8Path, Utf8PathBuf};
use clap::ArgAction;

use super::print_stand_in;
use crate::{
    catalog::{Catalog, Shop},
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
    #[arg(long, value_name = "FILE", action = ArgAction::Set, num_args = 1, conflicts_with = "magento", help_heading = "Shop")]
    catalog: Vec<Utf8PathBuf>,
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
        let mut shops = self.shops()?;
        let shop = shops.pop();
        if !shops.is_empty() {
            return Err(
                "a spec is compared with one shop; name one --catalog, or add --upgrade FROM TO".into()
            );
        }
        Ok(CatalogStore::new(shop.map(|(_, shop)| shop)))
    }

    /// Loads all shops, each with its name. Warnings about their unreadable files go to standard error.
    ///
    /// # Errors
    /// Unreadable root or file.
    pub(in crate::cli) fn shops(&self) -> Result<Vec<(String, Shop)>, Failure> {
        let mut shops = Vec::new();
        if let Some(root) = &self.magento {
            shops.push((root.to_string(), shop_at(root, self.no_cache)?));
        }
        for file in &self.catalog {
            shops.push((file.to_string(), shop_in(file)?));
        }
        shops.iter().try_for_each(|(_, shop)| print_stand_in(Catalog::bundled(), shop.version))?;
        Ok(shops)
    }

    /// Catalog file of the shop, if it is named by one.
    pub(in crate::cli) fn file(&self) -> Option<&Utf8Path> {
        self.catalog.last().map(Utf8PathBuf::as_path)
    }

    /// Repeats the options for a suggested command line.
    pub(in crate::cli) fn as_arguments(&self) -> Vec<&str> {
        let roots = self.magento.iter().map(|root| ["--magento", root.as_str()]);
        let valued = roots.chain(self.catalog.iter().map(|file| ["--catalog", file.as_str()]));
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
