//! `magespec man`.

use clap::CommandFactory as _;

use crate::{
    cli::{Cli, Outcome, arguments::OutputFile},
    diag::Failure,
};

/// Print a manual page
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Command to print the page of [default: magespec itself]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
    #[command(flatten)]
    output: OutputFile,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let mut magespec = Cli::command();
    magespec.build();
    let page = match &args.command {
        None => magespec,
        Some(name) => match magespec.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                return Err(
                    format!("unknown command `{name}`; run `magespec help` to list all commands").into()
                );
            }
        },
    };
    let mut roff = Vec::new();
    let source = concat!("magespec ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(page).source(source).render(&mut roff)?;
    args.output.write(&roff)?;
    Ok(Outcome::Fine)
}
