//! `magespec schema`.

use std::io::{self, Write as _};

use super::Outcome;

/// Print the JSON Schema of integration.toml, for editors
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Args) -> io::Result<Outcome> {
    writeln!(anstream::stdout(), "{:#}", crate::spec::schema())?;
    Ok(Outcome::Fine)
}
