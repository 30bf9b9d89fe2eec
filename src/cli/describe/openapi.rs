//! `magespec openapi`.

use camino::Utf8PathBuf;

use crate::{
    cli::{Outcome, arguments::CatalogSource, describe::module, output::print_json},
    describe::{self, Covered},
    diag::Failure,
};

/// Print an OpenAPI document of the module's own REST routes
///
/// OpenAPI 3.1 as JSON, for the tools of whoever calls the shop: paths, parameters, what is taken and answered, errors,
/// credentials, and the ACL resources that each route needs.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The spec to read; of a directory the only integration.toml below it; - is standard input
    #[arg(value_name = "SPEC", default_value = "integration.toml")]
    spec: Utf8PathBuf,
    /// Describe also the routes of Magento that the integrations call, as far as their shapes are known
    #[arg(long)]
    calls: bool,
    #[command(flatten)]
    catalog_source: CatalogSource,
}

pub(in crate::cli) fn run(args: &Args) -> Result<Outcome, Failure> {
    let catalog = args.catalog_source.catalog()?;
    let module = module(&args.spec, &catalog)?;
    let covered = if args.calls { Covered::Called } else { Covered::Own };
    match describe::openapi(&module, &catalog, covered) {
        Some(document) => Ok(print_json(document).map(|()| Outcome::Fine)?),
        None if args.calls => Err(format!(
            "{} has no [[service]] and no integration with calls: there is no route to describe",
            args.spec
        ).into()),
        None => Err(format!(
            "{} has no [[service]]: there is no own route to describe; --calls describes those of Magento that it calls",
            args.spec
        ).into()),
    }
}
