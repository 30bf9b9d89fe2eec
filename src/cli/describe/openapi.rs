//! `magespec openapi`.

use camino::Utf8PathBuf;

use crate::{
    cli::{
        Outcome,
        arguments::{CatalogSource, OpenedSpec, OutputFile},
    },
    describe::{self, Covered},
    diag::Failure,
    project::SPEC_FILE,
};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Spec to read, or a directory with exactly one integration.toml below it; - reads standard input
    #[arg(value_name = "SPEC", default_value = SPEC_FILE)]
    spec: Utf8PathBuf,
    /// Include the Magento routes that the integrations call, if their types are known
    #[arg(long)]
    calls: bool,
    #[command(flatten)]
    catalog_source: CatalogSource,
    #[command(flatten)]
    output: OutputFile,
}

pub(in crate::cli) fn run(args: &Args) -> Result<Outcome, Failure> {
    let OpenedSpec { module, catalogs, .. } = OpenedSpec::open(&args.spec, &args.catalog_source.store()?)?;
    let covered = if args.calls { Covered::Called } else { Covered::Own };
    match describe::openapi(&module, catalogs.get().of_spec(), covered) {
        Some(document) => args.output.write_json(document).map(|()| Outcome::Fine),
        None if args.calls => Err(format!(
            "{} has no [[service]] and no integration with calls: there are no routes to describe",
            args.spec
        ).into()),
        None => Err(format!(
            "{} has no [[service]]: it has no routes of its own; add --calls to describe the Magento routes that it calls",
            args.spec
        ).into()),
    }
}
