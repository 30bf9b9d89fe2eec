//! Specs named on the command line.

use camino::Utf8PathBuf;

use crate::{
    diag::Failure,
    project::{SPEC_FILE, find_modules_and_specs, find_specs},
};

/// Specs to process.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Specs {
    /// Specs to read, or directories to search for integration.toml files that git does not ignore; - reads standard input
    #[arg(value_name = "SPEC", default_value = SPEC_FILE)]
    specs: Vec<Utf8PathBuf>,
}

impl Specs {
    /// Lists the directories that hold no spec but a module, and apart from them the spec files.
    pub(in crate::cli) fn apart(&self) -> (Vec<Utf8PathBuf>, Result<Vec<Utf8PathBuf>, Failure>) {
        find_modules_and_specs(&self.specs)
    }

    /// Lists the spec files, those of a directory sorted by path, each once.
    ///
    /// # Errors
    /// Unreadable directory, directory without a spec, or standard input named twice.
    pub(in crate::cli) fn files(&self) -> Result<Vec<Utf8PathBuf>, Failure> {
        find_specs(&self.specs)
    }
}
