//! The contract report, one file per format.

mod human;
mod json;
mod junit;
mod markdown;

use camino::Utf8PathBuf;

pub(super) use self::human::render as render_for_people;
pub(in crate::cli) use self::json::JsonContract;
use self::json::document;
use crate::{
    cli::{
        arguments::{Format, one_of},
        output::{print_json, print_text, stdout, waiting},
    },
    diag::{Failure, render::to_json},
    mock::{ContractReport, RefusedCall},
    write::publish,
};

/// Form of the report, and where it goes.
#[derive(Debug, clap::Args)]
pub(super) struct ReportOptions {
    /// Format of the report; other than human-readable, it alone goes to standard output
    #[arg(long, value_name = "FORMAT", value_parser = one_of(&[Format::Human, Format::Json, Format::Junit, Format::Markdown]))]
    format: Option<Format>,
    /// Write the report to FILE, by default in the format of its ending: `.json`, `.xml` for JUnit, `.md`
    #[arg(long, value_name = "FILE")]
    report: Option<Utf8PathBuf>,
}

/// Contract report with the run that it is about.
#[derive(Debug)]
pub(super) struct MockReport<'a> {
    /// Release of the shop.
    pub(super) magento: String,
    /// Paths of the specs.
    pub(super) specs: &'a [String],
    /// Command of `--run`, and its exit status.
    pub(super) run: Option<(&'a str, u8)>,
    /// Calls.
    pub(super) contract: &'a ContractReport,
}

impl ReportOptions {
    /// Returns true if nothing but the report may go to standard output.
    pub(super) fn takes_stdout(&self) -> bool {
        self.report.is_none() && self.format() != Format::Human
    }

    fn format(&self) -> Format {
        let ending = self.report.as_ref().and_then(|file| file.extension());
        self.format.unwrap_or(match ending {
            Some("json") => Format::Json,
            Some("xml") => Format::Junit,
            Some("md") => Format::Markdown,
            _ => Format::Human,
        })
    }

    /// Prints the report. If it goes to a file, its text is printed, too.
    ///
    /// # Errors
    /// The file or standard output cannot be written.
    pub(super) fn print(&self, report: &MockReport<'_>) -> Result<(), Failure> {
        use std::io::Write as _;
        if let Some(file) = &self.report {
            let text = match self.format() {
                Format::Json => to_json(&document(report)),
                Format::Junit => junit::render(report),
                Format::Markdown => markdown::render(report),
                _ => human::render(report.contract),
            };
            publish(file, text.as_bytes(), waiting)?;
        }
        match self.format() {
            Format::Json if self.takes_stdout() => print_json(document(report)),
            Format::Junit if self.takes_stdout() => print_text(junit::render(report)),
            Format::Markdown if self.takes_stdout() => print_text(markdown::render(report)),
            _ => write!(stdout(), "\n{}", human::render(report.contract))?,
        }
        Ok(())
    }
}

/// Reasons of a refusal, one or several lines each.
fn reasons(refused: &RefusedCall) -> impl Iterator<Item = &str> {
    refused.why.iter().chain(&refused.moved).map(String::as_str)
}

/// Sentence on an unlisted call.
fn not_listed(call: &str) -> String {
    format!("not listed; add to `calls`: \"{call}\",")
}
