//! `magespec schema`.

use crate::{
    cli::{Outcome, arguments::OutputFile},
    diag::Failure,
};

/// Print the JSON Schema of integration.toml, for editors
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    output: OutputFile,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    args.output.write_json(crate::spec::schema())?;
    Ok(Outcome::Fine)
}
