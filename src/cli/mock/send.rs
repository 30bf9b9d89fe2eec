//! `magespec mock send`.

use crate::{
    cli::{Outcome, arguments::Specs},
    diag::Failure,
};

/// Send a webhook of the spec to its receiver
#[derive(Debug, clap::Args)]
#[command(hide = true)]
pub(super) struct Args {
    /// Topic of the webhook
    #[arg(value_name = "TOPIC")]
    topic: String,
    #[command(flatten)]
    specs: Specs,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    args.specs.files()?;
    Err(format!("`{}`: `magespec mock send` is not available yet", args.topic).into())
}
