//! Helpers for text that people read.

use std::fmt::Display;

use anstyle::Style;

use super::printable;

/// `1 file`, `2 files`.
#[must_use]
pub fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// The text in a style, for a terminal; what it would obey is made visible.
#[must_use]
pub fn styled(style: Style, text: impl Display) -> String {
    format!("{style}{}{style:#}", printable(&text.to_string()))
}
