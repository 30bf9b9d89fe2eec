//! Messages on standard error.

use std::io::{self, Write as _};

use anstyle::AnsiColor;
use camino::Utf8Path;

use super::{note_failure, stderr};
use crate::{
    catalog::{Found, Query},
    diag::Failure,
};

/// Reports an error of a command or of a part of it.
///
/// # Errors
/// Errors when writing to standard error.
pub(in crate::cli) fn error(message: impl Into<Failure>) -> io::Result<()> {
    let failure = message.into();
    note_failure(&failure);
    print(AnsiColor::Red, "error", failure)
}

/// Reports a warning that belongs to no rule.
///
/// # Errors
/// Errors when writing to standard error.
pub(in crate::cli) fn warn(message: impl Into<Failure>) -> io::Result<()> {
    print(AnsiColor::Yellow, "warning", message)
}

/// Reports a note.
///
/// # Errors
/// Errors when writing to standard error.
pub(in crate::cli) fn note(message: impl Into<Failure>) -> io::Result<()> {
    print(AnsiColor::Green, "note", message)
}

/// Says which words of a search were ignored, if any. `what` is the kind of thing that was searched for.
///
/// # Errors
/// Errors when writing to standard error.
pub(in crate::cli) fn note_ignored<T>(what: &str, query: &str, found: &Found<T>) -> io::Result<()> {
    if found.ignored.is_empty() {
        return Ok(());
    }
    let kept = Query::new(query).without(&found.ignored);
    note(format!("no {what} matches all of `{query}`; showing matches of `{kept}`, the closest first"))
}

/// Reports that this run waits for another one that writes to the same directory.
pub(in crate::cli) fn waiting(place: &Utf8Path) {
    let _ = stderr().line(format_args!("waiting for another magespec that is writing to {place}"));
}

/// Statement on a file that was written, with others in its directory.
pub(in crate::cli) fn wrote(path: &Utf8Path, beside: impl IntoIterator<Item = &'static str>) -> String {
    let beside: Vec<_> = beside.into_iter().map(|name| path.with_file_name(name)).collect();
    match beside.as_slice() {
        [] => format!("wrote {path}"),
        [last] => format!("wrote {path} and {last}"),
        [others @ .., last] => {
            let others: Vec<&str> = others.iter().map(|other| other.as_str()).collect();
            format!("wrote {path}, {} and {last}", others.join(", "))
        }
    }
}

fn print(color: AnsiColor, level: &str, message: impl Into<Failure>) -> io::Result<()> {
    let style = color.on_default().bold();
    writeln!(stderr(), "{style}{level}{style:#}: {}", message.into())
}
