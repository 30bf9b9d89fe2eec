//! Specs named on the command line.

use camino::Utf8PathBuf;

use crate::{
    diag::Failure,
    project::{find_specs, is_module_without_spec},
};

/// The specs to work on.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Specs {
    /// Specs to read; of a directory every integration.toml below it that git does not ignore; - is standard input
    #[arg(value_name = "SPEC", default_value = "integration.toml")]
    specs: Vec<Utf8PathBuf>,
}

impl Specs {
    /// The directories that have no spec below them but a module that declares integrations, and the rest.
    pub(in crate::cli) fn apart(&self) -> (Vec<Utf8PathBuf>, Self) {
        let (modules, specs) = self.specs.iter().cloned().partition(|path| is_module_without_spec(path));
        (modules, Self { specs })
    }

    /// The spec files, those of a directory sorted by path, each once.
    ///
    /// # Errors
    /// If a directory cannot be read or has no spec, or standard input would be read twice.
    pub(in crate::cli) fn files(&self) -> Result<Vec<Utf8PathBuf>, Failure> {
        find_specs(&self.specs)
    }
}
