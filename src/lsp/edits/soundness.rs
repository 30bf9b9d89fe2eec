//! Comparison of a spec before and after a change.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diag::{Level, Rule},
    project::Project,
    resolve::Views,
};

/// Returns true if a change makes a spec worse: it has more errors, or as many of other rules, or warnings that it had not.
pub(in crate::lsp) fn is_worse(before: &Project, after: &Project) -> bool {
    let errors = [before, after].map(|project| project.report.count(Level::Error));
    match (reach(before), reach(after)) {
        (before, after) if after != before => after < before,
        _ if errors[0] != errors[1] => errors[1] > errors[0],
        _ => has_more(Level::Error, before, after) || has_more(Level::Warning, before, after),
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

/// Returns true if there are more findings of a rule than before.
pub(in crate::lsp) fn has_more(level: Level, before: &Project, after: &Project) -> bool {
    let counts = |project: &Project| {
        let mut counts: BTreeMap<Rule, usize> = BTreeMap::new();
        for finding in project.report.diagnostics.iter().filter(|finding| finding.level == level) {
            *counts.entry(finding.rule).or_default() += 1;
        }
        counts
    };
    let known = counts(before);
    counts(after).into_iter().any(|(rule, count)| count > known.get(&rule).copied().unwrap_or_default())
}

/// Ids that each integration is granted; none if the spec cannot be resolved.
pub(in crate::lsp) fn grants(project: &Project) -> Option<Vec<BTreeSet<String>>> {
    let resolved = Views::of(&project.loaded, project.catalogs.get()).in_question()?;
    Some(resolved.selections.into_iter().map(|selection| selection.ids).collect())
}
