//! Lists from the catalog.

use std::io;

use serde_json::Value;

use super::{Paging, page, print_data, print_json};
use crate::cli::arguments::{Format, one_of};

/// Format option of a list.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(in crate::cli) struct Listing {
    /// Output format
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json, Format::Csv]), default_value = "human")]
    format: Format,
    #[command(flatten)]
    paging: Paging,
}

/// Contents of a list in each of its formats.
pub(in crate::cli) trait List {
    fn human(&self) -> String;
    fn json(&self) -> Value;
    fn csv(&self) -> String;
}

impl Listing {
    /// Writes the list to standard output.
    ///
    /// # Errors
    /// Standard output cannot be written to.
    pub(in crate::cli) fn print(self, list: &impl List) -> io::Result<()> {
        match self.format {
            Format::Json => print_json(list.json()),
            Format::Csv => print_data(list.csv().as_bytes())?,
            _ => page(&list.human(), self.paging)?,
        }
        Ok(())
    }
}
