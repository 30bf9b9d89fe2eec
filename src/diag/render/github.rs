//! Workflow commands, which GitHub shows as annotations of the changed lines.

use std::fmt::Write as _;

use super::json::LineRange;
use crate::diag::{Level, Report, printable, without_commands};

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

fn data(text: &str) -> String {
    without_commands(&printable(text)).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
