//! Reads a spec from a file or from standard input.

use std::io;

use camino::Utf8Path;

use crate::{
    bounded,
    diag::{Diagnostic, Report, Rule, Source, io_reason},
    spec::MAX_BYTES,
};

/// Reads a spec as UTF-8, without a byte order mark.
///
/// # Errors
/// Report of the reason.
pub fn read(path: &Utf8Path) -> Result<Source, Report> {
    let name = if path == "-" { "<stdin>" } else { path.as_str() };
    let bytes = bounded::input(path, MAX_BYTES as u64).map_err(|error| unreadable(name, &error))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(name, text.strip_prefix('\u{feff}').unwrap_or(&text))),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let valid = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
            let byte = error.as_bytes()[at];
            let source = Source::new(name, valid);
            let message = if matches!(error.as_bytes(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
                "the file is UTF-16".to_owned()
            } else {
                format!("invalid UTF-8: byte 0x{byte:02X}")
            };
            let finding = Diagnostic::new(Rule::UnreadableFile, message)
                .at(at..at)
                .reason("TOML and the generated files are UTF-8")
                .help("save the file as UTF-8");
            Err(Report::new(source, vec![finding]))
        }
    }
}

/// Source with a text that is in no file, or not yet.
///
/// # Errors
/// Report on a text that is larger than any spec.
pub(super) fn limited(name: &Utf8Path, text: &str) -> Result<Source, Report> {
    if text.len() > MAX_BYTES {
        return Err(unreadable(name.as_str(), &bounded::too_large(MAX_BYTES as u64)));
    }
    Ok(Source::new(name.as_str(), text))
}

fn unreadable(name: &str, error: &io::Error) -> Report {
    let finding = Diagnostic::new(Rule::UnreadableFile, format!("cannot read {name}: {}", io_reason(error)));
    let finding = match error.kind() {
        io::ErrorKind::NotFound => finding,
        _ => finding.reason("a spec is a readable text file"),
    };
    let finding = finding.help(match error.kind() {
        io::ErrorKind::NotFound => "check the path, or create a spec with `magespec init`",
        io::ErrorKind::PermissionDenied => "make it readable: chmod u+r, and u+x for its directories",
        io::ErrorKind::IsADirectory => "name a spec in the directory",
        io::ErrorKind::FileTooLarge => "name another file, or split it into several specs",
        _ => "check the path of the spec",
    });
    Report::new(Source::new(name, ""), vec![finding])
}
