//! `magespec schema`.

use std::io::Write as _;

use crate::{cli::Outcome, diag::Failure};

/// Print the JSON Schema of integration.toml, for editors
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Args) -> Result<Outcome, Failure> {
    writeln!(anstream::stdout(), "{:#}", crate::spec::schema())?;
    Ok(Outcome::Fine)
}
