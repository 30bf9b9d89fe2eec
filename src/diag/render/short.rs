//! One line per diagnostic, in the style of compilers, for editors to parse.

use std::fmt::Write as _;

use super::json::LineRange;
use crate::diag::{Report, printable_line};

/// One line for each finding: `file:line:col: level[rule]: message`.
#[must_use]
pub fn short(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        for diagnostic in &report.diagnostics {
            let file = printable_line(&report.source.name);
            let LineRange { line, column, .. } = LineRange::of(&report.source, diagnostic);
            let (level, rule) = (diagnostic.level, diagnostic.rule);
            let message = diagnostic.message.replace('\n', " ");
            let message = printable_line(&message);
            let _ = writeln!(out, "{file}:{line}:{column}: {level}[{rule}]: {message}");
        }
    }
    out
}
