//! Specs named on the command line.

use std::io::{self, Read, Write};

use camino::{Utf8Path, Utf8PathBuf};

use super::Outcome;
use crate::{
    diag::{
        Diagnostic, Level, Report, Rule, Source,
        render::{Format, render},
    },
    spec::MAX_BYTES,
};

/// The specs to work on.
#[derive(Debug, clap::Args)]
pub(super) struct Specs {
    /// Specs to read; - is standard input
    #[arg(value_name = "SPEC", default_value = "integration.toml")]
    pub(super) specs: Vec<Utf8PathBuf>,
}

/// What `--deny` raises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Deny {
    /// Warnings are errors.
    Warnings,
}

/// Reads a spec as UTF-8, without a byte order mark.
///
/// # Errors
/// A report that says why it cannot be read.
pub(super) fn read(path: &Utf8Path) -> Result<Source, Report> {
    let name = if path == "-" { "<stdin>" } else { path.as_str() };
    let unreadable = |finding: Diagnostic| Report::new(Source::new(name, ""), vec![finding]);
    let bytes = read_bytes(path).map_err(|error| {
        let finding =
            Diagnostic::new(Rule::UnreadableFile, format!("cannot read {name}: {}", reason(&error)));
        unreadable(match error.kind() {
            io::ErrorKind::NotFound => finding.help("name the spec, or write one with `magespec init`"),
            io::ErrorKind::IsADirectory => {
                finding.help(format!("name the file: {}", path.join("integration.toml")))
            }
            _ => finding,
        })
    })?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(name, text.strip_prefix('\u{feff}').unwrap_or(&text))),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let valid = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
            let byte = error.as_bytes()[at];
            let source = Source::new(name, valid);
            let finding =
                Diagnostic::new(Rule::UnreadableFile, format!("the byte 0x{byte:02X} here is not UTF-8"))
                    .at(at..at)
                    .help("save the file as UTF-8");
            Err(Report::new(source, vec![finding]))
        }
    }
}

fn read_bytes(path: &Utf8Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = MAX_BYTES as u64 + 1;
    if path == "-" {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    }
    if bytes.len() > MAX_BYTES {
        let message = format!("it is larger than {} MiB, which no spec is", MAX_BYTES / 1024 / 1024);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// What an I/O error is about, without the number of the operating system.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// Turns warnings into errors where `--deny warnings` asks for it.
pub(super) fn deny(reports: &mut [Report], deny: Option<Deny>) {
    if deny == Some(Deny::Warnings) {
        let diagnostics = reports.iter_mut().flat_map(|report| &mut report.diagnostics);
        for diagnostic in diagnostics.filter(|diagnostic| diagnostic.level == Level::Warning) {
            diagnostic.level = Level::Error;
        }
    }
}

/// Writes the reports and, for people, a line that counts; says how it ended.
pub(super) fn print(out: &mut dyn Write, format: Format, reports: &[Report]) -> io::Result<Outcome> {
    write!(out, "{}", render(format, reports))?;
    let count = |level| reports.iter().map(|report| report.count(level)).sum::<usize>();
    let (errors, warnings, notes) = (count(Level::Error), count(Level::Warning), count(Level::Note));
    if format == Format::Human {
        let counts = [(errors, "error"), (warnings, "warning"), (notes, "note")];
        let counts = counts.into_iter().filter(|&(count, _)| count > 0);
        let counts: Vec<String> = counts.map(|(count, word)| plural(count, word)).collect();
        if !counts.is_empty() {
            writeln!(anstream::stderr(), "{}; `magespec explain RULE` says more", counts.join(", "))?;
        }
    }
    Ok(if errors > 0 { Outcome::Failed } else { Outcome::Fine })
}

/// `1 file`, `2 files`.
pub(super) fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
