//! Reading of untrusted files.

use std::{fs, io::Read as _};

use camino::Utf8Path;

use crate::{
    diag::{Position, Source},
    parsers::xml,
};

/// Size limit. Except for composer.lock, files of real shops have less than a hundredth of that.
const MAX_BYTES: u64 = 16 << 20;

/// Reads a file as UTF-8; none if it does not exist. Opens only regular files, so that it never blocks on a pipe.
///
/// # Errors
/// Describes why it cannot be read.
pub(super) fn read(path: &Utf8Path) -> Result<Option<String>, String> {
    let Ok(metadata) = fs::metadata(path) else { return Ok(None) };
    if !metadata.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    let mut text = String::new();
    let file = fs::File::open(path).map_err(|error| error.to_string())?;
    let read = file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(|error| error.to_string())?;
    if read as u64 > MAX_BYTES {
        return Err(format!("it is larger than {} MiB", MAX_BYTES >> 20));
    }
    Ok(Some(text))
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
