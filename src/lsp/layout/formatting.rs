//! Layout of `magespec fmt`, as edits.

use std::ops::Range;

use lsp_types::TextEdit;
use similar::{DiffTag, TextDiff};

use crate::{diag::Source, lsp::documents::EditorText, spec::format};

/// Largest text that is compared line by line; a larger one is replaced as a whole.
const MOST_COMPARED: usize = 1 << 20;

/// Edits that format the text, line by line; none for a text that is not TOML.
pub(in crate::lsp) fn format_edits(text: &EditorText) -> Option<Vec<TextEdit>> {
    let edits = changed_lines(text.as_str())?.into_iter();
    Some(edits.map(|(span, new_text)| TextEdit { range: text.range(&span), new_text }).collect())
}

/// Edits of lines that a range touches.
pub(in crate::lsp) fn format_range_edits(
    text: &EditorText,
    range: lsp_types::Range,
) -> Option<Vec<TextEdit>> {
    let mut edits = format_edits(text)?;
    edits.retain(|edit| edit.range.start.line <= range.end.line && range.start.line <= edit.range.end.line);
    Some(edits)
}

/// Spans of whole lines that differ, and what to write there.
fn changed_lines(text: &str) -> Option<Vec<(Range<usize>, String)>> {
    let formatted = format(&Source::new("", text)).ok()?;
    if text == formatted {
        return Some(Vec::new());
    }
    if text.len() > MOST_COMPARED {
        return Some(vec![(0..text.len(), formatted)]);
    }
    let (old, new) = (lines(text), lines(&formatted));
    let diff = TextDiff::from_slices(&old, &new);
    let starts: Vec<usize> = std::iter::once(0)
        .chain(old.iter().scan(0, |end, line| {
            *end += line.len();
            Some(*end)
        }))
        .collect();
    let changed = diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal);
    let edits = changed.map(|op| {
        let lines = op.old_range();
        (starts[lines.start]..starts[lines.end], new[op.new_range()].concat())
    });
    Some(edits.collect())
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_differ_are_replaced() {
        let text = "[a]\nb=1 # 😀\nc = 2\n\n\n\nd=3";
        let edits = changed_lines(text).unwrap();
        let shown: Vec<_> = edits.iter().map(|(span, new)| (&text[span.clone()], &**new)).collect();
        assert_eq!(shown, [("b=1 # 😀\n", "b = 1 # 😀\n"), ("\n\nd=3", "d = 3\n")]);
        assert_eq!(changed_lines("a = "), None);
        assert_eq!(changed_lines("a = 1\n"), Some(Vec::new()));
    }

    #[test]
    fn a_range_gets_the_edits_that_touch_it() {
        let text = EditorText::new("a=1\nb = 2\nc=3\n".to_owned());
        let line = |line| lsp_types::Position::new(line, 0);
        let edits = format_range_edits(&text, lsp_types::Range::new(line(2), line(2))).unwrap();
        assert_eq!(edits.len(), 1);
        assert_eq!((edits[0].range.start.line, &*edits[0].new_text), (2, "c = 3\n"));
    }
}
