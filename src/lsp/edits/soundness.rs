//! Comparison of a spec before and after a change.

use std::collections::BTreeSet;

use crate::{
    diag::{Diagnostic, Level, Rule},
    project::Project,
    resolve::Views,
};

/// Returns true if a change makes a spec worse: it has more errors, or as many of other rules, or warnings that it had not.
pub(in crate::lsp) fn is_worse(before: &Project, after: &Project) -> bool {
    let errors = [before, after].map(|project| project.report.count(Level::Error));
    match (reach(before), reach(after)) {
        (before, after) if after != before => after < before,
        _ if errors[0] != errors[1] => errors[1] > errors[0],
        _ => [Level::Error, Level::Warning].iter().any(|level| added(*level, before, after).is_some()),
    }
}

/// Number of steps that the compilation took before errors ended it. A further step finds errors that no one saw before.
pub(in crate::lsp) fn reach(project: &Project) -> u8 {
    let is_unread = |rule| matches!(rule, Rule::TomlSyntax | Rule::UnreadableFile);
    if project.report.diagnostics.iter().any(|finding| is_unread(finding.rule)) {
        return 0;
    }
    if project.loaded.spec.is_none() { 1 } else { 2 }
}

/// Finding of a rule that has more findings than before; one with another text, if there is one.
pub(in crate::lsp) fn added<'a>(
    level: Level,
    before: &Project,
    after: &'a Project,
) -> Option<&'a Diagnostic> {
    let known: Vec<&Diagnostic> = findings(level, before).collect();
    let now: Vec<&Diagnostic> = findings(level, after).collect();
    let count = |all: &[&Diagnostic], rule: Rule| all.iter().filter(|finding| finding.rule == rule).count();
    let mut more = now.iter().filter(|finding| count(&now, finding.rule) > count(&known, finding.rule));
    let is_new = |finding: &&&Diagnostic| known.iter().all(|other| other.text() != finding.text());
    more.clone().find(is_new).or_else(|| more.next()).copied()
}

fn findings(level: Level, project: &Project) -> impl Iterator<Item = &Diagnostic> {
    project.report.diagnostics.iter().filter(move |finding| finding.level == level)
}

/// Ids that each integration is granted; none if the spec cannot be resolved.
pub(in crate::lsp) fn grants(project: &Project) -> Option<Vec<BTreeSet<String>>> {
    let resolved = Views::of(&project.loaded, project.catalogs.get()).in_question()?;
    Some(resolved.selections.into_iter().map(|selection| selection.ids).collect())
}
