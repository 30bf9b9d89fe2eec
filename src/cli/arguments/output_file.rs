//! `--output`: a document to a file.

use std::fmt;

use camino::Utf8PathBuf;

use crate::{
    cli::output::{json, print_data, waiting},
    diag::Failure,
    write::publish,
};

/// Option of the commands that print one document.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct OutputFile {
    /// Write to FILE instead of standard output; replaces FILE atomically
    #[arg(long, short, value_name = "FILE")]
    output: Option<Utf8PathBuf>,
}

impl OutputFile {
    /// Returns true if the name of the file ends so.
    pub(in crate::cli) fn has_extension(&self, extension: &str) -> bool {
        self.output.as_ref().is_some_and(|file| file.extension() == Some(extension))
    }

    /// Writes a document.
    ///
    /// # Errors
    /// The file or standard output cannot be written.
    pub(in crate::cli) fn write(&self, document: &[u8]) -> Result<(), Failure> {
        match &self.output {
            Some(file) if file != "-" => Ok(publish(file, document, waiting)?),
            _ => Ok(print_data(document)?),
        }
    }

    /// Writes a JSON document.
    ///
    /// # Errors
    /// The file or standard output cannot be written.
    pub(in crate::cli) fn write_json(&self, document: impl fmt::Display) -> Result<(), Failure> {
        self.write(json(document).as_bytes())
    }
}
