//! `magespec lsp`.

use crate::{
    cli::{Outcome, output::print_data},
    diag::Failure,
    lsp,
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Use standard input and output, as it always does; some editors pass it
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(super) fn run(_: &Args) -> Result<Outcome, Failure> {
    Ok(if lsp::serve(print_data)? { Outcome::Fine } else { Outcome::Failed })
}
