//! `magespec asyncapi`.

use std::io::{self, Write as _};

use camino::Utf8PathBuf;

use super::{Outcome, module};
use crate::{
    cli::{common::Known, fail},
    describe,
};

/// Print an AsyncAPI document of the module's webhooks
///
/// AsyncAPI 3.0 as JSON, for the tools of whoever receives them: where they are sent, the fields of each topic, the
/// headers, and how the signature is made.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The spec to read; of a directory the only integration.toml below it; - is standard input
    #[arg(value_name = "SPEC", default_value = "integration.toml")]
    spec: Utf8PathBuf,
    #[command(flatten)]
    known: Known,
}

pub(in crate::cli) fn run(args: &Args) -> io::Result<Outcome> {
    let catalog = match args.known.catalog() {
        Ok(catalog) => catalog,
        Err(message) => return fail(message),
    };
    let Some(module) = module(&args.spec, &catalog)? else { return Ok(Outcome::Failed) };
    match describe::asyncapi(&module) {
        Some(document) => writeln!(io::stdout(), "{document:#}").map(|()| Outcome::Fine),
        None => fail(format!("{} has no [[webhook]]: the other side is told nothing", args.spec)),
    }
}
