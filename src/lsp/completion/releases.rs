//! Releases of Magento, and constraints that select them.

use lsp_types::CompletionItemKind;

use super::{own::KnownValues, proposal::Proposal};
use crate::{catalog::Constraint, names::MagentoVersion};

/// Constraints, newest first, each with the releases that it selects. Behind an operator, versions alone.
pub(super) fn targets(known: &KnownValues<'_>, typed: &str) -> Vec<Proposal> {
    let catalog = known.catalog;
    let versions: Vec<MagentoVersion> =
        catalog.releases().iter().rev().map(|release| release.version).collect();
    let mut lines: Vec<MagentoVersion> = versions.iter().map(|version| version.with_p(0)).collect();
    lines.dedup();
    let next = lines.first().map(|newest| newest.next_release());
    let is_part = typed.contains(['<', '>', '=', '~', '^', '|', ' ']);
    let selecting = |text: String| {
        let constraint = text.parse::<Constraint>().ok()?;
        let releases = catalog.resolve(&constraint)?.releases;
        Some(Proposal::new(CompletionItemKind::VALUE, text, catalog.describe(releases)))
    };
    let of_lines = lines.iter().filter_map(|line| selecting(line.to_string()));
    let ranges = lines.iter().filter_map(|line| selecting(format!(">={line} <{}", next?)));
    let mut series: Vec<String> =
        lines.iter().map(|line| format!("{}.{}.*", line.major, line.minor)).collect();
    series.dedup();
    let series = series.into_iter().filter_map(selecting);
    let patches = versions.iter().filter(|version| version.with_p(0) != **version);
    let patches =
        patches.map(|it| Proposal::new(CompletionItemKind::VALUE, it.to_string(), "this release only"));
    if is_part {
        return of_lines.chain(patches).map(|it| Proposal { detail: String::new(), ..it }).collect();
    }
    of_lines.chain(ranges).chain(series).chain(patches).collect()
}
