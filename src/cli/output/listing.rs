//! Lists of what the catalog has.

use std::io;

use serde_json::Value;

use super::{Paging, page, print_data, print_json};
use crate::cli::arguments::{Format, one_of};

/// How a list is written.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(in crate::cli) struct Listing {
    /// How to write the list
    #[arg(long, value_parser = one_of(&[Format::Human, Format::Json, Format::Csv]), default_value = "human")]
    format: Format,
    #[command(flatten)]
    paging: Paging,
}

/// What a list says, for each of its formats.
pub(in crate::cli) trait List {
    fn human(&self) -> String;
    fn json(&self) -> Value;
    fn csv(&self) -> String;
}

impl Listing {
    /// Writes the list to standard output.
    ///
    /// # Errors
    /// If that cannot be written to.
    pub(in crate::cli) fn print(self, list: &impl List) -> io::Result<()> {
        match self.format {
            Format::Json => print_json(list.json()),
            Format::Csv => print_data(list.csv().as_bytes()),
            _ => page(&list.human(), self.paging),
        }
    }
}
