//! The contract report, one file per format.

mod human;
mod json;
mod junit;
mod markdown;

use camino::{Utf8Path, Utf8PathBuf};

pub(super) use self::human::render as render_for_people;
pub(in crate::cli) use self::json::JsonContract;
use self::json::document;
use crate::{
    cli::{
        arguments::{Format, one_of},
        output::{print_json, print_text, stdout, waiting},
    },
    diag::{Failure, plural, render::to_json},
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

    /// Checks before anything runs that the report can be written.
    ///
    /// # Errors
    /// Ending without a format, or a file that cannot be in its folder.
    pub(super) fn check(&self) -> Result<(), Failure> {
        let Some(file) = &self.report else { return Ok(()) };
        if self.format.is_none() && format_of(file).is_none() {
            return Err(format!(
                "--report {file}: the ending names no format; write `.json`, `.xml` for JUnit, `.md` or `.txt`, or add --format"
            )
            .into());
        }
        let folder = file.parent().filter(|folder| !folder.as_str().is_empty() && !folder.is_dir());
        match folder {
            _ if file.is_dir() => Err(format!("--report {file} is a directory; name a file").into()),
            Some(folder) => Err(format!("--report {file}: the directory `{folder}` does not exist").into()),
            None => Ok(()),
        }
    }

    fn format(&self) -> Format {
        self.format.or_else(|| format_of(self.report.as_deref()?)).unwrap_or(Format::Human)
    }

    /// Prints the report. If it goes to a file, its text is printed before.
    ///
    /// # Errors
    /// The file or standard output cannot be written.
    pub(super) fn print(&self, report: &MockReport<'_>) -> Result<(), Failure> {
        use std::io::Write as _;
        let text = || match self.format() {
            Format::Json => to_json(&document(report)),
            Format::Junit => junit::render(report),
            Format::Markdown => markdown::render(report),
            _ => human::render(report.contract),
        };
        match self.format() {
            _ if !self.takes_stdout() => write!(stdout(), "\n{}", human::render(report.contract))?,
            Format::Json => print_json(document(report)),
            _ => print_text(text()),
        }
        self.report.as_ref().map_or(Ok(()), |file| Ok(publish(file, text().as_bytes(), waiting)?))
    }
}

/// Format that the ending of a file stands for.
fn format_of(file: &Utf8Path) -> Option<Format> {
    match file.extension()? {
        "json" => Some(Format::Json),
        "xml" => Some(Format::Junit),
        "md" => Some(Format::Markdown),
        "txt" => Some(Format::Human),
        _ => None,
    }
}

/// Reasons of a refusal, one or several lines each.
fn reasons(refused: &RefusedCall) -> impl Iterator<Item = String> {
    let signed: Vec<String> = refused.signed.lines().collect();
    let signed = (!signed.is_empty()).then(|| signed.join("\n"));
    [refused.why.clone(), signed, refused.moved.clone()].into_iter().flatten()
}

/// Sentence on an unlisted call.
fn not_listed(call: &str) -> String {
    format!("not listed; add to `calls`: \"{call}\",")
}

fn numbered(count: u64, word: &str) -> String {
    plural(usize::try_from(count).unwrap_or(usize::MAX), word)
}
