//! `magespec check`.

use std::io;

use super::{
    Outcome,
    common::{Deny, Known, Specs, compile_all, print, progress},
    fail,
};
use crate::diag::render::Format;

/// Check specs against the Magento releases they target
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    specs: Specs,
    #[command(flatten)]
    known: Known,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Take warnings for errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

pub(super) fn run(args: &Args) -> io::Result<Outcome> {
    let compiled = args
        .known
        .catalog()
        .and_then(|catalog| compile_all(&args.specs, &catalog, None, args.deny, progress("checking")));
    match compiled {
        Ok(projects) => {
            let reports: Vec<_> = projects.into_iter().map(|project| project.report).collect();
            print(&mut anstream::stdout(), args.format, &reports)
        }
        Err(message) => fail(message),
    }
}
