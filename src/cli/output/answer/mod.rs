//! The document that a command prints for programs: exactly one, whether or not it succeeds.
//!
//! Commands hand over their document, and report errors while they run. [`finish`] writes the document when both are known,
//! with the errors in it if the command failed.

mod asked;
mod error;

use std::{
    ffi::OsString,
    io,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde_json::{Value, json as value};

pub(in crate::cli) use self::error::JsonError;
use self::{
    asked::{Asked, asked},
    error::ErrorCause,
};
use super::streams::{json, print_data};
use crate::{
    cli::Outcome,
    diag::{
        Failure, Report,
        render::{self, versioned},
    },
};

/// Answer of this process.
static ANSWER: Mutex<Pending> = Mutex::new(Pending { asked: None, document: None, errors: Vec::new() });

struct Pending {
    asked: Option<Asked>,
    document: Option<String>,
    errors: Vec<ErrorCause>,
}

fn pending() -> MutexGuard<'static, Pending> {
    ANSWER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Finds out from the command line whether failures go into a document.
pub(in crate::cli) fn begin(arguments: &[OsString]) {
    pending().asked = asked(arguments);
}

/// Takes the JSON document of the command.
pub(in crate::cli) fn print_json(document: impl std::fmt::Display) {
    print_text(json(document));
}

/// Takes the text of the command for programs.
pub(in crate::cli) fn print_text(text: String) {
    pending().document = Some(text);
}

/// Notes an error for the document.
pub(in crate::cli) fn note_failure(failure: &Failure) {
    note(|| ErrorCause::of_failure(failure));
}

/// Notes an error in the command line for the document.
pub(in crate::cli) fn note_wrong_arguments(error: &clap::error::Error) {
    note(|| [ErrorCause::of_arguments(error)]);
}

/// Notes the errors among findings for the document.
pub(super) fn note_findings(reports: &[Report]) {
    note(|| reports.iter().flat_map(ErrorCause::of_report));
}

fn note<C: IntoIterator<Item = ErrorCause>>(causes: impl FnOnce() -> C) {
    let mut pending = pending();
    if pending.asked.is_some() {
        pending.errors.extend(causes());
    }
}

/// Writes the document to standard output, with the errors if the command failed.
///
/// # Errors
/// Errors when writing to standard output.
pub(in crate::cli) fn finish(outcome: Outcome) -> io::Result<Outcome> {
    let (asked, document, mut errors) = {
        let mut pending = pending();
        (pending.asked, pending.document.take(), std::mem::take(&mut pending.errors))
    };
    if errors.is_empty() {
        errors.push(ErrorCause::unspecified());
    }
    let error = JsonError::of(errors).filter(|_| outcome == Outcome::Failed);
    let text = match (asked, error) {
        (Some(asked), Some(error)) => Some(with_error(asked, document, &error)),
        _ => document,
    };
    text.map_or(Ok(()), |text| print_data(text.as_bytes()))?;
    Ok(outcome)
}

fn with_error(asked: Asked, document: Option<String>, error: &JsonError) -> String {
    match (asked, document) {
        (Asked::Json, document) => {
            let document = document.and_then(|text| serde_json::from_str(&text).ok());
            let mut document = document.unwrap_or_else(|| versioned(&()));
            if let Value::Object(members) = &mut document {
                members.shift_insert(1, "error".to_owned(), value!(error));
            }
            json(document)
        }
        // Its findings are the errors.
        (Asked::Sarif | Asked::Github, Some(document)) => document,
        (Asked::Sarif, None) => json(render::sarif_failure(&error.text(), error.place().as_ref())),
        (Asked::Github, None) => render::github_failure(&error.text(), error.place().as_ref()),
    }
}
