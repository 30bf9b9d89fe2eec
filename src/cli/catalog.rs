//! `magespec catalog`.

use camino::Utf8PathBuf;

use crate::{
    cli::{Outcome, arguments::shop_at, output::print_data},
    diag::Failure,
};

/// Print a shop's catalog for `--catalog`
///
/// Prints the ACL, REST routes and modules of the shop at a Magento root, merged as Magento merges them. The output is
/// sorted and reproducible, so that you can commit it: magespec catalog --magento ROOT > shop.catalog
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Magento root: the directory with app, vendor and bin/magento
    #[arg(long, value_name = "ROOT")]
    magento: Utf8PathBuf,
    /// Scan the Magento root without reading or writing the cache
    #[arg(long)]
    no_cache: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    print_data(shop_at(&args.magento, args.no_cache)?.to_string().as_bytes())?;
    Ok(Outcome::Fine)
}
