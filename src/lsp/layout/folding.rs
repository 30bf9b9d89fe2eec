//! Folding ranges: tables, lists of several lines, and blocks of comments.

use lsp_types::{FoldingRange, FoldingRangeKind};
use toml_parser::parser::EventKind;

use super::symbols::table_spans;
use crate::{lsp::documents::EditorText, spec::read_events};

/// Ranges of whole lines that can be folded, by their first line.
pub(in crate::lsp) fn foldings(text: &EditorText) -> Vec<FoldingRange> {
    let line = |offset: usize| text.position(offset).line;
    let mut folded: Vec<(u32, u32, FoldingRangeKind)> = table_spans(text.as_str())
        .into_iter()
        .map(|(_, span)| (line(span.start), line(span.end), FoldingRangeKind::Region))
        .collect();
    let mut open = Vec::new();
    let mut comments: Option<(u32, u32)> = None;
    let mut is_line_start = true;
    read_events(text.as_str(), &mut |event| {
        let start = event.span().start();
        match event.kind() {
            EventKind::ArrayOpen | EventKind::InlineTableOpen => open.push(line(start)),
            EventKind::ArrayClose | EventKind::InlineTableClose => {
                folded.extend(open.pop().map(|first| (first, line(start), FoldingRangeKind::Region)));
            }
            EventKind::Comment if is_line_start => {
                let here = line(start);
                match &mut comments {
                    Some((_, last)) if *last + 1 == here => *last = here,
                    block => {
                        let before = block.replace((here, here));
                        folded.extend(before.map(|(first, last)| (first, last, FoldingRangeKind::Comment)));
                    }
                }
            }
            _ => {}
        }
        is_line_start =
            event.kind() == EventKind::Newline || (is_line_start && event.kind() == EventKind::Whitespace);
    });
    folded.extend(comments.map(|(first, last)| (first, last, FoldingRangeKind::Comment)));
    folded.retain(|(first, last, _)| first < last);
    folded.sort_by_key(|(first, last, _)| (*first, std::cmp::Reverse(*last)));
    folded.dedup_by_key(|(first, ..)| *first);
    let range = |(start_line, end_line, kind)| FoldingRange {
        start_line,
        end_line,
        kind: Some(kind),
        ..FoldingRange::default()
    };
    folded.into_iter().map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_lists_and_comments_fold() {
        let text = "# a\n# b\n\n[module]\nname = 1\n\n[[service]]\nname = 2\n\n[[service.method]]\nb = [\n  1,\n]\n# c\n[x]\n";
        let folded = foldings(&EditorText::new(text.to_owned()));
        let lines: Vec<_> = folded.iter().map(|it| (it.start_line, it.end_line)).collect();
        assert_eq!(lines, [(0, 1), (3, 4), (6, 12), (9, 12), (10, 12)]);
        assert_eq!(folded[0].kind, Some(FoldingRangeKind::Comment));
        // Text that is not TOML folds as far as it can be read.
        let lines = foldings(&EditorText::new("[a]\nb = [\n 1,\n\n[c]\nd =\n".to_owned())).len();
        assert!(lines > 0);
    }
}
