//! Pairing of lines for the side-by-side view.

use crate::diff::LineKind;

/// Pairs the lines of a hunk: removed lines with the added lines that replace them.
pub(in crate::diff::render) fn pairs<T>(
    mut lines: &[T],
    kind: impl Fn(&T) -> LineKind,
) -> Vec<(Option<&T>, Option<&T>)> {
    let mut pairs = Vec::new();
    let mut take = |wanted: LineKind| {
        let count = lines.iter().take_while(|line| kind(line) == wanted).count();
        let (taken, rest) = lines.split_at(count);
        lines = rest;
        taken
    };
    loop {
        let (context, removed, added) =
            (take(LineKind::Context), take(LineKind::Removed), take(LineKind::Added));
        if context.is_empty() && removed.is_empty() && added.is_empty() {
            return pairs;
        }
        pairs.extend(context.iter().map(|line| (Some(line), Some(line))));
        let rows = removed.len().max(added.len());
        pairs.extend((0..rows).map(|at| (removed.get(at), added.get(at))));
    }
}
