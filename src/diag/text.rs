//! Helpers for text that people read.

use std::fmt::Display;

use anstyle::Style;

use super::printable_line;

/// `1 file`, `2 files`.
#[must_use]
pub fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// Styles a piece of a line for a terminal, with control characters replaced by visible symbols.
#[must_use]
pub fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{}{style:#}", printable_line(&text.to_string()))
}
