//! `--format`: the formats of all commands, each of which takes some of them.

use clap::{
    ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};

/// A format of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// Text for a terminal
    Human,
    /// One line for each finding: `file:line:col: level[rule]: message`
    Short,
    /// A unified diff that `git apply` and `patch -p1` take
    Patch,
    /// Two columns: the files on disk and the generated files
    SideBySide,
    /// A line for each file with the number of changed lines, as git has it
    Stat,
    /// A letter and the path of each file
    NameStatus,
    /// One JSON document
    Json,
    /// Comma-separated values
    Csv,
    /// Markdown, for a review
    Markdown,
    /// One self-contained page
    Html,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands, which GitHub shows as annotations
    Github,
}

/// Parses one of the formats that a command takes.
pub(in crate::cli) fn one_of(formats: &'static [Format]) -> impl TypedValueParser<Value = Format> {
    let names = formats.iter().filter_map(ValueEnum::to_possible_value);
    PossibleValuesParser::new(names).try_map(|name| Format::from_str(&name, false))
}
