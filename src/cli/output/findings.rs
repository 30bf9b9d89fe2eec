//! Output of findings.

use std::io::{self, Write};

use camino::Utf8PathBuf;

use super::{answer::note_findings, error, note, print_json, print_text, stderr, stdout};
use crate::{
    cli::{Outcome, arguments::Format},
    diag::{Diagnostic, Failure, Level, Report, plural, render},
    project::Project,
    tree::Lock,
};

/// Writes the reports to standard output and, for people, a line that counts the findings to standard error.
pub(in crate::cli) fn print_reports(format: Format, reports: &[Report]) -> io::Result<Outcome> {
    note_findings(reports);
    match format {
        Format::Short => {
            for report in reports {
                write!(stdout(), "{}", render::short(std::slice::from_ref(report)))?;
            }
        }
        Format::Json => print_json(render::json(reports)),
        Format::Sarif => print_json(render::sarif(reports)),
        Format::Github => print_text(render::github(reports)),
        _ => write_reports(&mut stdout(), reports)?,
    }
    Ok(outcome(reports))
}

fn write_reports(out: &mut dyn Write, reports: &[Report]) -> io::Result<()> {
    for report in reports {
        write!(out, "{}", render::human(std::slice::from_ref(report)))?;
    }
    match tally(reports).as_str() {
        "" => Ok(()),
        counts => writeln!(stderr(), "{counts}; run `magespec explain RULE` for details"),
    }
}

fn outcome(reports: &[Report]) -> Outcome {
    if reports.iter().any(Report::has_errors) { Outcome::Failed } else { Outcome::Fine }
}

/// Writes the errors and warnings of specs to standard error. Only `check` shows other notes than those about a shop.
pub(in crate::cli) fn print_project_findings(projects: &[Project]) -> io::Result<Outcome> {
    print_findings(projects.iter().map(|project| &project.report))
}

/// Report with the findings that commands other than `check` show; none without such a finding.
pub(in crate::cli) fn shown(mut report: Report) -> Option<Report> {
    report.diagnostics.retain(is_shown);
    Some(report).filter(|report| !report.diagnostics.is_empty())
}

fn is_shown(finding: &Diagnostic) -> bool {
    finding.level != Level::Note || finding.rule.is_of_shop()
}

/// Writes the errors and warnings of reports, and what they say about a shop, to standard error.
pub(in crate::cli) fn print_findings<'a>(
    reports: impl IntoIterator<Item = &'a Report>,
) -> io::Result<Outcome> {
    print_selected_findings(reports, is_shown)
}

/// Counts the warnings of a spec on standard error, for commands whose own output they would bury.
///
/// # Errors
/// Standard error that cannot be written.
pub(in crate::cli) fn count_warnings(report: &Report) -> io::Result<()> {
    match report.count(Level::Warning) {
        0 => Ok(()),
        warnings => note(format!(
            "{} has {}; `magespec check` shows them",
            report.source.name,
            plural(warnings, "warning")
        )),
    }
}

/// Writes those of the findings that are of interest to standard error.
pub(in crate::cli) fn print_selected_findings<'a>(
    reports: impl IntoIterator<Item = &'a Report>,
    is_selected: impl Fn(&Diagnostic) -> bool,
) -> io::Result<Outcome> {
    let mut reports: Vec<Report> = reports.into_iter().cloned().collect();
    reports.iter_mut().for_each(|report| report.diagnostics.retain(&is_selected));
    note_findings(&reports);
    write_reports(&mut stderr(), &reports)?;
    Ok(outcome(&reports))
}

/// Writes the failure of a command, or of a part of it, to standard error.
///
/// # Errors
/// Errors when writing to standard output or standard error.
pub(in crate::cli) fn print_failure(failure: Failure) -> io::Result<Outcome> {
    match failure {
        failure @ Failure::Message(..) => error(failure)?,
        Failure::Findings(reports) => drop(print_findings(&reports)?),
        Failure::Output(error) => return Err(error),
    }
    Ok(Outcome::Failed)
}

/// Warnings about PHP that uses XML files that the spec no longer generates.
pub(in crate::cli) fn leftover_warnings(project: &Project, lock: &Lock) -> Vec<String> {
    let warning = |script: &Utf8PathBuf| {
        let is_setup = script.components().any(|part| part.as_str() == "Setup");
        match is_setup {
            true => format!(
                "{script} still processes etc/integration/config.xml, which the build deletes; it will fail in a new shop. Delete it by hand"
            ),
            false => format!(
                "{script} still uses etc/integration/config.xml and api.xml, which the build deletes; change it, or keep them with `format = \"legacy\"` under [module]"
            ),
        }
    };
    project.leftovers(lock).iter().map(warning).collect()
}

/// `1 error, 2 warnings`; empty without findings.
fn tally(reports: &[Report]) -> String {
    let levels = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Note, "note")];
    let counts = levels.map(|(level, word)| (reports.iter().map(|report| report.count(level)).sum(), word));
    let counts = counts.into_iter().filter(|&(count, _): &(usize, _)| count > 0);
    counts.map(|(count, word)| plural(count, word)).collect::<Vec<_>>().join(", ")
}
