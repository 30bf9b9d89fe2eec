//! `magespec catalog`.

use camino::Utf8PathBuf;

use crate::{
    cli::{Outcome, arguments::shop_at, output::print_data},
    diag::Failure,
};

/// Print what a shop has, for `--catalog` to read where the shop is not
///
/// ACL, REST routes and modules of the shop at a Magento root, merged as Magento merges them. The text is sorted, the same
/// for the same shop, and made to be committed: magespec catalog --magento ROOT > shop.catalog
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The root of the shop: the directory that has app, vendor and bin/magento
    #[arg(long, value_name = "ROOT")]
    magento: Utf8PathBuf,
    /// Read the root anew, and do not keep what was found
    #[arg(long)]
    no_cache: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    print_data(shop_at(&args.magento, args.no_cache)?.to_string().as_bytes())?;
    Ok(Outcome::Fine)
}
