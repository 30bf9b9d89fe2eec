//! Results of builds, without what only the builds needed: there may be thousands.

use std::io::Write as _;

use super::{PendingBuild, Run, json::JsonResult};
use crate::{
    cli::{
        Outcome,
        arguments::Format,
        diff,
        output::{Paging, error, note, shown, stderr, stdout, warn},
    },
    diag::{Failure, Report},
    diff::Comparison,
};

/// Result for one spec.
pub(super) struct Built {
    /// Findings to show.
    pub(super) findings: Option<Report>,
    pub(super) outcome: Outcome,
    /// True if the files are up to date, or would be without `--dry-run`.
    pub(super) is_built: bool,
    pub(super) answer: BuildAnswer,
}

/// Answer to the user.
pub(super) enum BuildAnswer {
    Human(Vec<Message>),
    Json(Box<JsonResult>),
}

/// Part of an answer for people.
pub(super) enum Message {
    Error(Failure),
    Warning(String),
    Note(String),
    /// Text on standard output, with colours.
    Listing(String),
    /// Text on standard error, with colours.
    Conflicts(String),
    Diff(Box<Comparison>),
}

impl Message {
    pub(super) fn print(self) -> Result<(), Failure> {
        match self {
            Self::Error(failure) => error(failure)?,
            Self::Warning(text) => warn(text)?,
            Self::Note(text) => note(text)?,
            Self::Listing(text) => write!(stdout(), "{text}")?,
            Self::Conflicts(text) => write!(stderr(), "{text}")?,
            Self::Diff(comparison) => {
                let paging = Paging { no_pager: true };
                // Logs of workflows show it, so it is never a patch, whose lines are data.
                diff::print(Format::Human, &mut [*comparison], diff::layout_by_itself(), paging)?;
            }
        }
        Ok(())
    }
}

impl Run<'_> {
    /// Writes the files of a spec.
    pub(super) fn built(&self, prepared: PendingBuild) -> Built {
        let mut prepared = self.write(prepared);
        let is_built = prepared.is_built();
        let (outcome, answer) = match self.args.format {
            Format::Json => {
                let (result, outcome) = self.json(&mut prepared);
                (outcome, BuildAnswer::Json(Box::new(result)))
            }
            _ => {
                let (messages, outcome) = self.messages(&prepared);
                (outcome, BuildAnswer::Human(messages))
            }
        };
        Built { findings: shown(prepared.project.report), outcome, is_built, answer }
    }
}
