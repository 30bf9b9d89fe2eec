//! Releases of Magento, and constraints that select them.

use lsp_types::CompletionItemKind;

use super::{own::KnownValues, proposal::Proposal};
use crate::{catalog::Constraint, names::MagentoVersion};

/// Characters between the versions of a constraint.
pub(super) const OPERATORS: [char; 8] = [' ', '|', ',', '<', '>', '=', '~', '^'];

/// Constraints, newest first, each with the releases that it selects.
pub(super) fn targets(known: &KnownValues<'_>) -> Vec<Proposal> {
    let (lines, patches) = versions_of(known);
    let next = lines.first().map(|newest| newest.next_release());
    let ranges = lines.iter().filter_map(|line| Some(format!(">={line} <{}", next?)));
    let mut series: Vec<String> =
        lines.iter().map(|line| format!("{}.{}.*", line.major, line.minor)).collect();
    series.dedup();
    let all = lines.iter().map(ToString::to_string).chain(ranges).chain(series);
    let patches = patches
        .iter()
        .map(|it| Proposal::new(CompletionItemKind::VALUE, it.to_string(), "this release only"));
    all.filter_map(|text| selecting(known, text.clone(), &text)).chain(patches).collect()
}

/// Versions within a constraint, each with the releases that the whole selects; none that would select nothing.
pub(super) fn versions(known: &KnownValues<'_>, before: &str, behind: &str) -> Vec<Proposal> {
    let (lines, patches) = versions_of(known);
    let next = lines.first().map(|newest| newest.next_release());
    let all = lines.iter().copied().chain(next).chain(patches).map(|version| version.to_string());
    all.filter_map(|text| {
        let whole = format!("{before}{text}{behind}");
        selecting(known, text, &whole)
    })
    .collect()
}

/// Releases without and with a patch level, newest first.
fn versions_of(known: &KnownValues<'_>) -> (Vec<MagentoVersion>, Vec<MagentoVersion>) {
    let all = || known.catalog.releases().iter().rev().map(|release| release.version);
    let mut lines: Vec<MagentoVersion> = all().map(|version| version.with_p(0)).collect();
    lines.dedup();
    (lines, all().filter(|version| version.with_p(0) != *version).collect())
}

/// Text with the releases that a constraint selects.
fn selecting(known: &KnownValues<'_>, text: String, constraint: &str) -> Option<Proposal> {
    let constraint = constraint.parse::<Constraint>().ok()?;
    let releases = known.catalog.resolve(&constraint)?.releases;
    Some(Proposal::new(CompletionItemKind::VALUE, text, known.catalog.describe(releases)))
}
