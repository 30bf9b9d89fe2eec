//! Lists of what the catalog has.

use std::io::{self, Write as _};

use anstyle::Style;
use serde_json::{Value, json};

use super::{Paging, page};
use crate::diag::printable;

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

/// A document of lists by name, with the version of its shape: raised when something in it changes or goes, not when
/// something is added.
pub(in crate::cli) fn json_document<const N: usize>(members: [(&str, Value); N]) -> Value {
    let mut document = json!({ "version": 1 });
    for (name, value) in members {
        document[name] = value;
    }
    document
}

/// The text in a style, for a terminal.
pub(in crate::cli) fn style(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{}{style:#}", printable(&text.to_string()))
}

/// Warns people of something that no rule is about.
///
/// # Errors
/// If standard error cannot be written to.
pub(in crate::cli) fn warn(message: impl std::fmt::Display) -> io::Result<()> {
    let yellow = anstyle::AnsiColor::Yellow.on_default().bold();
    writeln!(anstream::stderr(), "{yellow}warning{yellow:#}: {}", printable(&message.to_string()))
}

/// Tells people something beside the list.
///
/// # Errors
/// If standard error cannot be written to.
pub(in crate::cli) fn note(message: impl std::fmt::Display) -> io::Result<()> {
    let green = anstyle::AnsiColor::Green.on_default().bold();
    writeln!(anstream::stderr(), "{green}note{green:#}: {}", printable(&message.to_string()))
}
