//! Findings, on the way to whoever reads them.

use std::io::{self, Write};

use super::error;
use crate::{
    cli::{Outcome, arguments::Format},
    diag::{Failure, Level, Report, plural, render},
    project::Project,
    tree::Lock,
};

/// Writes the reports and, for people, a line that counts the findings.
pub(in crate::cli) fn print_reports(
    out: &mut dyn Write,
    format: Format,
    reports: &[Report],
) -> io::Result<Outcome> {
    let text = match format {
        Format::Short => render::short(reports),
        Format::Json => render::json(reports),
        Format::Sarif => render::sarif(reports),
        Format::Github => render::github(reports),
        _ => render::human(reports),
    };
    write!(out, "{text}")?;
    if format == Format::Human {
        let counts = tally(reports);
        if !counts.is_empty() {
            writeln!(anstream::stderr(), "{counts}; `magespec explain RULE` says more")?;
        }
    }
    Ok(if reports.iter().any(Report::has_errors) { Outcome::Failed } else { Outcome::Fine })
}

/// Writes the errors and warnings of specs to standard error. Notes are for `check`.
pub(in crate::cli) fn tell_findings(projects: &[Project]) -> io::Result<Outcome> {
    tell_reports(projects.iter().map(|project| &project.report))
}

/// Writes the errors and warnings of reports to standard error.
pub(in crate::cli) fn tell_reports<'a>(reports: impl IntoIterator<Item = &'a Report>) -> io::Result<Outcome> {
    let reports = reports.into_iter().map(|report| {
        let mut report = report.clone();
        report.diagnostics.retain(|finding| finding.level != Level::Note);
        report
    });
    print_reports(&mut anstream::stderr(), Format::Human, &reports.collect::<Vec<_>>())
}

/// Writes the failure of a command, or of a part of it, to standard error.
///
/// # Errors
/// If that or standard output cannot be written to.
pub(in crate::cli) fn tell_failure(failure: Failure) -> io::Result<Outcome> {
    match failure {
        Failure::Message(message) => error(message)?,
        Failure::Findings(reports) => drop(tell_reports(&reports)?),
        Failure::Output(error) => return Err(error),
    }
    Ok(Outcome::Failed)
}

/// Writes which setup scripts process a pair of XML files that the spec no longer makes to standard error.
pub(in crate::cli) fn tell_leftovers(project: &Project, lock: &Lock) -> io::Result<()> {
    project.leftovers(lock).iter().try_for_each(|script| {
        writeln!(
            anstream::stderr(),
            "{script}: it processes etc/integration/config.xml, which is gone, and stops a new shop: remove it by hand"
        )
    })
}

/// `1 error, 2 warnings`; empty if nothing was found.
fn tally(reports: &[Report]) -> String {
    let levels = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "note")];
    let counts = levels.map(|(level, word)| (reports.iter().map(|report| report.count(level)).sum(), word));
    let counts = counts.into_iter().filter(|&(count, _): &(usize, _)| count > 0);
    counts.map(|(count, word)| plural(count, word)).collect::<Vec<_>>().join(", ")
}
