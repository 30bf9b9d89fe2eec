//! `magespec completions`.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::{
    cli::{Cli, Outcome, arguments::OutputFile},
    diag::Failure,
};

/// Print a shell completion script
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Shell to complete for
    #[arg(value_enum)]
    shell: Shell,
    #[command(flatten)]
    output: OutputFile,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    // clap_complete ends the process where it cannot write, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "magespec", &mut script);
    args.output.write(&script)?;
    Ok(Outcome::Fine)
}
