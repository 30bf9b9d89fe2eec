//! Reading of untrusted files.

use std::io;

use camino::Utf8Path;

use crate::{
    bounded,
    diag::{Position, Source, io_reason},
    parsers::xml,
};

/// Size limit. Except for composer.lock, files of real shops have less than a hundredth of that.
const MAX_BYTES: u64 = 16 << 20;

/// Reads a file as UTF-8; none if it does not exist.
///
/// # Errors
/// Describes why it cannot be read.
pub(super) fn read(path: &Utf8Path) -> Result<Option<String>, String> {
    match bounded::file(path, MAX_BYTES) {
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|_| "it is not UTF-8".to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_reason(&error)),
    }
}

/// Reads the text of an optional file; none if it is unreadable.
pub(super) fn text(path: &Utf8Path) -> Option<String> {
    read(path).ok().flatten()
}

/// Parses XML, skipping elements that are nested too deep.
///
/// # Errors
/// Describes the fault and its place.
pub(super) fn xml(text: &str) -> Result<xml::XmlDocument, String> {
    let text = text.trim_start_matches('\u{feff}');
    xml::read_shallow(text).map_err(|finding| {
        let at = finding.span.map_or(0, |span| span.start);
        let Position { line, column } = Source::new("", text).position(at);
        format!("{} at {line}:{column}", finding.message)
    })
}
