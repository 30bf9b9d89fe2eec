//! Workflow commands, which GitHub shows as annotations of the changed lines.

use std::fmt::Write as _;

use super::json::LineRange;
use crate::diag::{FilePlace, Level, Report, printable, without_commands};

/// Workflow commands, which GitHub shows as annotations.
#[must_use]
pub fn github(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        for diagnostic in &report.diagnostics {
            let command = match diagnostic.level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note => "notice",
            };
            let LineRange { line, column, end_line, end_column } = LineRange::of(&report.source, diagnostic);
            let end_column =
                if end_line == line { format!(",endColumn={end_column}") } else { String::new() };
            let _ = writeln!(
                out,
                "::{command} file={},line={line},endLine={end_line},col={column}{end_column},title={}::{}",
                property(&report.source.name),
                property(diagnostic.rule.id()),
                data(&diagnostic.text()),
            );
        }
    }
    out
}

/// Workflow command for a run that failed before it had findings.
#[must_use]
pub fn github_failure(message: &str, place: Option<&FilePlace>) -> String {
    let place = place.map(|FilePlace { file, line }| {
        let line = line.map(|line| format!(",line={line}")).unwrap_or_default();
        format!(" file={}{line}", property(file))
    });
    format!("::error{}::{}\n", place.unwrap_or_default(), data(message))
}

fn data(text: &str) -> String {
    without_commands(&printable(text)).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
