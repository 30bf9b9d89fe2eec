//! `magespec schema`.

use crate::{
    cli::{Outcome, output::print_json},
    diag::Failure,
};

/// Print the JSON Schema of integration.toml, for editors
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Args) -> Result<Outcome, Failure> {
    print_json(crate::spec::schema())?;
    Ok(Outcome::Fine)
}
