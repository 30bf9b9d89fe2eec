//! Lists of what the catalog has.

use std::io::{self, Write as _};

use serde_json::Value;

use super::{Paging, page};

/// How a list is written.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(in crate::cli) struct Listing {
    /// How to write the list
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    paging: Paging,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    #[default]
    Human,
    Json,
    Csv,
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
            Format::Human => page(list.human().as_bytes(), true, self.paging),
            Format::Json => writeln!(io::stdout(), "{:#}", list.json()),
            Format::Csv => write!(io::stdout(), "{}", list.csv()),
        }
    }
}
