//! The error in a document for programs.

use clap::error::Error;
use schemars::JsonSchema;
use serde::Serialize;

use crate::diag::{Failure, FilePlace, Level, Position, Report};

/// First error of a run that exits with 1.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(in crate::cli) struct JsonError {
    #[serde(flatten)]
    first: ErrorCause,
    /// The other errors of the run.
    further: Vec<ErrorCause>,
}

/// Error of a run.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(inline)]
pub(super) struct ErrorCause {
    /// Kind of the error.
    kind: ErrorKind,
    /// The reason, in one or several lines.
    message: String,
    /// Path of the file that it is about; null if it is not about a file.
    file: Option<String>,
    /// Line in the file, from 1; null if it is about the whole file.
    line: Option<u64>,
    /// Column in characters, from 1; null if it is about the whole line.
    column: Option<u64>,
    /// Id of the rule of a finding; otherwise null.
    rule: Option<&'static str>,
    /// Advice, if the message has none; otherwise null.
    help: Option<String>,
}

/// Kind of an error.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum ErrorKind {
    /// The command line is invalid.
    Arguments,
    /// A finding in a spec, or in a file of a module.
    Finding,
    /// Anything else, such as a file that cannot be read or a shop that does not answer.
    Failure,
}

impl JsonError {
    /// Joins the errors of a run; none without errors.
    pub(super) fn of(causes: Vec<ErrorCause>) -> Option<Self> {
        let mut causes = causes.into_iter();
        Some(Self { first: causes.next()?, further: causes.collect() })
    }

    /// Text, with help.
    pub(super) fn text(&self) -> String {
        let ErrorCause { message, help, .. } = &self.first;
        help.iter().fold(message.clone(), |text, help| format!("{text}\n{help}"))
    }

    pub(super) fn place(&self) -> Option<FilePlace> {
        Some(FilePlace { file: self.first.file.clone()?, line: self.first.line })
    }
}

impl ErrorCause {
    /// Error with a message alone.
    pub(super) fn unspecified() -> Self {
        Self::new(ErrorKind::Failure, "the command failed; the reason is on standard error".to_owned())
    }

    fn new(kind: ErrorKind, message: String) -> Self {
        Self { kind, message, file: None, line: None, column: None, rule: None, help: None }
    }

    pub(super) fn of_failure(failure: &Failure) -> Vec<Self> {
        match failure {
            Failure::Findings(reports) => reports.iter().flat_map(Self::of_report).collect(),
            Failure::Message(message, place) => {
                let (file, line) = match place.clone() {
                    Some(FilePlace { file, line }) => (Some(file), line),
                    None => (None, None),
                };
                vec![Self { file, line, ..Self::new(ErrorKind::Failure, message.clone()) }]
            }
            Failure::Output(error) => {
                vec![Self::new(ErrorKind::Failure, Failure::unwritable(error).to_string())]
            }
        }
    }

    /// Errors among the findings.
    pub(super) fn of_report(report: &Report) -> impl Iterator<Item = Self> {
        let errors = report.diagnostics.iter().filter(|finding| finding.level == Level::Error);
        errors.map(|finding| {
            let place = finding.span.as_ref().map(|span| report.source.position(span.start));
            let place = place.map(|Position { line, column }| (line as u64, column as u64));
            Self {
                file: Some(report.source.name.clone()),
                line: place.map(|(line, _)| line),
                column: place.map(|(_, column)| column),
                rule: Some(finding.rule.id()),
                help: finding.help.clone(),
                ..Self::new(ErrorKind::Finding, finding.message.clone())
            }
        })
    }

    /// Error in the command line: its first paragraph, and the tips of the others.
    pub(super) fn of_arguments(error: &Error) -> Self {
        let text = error.render().to_string();
        let paragraphs: Vec<String> = text
            .split("\n\n")
            .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        let message = paragraphs.first().map(String::as_str).unwrap_or_default();
        let tips: Vec<&str> = paragraphs.iter().filter_map(|text| text.strip_prefix("tip: ")).collect();
        Self {
            help: (!tips.is_empty()).then(|| tips.join("\n")),
            ..Self::new(ErrorKind::Arguments, message.strip_prefix("error: ").unwrap_or(message).to_owned())
        }
    }
}
