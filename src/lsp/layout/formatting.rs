//! Layout of `magespec fmt`, as edits.

use std::ops::Range;

use lsp_types::TextEdit;
use similar::{Algorithm, DiffTag, capture_diff_slices_by_key};

use crate::{diag::Source, lsp::documents::EditorText, spec::format};

/// Largest text that is compared line by line; a larger one is replaced as a whole.
const MOST_COMPARED: usize = 1 << 20;

/// Whole lines, and what to write there.
type ChangedLines = (Range<usize>, String);

/// Edits that format the text, line by line; none for a text that is not TOML.
pub(in crate::lsp) fn format_edits(text: &EditorText) -> Option<Vec<TextEdit>> {
    Some(text_edits(text, changed_lines(text.as_str())?))
}

/// Edits that format the lines of a range. A range that ends at the start of a line does not contain that line. Lines that
/// cannot be formatted without others, such as those of one inline table, bring these with them.
pub(in crate::lsp) fn format_range_edits(
    text: &EditorText,
    range: lsp_types::Range,
) -> Option<Vec<TextEdit>> {
    let last = range.end.line - u32::from(range.end.character == 0 && range.start.line < range.end.line);
    let (written, all) = (text.as_str(), changed_lines(text.as_str())?);
    let is_inside = |(span, _): &&ChangedLines| {
        let (first, end) = (text.position(span.start), text.position(span.end));
        let is_before = end.line < range.start.line || (end.line == range.start.line && end.character == 0);
        first.line <= last && (!is_before || span.is_empty() && first.line == range.start.line)
    };
    let inside: Vec<ChangedLines> = all.iter().filter(is_inside).cloned().collect();
    let is_sound =
        changed_lines(&applied(written, &inside)).is_some_and(|left| left.len() + inside.len() <= all.len());
    Some(text_edits(text, if is_sound { inside } else { all }))
}

fn text_edits(text: &EditorText, changed: Vec<ChangedLines>) -> Vec<TextEdit> {
    let edits = changed.into_iter();
    edits.map(|(span, new_text)| TextEdit { range: text.range(&span), new_text }).collect()
}

fn applied(text: &str, changed: &[ChangedLines]) -> String {
    let mut applied = text.to_owned();
    for (span, new) in changed.iter().rev() {
        applied.replace_range(span.clone(), new);
    }
    applied
}

/// Lines that differ, each by itself if only its white space does.
fn changed_lines(text: &str) -> Option<Vec<ChangedLines>> {
    let formatted = format(&Source::new("", text)).ok()?;
    if text == formatted {
        return Some(Vec::new());
    }
    if text.len() > MOST_COMPARED {
        return Some(vec![(0..text.len(), formatted)]);
    }
    let (old, new) = (lines(text), lines(&formatted));
    let mut starts = vec![0];
    starts.extend(old.iter().scan(0, |end, line| {
        *end += line.len();
        Some(*end)
    }));
    let span = |lines: Range<usize>| starts[lines.start]..starts[lines.end];
    let mut changed = Vec::new();
    for op in capture_diff_slices_by_key(Algorithm::Myers, &old, &new, words) {
        let (before, after) = (op.old_range(), op.new_range());
        if op.tag() == DiffTag::Equal {
            let pairs = before.zip(after).filter(|(before, after)| old[*before] != new[*after]);
            changed.extend(pairs.map(|(before, after)| (span(before..before + 1), new[after].to_owned())));
        } else {
            changed.push((span(before), new[after].concat()));
        }
    }
    Some(changed)
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// Line without its white space.
fn words(line: &&str) -> String {
    line.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use lsp_types::Position;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_lines_that_differ_are_replaced() {
        let text = "[a]\nb=1 # 😀\nc = 2\n\n\n\nd=3";
        let edits = changed_lines(text).unwrap();
        let shown: Vec<_> = edits.iter().map(|(span, new)| (&text[span.clone()], &**new)).collect();
        assert_eq!(shown, [("b=1 # 😀\n", "b = 1 # 😀\n"), ("\n\n", ""), ("d=3", "d = 3\n")]);
        assert_eq!(changed_lines("a = "), None);
        assert_eq!(changed_lines("a = 1\n"), Some(Vec::new()));
    }

    proptest! {
        /// Formatting line by line ends where formatting at once does, and never leaves the text unreadable.
        #[test]
        fn each_range_leaves_a_text_that_formats_alike(
            lines in prop::collection::vec(
                prop::sample::select(vec![
                    "", "  ", "# c", " # d", "a=1", "b  =  2", "[t]", "[[u]]", "c=[ 1,", "2 ,", "3 ]", "d={ x=1,",
                    "y=2 }", "e=[{z=1},", "]", "}", "f=[", "g={",
                ]),
                0..14,
            ),
            first in 0_u32..14,
            count in 0_u32..4,
        ) {
            let text = EditorText::new(lines.join("\n"));
            let range = lsp_types::Range::new(Position::new(first, 0), Position::new(first + count, 0));
            if let (Some(all), Some(edits)) = (changed_lines(text.as_str()), format_range_edits(&text, range)) {
                let spans = edits.into_iter().map(|it| (text.offset(it.range.start)..text.offset(it.range.end), it.new_text));
                let part = applied(text.as_str(), &spans.collect::<Vec<_>>());
                let formatted = |text: &str| format(&Source::new("", text)).ok();
                prop_assert!(formatted(&part).is_some());
                prop_assert_eq!(formatted(&applied(text.as_str(), &all)), formatted(text.as_str()));
            }
        }
    }
}
