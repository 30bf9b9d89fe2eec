//! Messages on standard error.

use std::{
    fmt::Display,
    io::{self, Write as _},
};

use anstyle::AnsiColor;

use super::stderr;
use crate::diag::printable;

/// Tells why a command cannot go on, or a part of it.
///
/// # Errors
/// If standard error cannot be written to.
pub(in crate::cli) fn error(message: impl Display) -> io::Result<()> {
    tell(AnsiColor::Red, "error", message)
}

/// Warns of something that no rule is about.
///
/// # Errors
/// If standard error cannot be written to.
pub(in crate::cli) fn warn(message: impl Display) -> io::Result<()> {
    tell(AnsiColor::Yellow, "warning", message)
}

/// Tells something beside the output.
///
/// # Errors
/// If standard error cannot be written to.
pub(in crate::cli) fn note(message: impl Display) -> io::Result<()> {
    tell(AnsiColor::Green, "note", message)
}

fn tell(color: AnsiColor, level: &str, message: impl Display) -> io::Result<()> {
    let style = color.on_default().bold();
    writeln!(stderr(), "{style}{level}{style:#}: {}", printable(&message.to_string()))
}
