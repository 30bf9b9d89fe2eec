//! `magespec check`.

use std::io;

use rayon::prelude::*;

use super::{
    Outcome,
    input::{self, Deny, Specs},
};
use crate::{catalog::Catalog, compile, diag::render::Format};

/// Check specs against the Magento releases they target
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Take warnings for errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

pub(super) fn run(args: &Args) -> io::Result<Outcome> {
    let catalog = Catalog::bundled();
    let check = |path: &camino::Utf8PathBuf| match input::read(path) {
        Ok(source) => compile(source, catalog).report,
        Err(report) => report,
    };
    let mut reports: Vec<_> = args.specs.specs.par_iter().map(check).collect();
    input::deny(&mut reports, args.deny);
    input::print(&mut anstream::stdout(), args.format, &reports)
}
