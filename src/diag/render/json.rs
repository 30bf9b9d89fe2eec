//! One JSON document with a versioned shape.

use serde::Serialize;

use super::{JSON_VERSION, to_json};
use crate::diag::{Diagnostic, Level, Position, Report, Source};

#[derive(Serialize)]
struct JsonReport<'a> {
    version: u32,
    diagnostics: Vec<JsonFinding<'a>>,
}

#[derive(Serialize)]
struct JsonFinding<'a> {
    rule: &'static str,
    level: Level,
    message: &'a str,
    file: &'a str,
    #[serde(flatten)]
    place: LineRange,
    reason: Option<&'a str>,
    help: Option<&'a str>,
    fix: Option<JsonFix<'a>>,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    #[serde(flatten)]
    place: LineRange,
    replacement: &'a str,
}

/// Range with lines and columns from 1, columns in characters; the end is exclusive.
#[derive(Serialize)]
pub(super) struct LineRange {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl LineRange {
    /// Returns the position of the diagnostic; the start of the file if it has none.
    pub(super) fn of(source: &Source, diagnostic: &Diagnostic) -> Self {
        Self::at(source, diagnostic.span.as_ref().unwrap_or(&(0..0)))
    }

    pub(super) fn at(source: &Source, span: &std::ops::Range<usize>) -> Self {
        let Position { line, column } = source.position(span.start);
        let end = source.position(span.end);
        Self { line, column, end_line: end.line, end_column: end.column }
    }
}

/// One JSON document.
#[must_use]
pub fn json(reports: &[Report]) -> String {
    let findings = reports.iter().flat_map(|report| {
        let finding = |diagnostic| finding(&report.source, diagnostic);
        report.diagnostics.iter().map(finding)
    });
    let document = JsonReport { version: JSON_VERSION, diagnostics: findings.collect() };
    to_json(&document)
}

fn finding<'a>(source: &'a Source, diagnostic: &'a Diagnostic) -> JsonFinding<'a> {
    JsonFinding {
        rule: diagnostic.rule.id(),
        level: diagnostic.level,
        message: &diagnostic.message,
        file: &source.name,
        place: LineRange::of(source, diagnostic),
        reason: diagnostic.reason.as_deref(),
        help: diagnostic.help.as_deref(),
        fix: diagnostic
            .fix
            .as_ref()
            .map(|fix| JsonFix { place: LineRange::at(source, &fix.span), replacement: &fix.replacement }),
    }
}
