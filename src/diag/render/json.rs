//! One JSON document with a versioned shape.

use schemars::JsonSchema;
use serde::Serialize;

use super::{JSON_VERSION, to_json};
use crate::diag::{Diagnostic, Level, Position, Report, Source};

/// Findings of `check`.
#[derive(Serialize, JsonSchema)]
pub(crate) struct JsonReport<'a> {
    /// Version of the document; another number means that a key changed or went away.
    version: u32,
    /// Findings, by spec and place.
    diagnostics: Vec<JsonFinding<'a>>,
}

/// Finding.
#[derive(Serialize, JsonSchema)]
pub(crate) struct JsonFinding<'a> {
    /// Id of its rule.
    rule: &'static str,
    /// Level of the finding.
    level: Level,
    /// The fault, in one line.
    message: &'a str,
    /// Path of the file.
    file: &'a str,
    #[serde(flatten)]
    place: LineRange,
    /// Reason why it is a fault, if the message does not say it; otherwise null.
    reason: Option<&'a str>,
    /// Advice; null if there is none.
    help: Option<&'a str>,
    /// Change of the file that corrects it; null if there is none.
    fix: Option<JsonFix<'a>>,
}

/// Change of a file.
#[derive(Serialize, JsonSchema)]
struct JsonFix<'a> {
    #[serde(flatten)]
    place: LineRange,
    /// Text to put in the place of the range.
    replacement: &'a str,
}

/// Range with lines and columns from 1, columns in characters; the end is exclusive.
#[derive(Serialize, JsonSchema)]
pub(super) struct LineRange {
    /// First line, from 1.
    pub(super) line: usize,
    /// First column in characters, from 1.
    pub(super) column: usize,
    /// Last line.
    pub(super) end_line: usize,
    /// Column after the last character.
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
    let document = JsonReport { version: JSON_VERSION, diagnostics: json_findings(reports).collect() };
    to_json(&document)
}

/// Findings of reports, for documents that hold them beside other things.
pub(crate) fn json_findings(reports: &[Report]) -> impl Iterator<Item = JsonFinding<'_>> {
    reports.iter().flat_map(|report| {
        let finding = |diagnostic| finding(&report.source, diagnostic);
        report.diagnostics.iter().map(finding)
    })
}

impl JsonFinding<'_> {
    /// Rule of the finding.
    pub(crate) fn rule(&self) -> &'static str {
        self.rule
    }
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
