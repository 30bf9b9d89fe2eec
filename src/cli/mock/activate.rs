//! `magespec mock activate`.

use super::shop_options::ShopOptions;
use crate::{cli::Outcome, diag::Failure};

/// Activate an integration as Admin does
#[derive(Debug, clap::Args)]
#[command(hide = true)]
pub(super) struct Args {
    /// Name of the integration
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    options: ShopOptions,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    args.options.specs.files()?;
    Err(format!("`{}`: `magespec mock activate` is not available yet", args.name).into())
}
