//! `--format`: the formats of all commands, each of which takes some of them.

use clap::{
    ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};

/// Output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// Human-readable text
    #[value(alias = "text")]
    Human,
    /// One line per finding: `file:line:col: level[rule]: message`
    Short,
    /// Unified diff for `git apply` and `patch -p1`
    Patch,
    /// Two columns: files on disk and generated files
    SideBySide,
    /// Number of changed lines per file, like `git diff --stat`
    Stat,
    /// Status letter and path of each file, like `git diff --name-status`
    NameStatus,
    /// JSON document
    Json,
    /// Comma-separated values
    Csv,
    /// Markdown for a review
    Markdown,
    /// Self-contained HTML page
    Html,
    /// SARIF 2.1.0 for code scanning
    Sarif,
    /// GitHub Actions annotations
    Github,
    /// JUnit XML for the test reports of CI
    Junit,
}

/// Parses one of the formats that a command takes.
pub(in crate::cli) fn one_of(formats: &'static [Format]) -> impl TypedValueParser<Value = Format> {
    let names = formats.iter().filter_map(ValueEnum::to_possible_value);
    PossibleValuesParser::new(names).try_map(|name| Format::from_str(&name, false))
}
