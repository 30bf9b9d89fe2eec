//! `magespec status`.

use std::io::Write as _;

use camino::Utf8PathBuf;

use crate::{
    cli::{
        Outcome,
        arguments::{Format, one_of},
        live::{Live, installed},
        output::{print_json, stdout},
    },
    diag::Failure,
    magento::{Answer, Health, doubts, render},
    model::Module,
    project::{Installed, SPEC_FILE, one_spec},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Spec to read; - reads standard input
    #[arg(value_name = "SPEC", default_value = SPEC_FILE)]
    spec: Utf8PathBuf,
    #[command(flatten)]
    live: Live,
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json]), default_value = "human")]
    format: Format,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Failure> {
    let shop = args.live.connect()?;
    let spec = one_spec(&args.spec)?;
    let Installed { module, shop, .. } = installed(&shop, &spec, Installed::folder)?;
    print_status(&module, &shop, args.format)
}

fn print_status(module: &Module, shop: &Answer, format: Format) -> Result<Outcome, Failure> {
    let health = Health::of(module, shop, &doubts(module, shop));
    match format {
        Format::Json => print_json(render::json(module, shop, &health)),
        _ => write!(stdout(), "{}", render::human(module, shop, &health))?,
    }
    Ok(if health.is_in_step() { Outcome::Fine } else { Outcome::Differences })
}

/// Writes the state of a module in a shop to standard output.
///
/// # Errors
/// Errors when writing to standard output.
pub(super) fn print(module: &Module, shop: &Answer) -> Result<Outcome, Failure> {
    print_status(module, shop, Format::Human)
}
