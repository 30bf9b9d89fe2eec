//! Findings, on the way to whoever reads them.

use std::io::{self, Write};

use super::{super::Outcome, Project, plural};
use crate::diag::{
    Level, Report,
    render::{Format, render},
};

/// What `--deny` raises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum Deny {
    /// Warnings are errors.
    Warnings,
}

/// Turns warnings into errors where `--deny warnings` asks for it.
pub(in crate::cli) fn deny(report: &mut Report, deny: Option<Deny>) {
    if deny == Some(Deny::Warnings) {
        let warnings = report.diagnostics.iter_mut().filter(|finding| finding.level == Level::Warning);
        warnings.for_each(|finding| finding.level = Level::Error);
    }
}

/// Writes the reports and, for people, a line that counts; says how it ended.
pub(in crate::cli) fn print(out: &mut dyn Write, format: Format, reports: &[Report]) -> io::Result<Outcome> {
    write!(out, "{}", render(format, reports))?;
    if format == Format::Human {
        let counts = tally(reports);
        if !counts.is_empty() {
            writeln!(anstream::stderr(), "{counts}; `magespec explain RULE` says more")?;
        }
    }
    Ok(if reports.iter().any(Report::has_errors) { Outcome::Failed } else { Outcome::Fine })
}

/// Writes the errors and warnings of specs to standard error; says how it ended. Notes are for `check`.
pub(in crate::cli) fn tell_findings(projects: &[Project]) -> io::Result<Outcome> {
    tell_reports(projects.iter().map(|project| &project.report))
}

/// The same of reports.
pub(in crate::cli) fn tell_reports<'a>(reports: impl IntoIterator<Item = &'a Report>) -> io::Result<Outcome> {
    let reports = reports.into_iter().map(|report| {
        let mut report = report.clone();
        report.diagnostics.retain(|finding| finding.level != Level::Note);
        report
    });
    print(&mut anstream::stderr(), Format::Human, &reports.collect::<Vec<_>>())
}

/// `1 error, 2 warnings`; empty if nothing was found.
pub(in crate::cli) fn tally(reports: &[Report]) -> String {
    let levels = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "note")];
    let counts = levels.map(|(level, word)| (reports.iter().map(|report| report.count(level)).sum(), word));
    let counts = counts.into_iter().filter(|&(count, _): &(usize, _)| count > 0);
    counts.map(|(count, word)| plural(count, word)).collect::<Vec<_>>().join(", ")
}
