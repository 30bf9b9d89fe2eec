//! `magespec asyncapi`.

use camino::Utf8PathBuf;

use crate::{
    cli::{
        Outcome,
        arguments::{CatalogSource, OpenedSpec, OutputFile},
    },
    describe,
    diag::Failure,
    project::SPEC_FILE,
};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Spec to read, or a directory with exactly one integration.toml below it; - reads standard input
    #[arg(value_name = "SPEC", default_value = SPEC_FILE)]
    spec: Utf8PathBuf,
    #[command(flatten)]
    catalog_source: CatalogSource,
    #[command(flatten)]
    output: OutputFile,
}

pub(in crate::cli) fn run(args: &Args) -> Result<Outcome, Failure> {
    let OpenedSpec { module, .. } = OpenedSpec::open(&args.spec, &args.catalog_source.store()?)?;
    match describe::asyncapi(&module) {
        Some(document) => args.output.write_json(document).map(|()| Outcome::Fine),
        None => Err(format!("{} has no [[webhook]]: there is nothing to describe", args.spec).into()),
    }
}
