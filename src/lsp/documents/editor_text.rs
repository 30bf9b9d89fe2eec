//! Text of an open document, with positions as the protocol counts them.

use std::ops::Range;

use lsp_types::{self as lsp, Position, TextDocumentContentChangeEvent};

/// Byte order mark. It is part of the editor's text, and not of the spec.
const MARK: char = '\u{feff}';

/// Text with an index of its lines. A line ends with a line feed, a carriage return, or both. Offsets are those of the text
/// without its byte order mark.
#[derive(Debug, Clone)]
pub(in crate::lsp) struct EditorText {
    /// With the byte order mark.
    text: String,
    line_starts: Vec<usize>,
}

impl EditorText {
    pub(in crate::lsp) fn new(text: String) -> Self {
        let mut line_starts = vec![0];
        line_starts.extend(starts_behind_line_ends(&text, 0..text.len()));
        Self { text, line_starts }
    }

    pub(in crate::lsp) fn as_str(&self) -> &str {
        &self.text[self.mark()..]
    }

    /// Text with the byte order mark.
    pub(in crate::lsp) fn into_string(self) -> String {
        self.text
    }

    /// Length of the byte order mark.
    fn mark(&self) -> usize {
        if self.text.starts_with(MARK) { MARK.len_utf8() } else { 0 }
    }

    /// Applies a change. A range that is not in the text ends where the text does.
    pub(in crate::lsp) fn change(&mut self, change: TextDocumentContentChangeEvent) {
        let Some(range) = change.range else {
            *self = Self::new(change.text);
            return;
        };
        let (start, end) = (self.place(range.start), self.place(range.end));
        self.replace(start.min(end)..start.max(end), &change.text);
    }

    /// Replaces a range, and finds the lines anew from the line before it to the one after it: `\r` and `\n` may have become
    /// one line end, or two.
    fn replace(&mut self, range: Range<usize>, new: &str) {
        let first = self.line_starts.partition_point(|&start| start < range.start).saturating_sub(1);
        let after = self.line_starts.partition_point(|&start| start <= range.end);
        let moved = |at: usize| at - range.len() + new.len();
        self.text.replace_range(range.clone(), new);
        for start in &mut self.line_starts[after..] {
            *start = moved(*start);
        }
        let from = self.line_starts[first];
        // The line end in front of the first line behind the change is known.
        let until = self.line_starts.get(after).map_or(self.text.len(), |start| start - 1);
        let between: Vec<usize> = starts_behind_line_ends(&self.text, from..until).collect();
        self.line_starts.splice(first + 1..after, between);
    }

    /// Byte offset of a position, whose column is in UTF-16 code units. A column behind the end of the line is the end.
    pub(in crate::lsp) fn offset(&self, position: Position) -> usize {
        self.place(position).saturating_sub(self.mark())
    }

    /// Offset of a position in the text with its byte order mark.
    fn place(&self, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(&start) = self.line_starts.get(line) else { return self.text.len() };
        let end = self.line_starts.get(line + 1).copied().unwrap_or(self.text.len());
        let line = self.text[start..end].trim_end_matches(['\r', '\n']);
        let mut units = 0;
        let before = line.char_indices().find(|(_, c)| {
            let is_there = units >= position.character as usize;
            units += c.len_utf16();
            is_there
        });
        start + before.map_or(line.len(), |(at, _)| at)
    }

    /// Position of a byte offset. An offset within a character is its start.
    pub(in crate::lsp) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset.saturating_add(self.mark()));
        let line = self.line_starts.partition_point(|&start| start <= offset) - 1;
        let column = self.text[self.line_starts[line]..offset].chars().map(char::len_utf16).sum::<usize>();
        Position::new(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    pub(in crate::lsp) fn range(&self, span: &Range<usize>) -> lsp::Range {
        lsp::Range::new(self.position(span.start), self.position(span.end))
    }
}

/// Starts of the lines that follow a line end within a range.
fn starts_behind_line_ends(text: &str, range: Range<usize>) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let ends = range.filter(|&at| match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    ends.map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_are_utf16() {
        let text = EditorText::new("a😀é\r\nb\rc\n".to_owned());
        for (offset, line, column) in
            [(0, 0, 0), (1, 0, 1), (5, 0, 3), (7, 0, 4), (9, 1, 0), (10, 1, 1), (11, 2, 0), (13, 3, 0)]
        {
            assert_eq!(text.position(offset), Position::new(line, column), "{offset}");
            assert_eq!(text.offset(Position::new(line, column)), offset, "{line}:{column}");
        }
        assert_eq!(text.offset(Position::new(0, 99)), 7);
        assert_eq!(text.offset(Position::new(99, 0)), 13);
        // In the middle of the emoji: behind it.
        assert_eq!(text.offset(Position::new(0, 2)), 5);
    }

    #[test]
    fn changes_replace_ranges() {
        let mut text = EditorText::new("name = \"é\"\n".to_owned());
        let change = |start, end, new: &str| TextDocumentContentChangeEvent {
            range: Some(lsp::Range::new(Position::new(0, start), Position::new(0, end))),
            range_length: None,
            text: new.to_owned(),
        };
        text.change(change(8, 9, "😀"));
        assert_eq!(text.as_str(), "name = \"😀\"\n");
        text.change(change(10, 8, "x"));
        assert_eq!(text.as_str(), "name = \"x\"\n");
        text.change(TextDocumentContentChangeEvent { range: None, range_length: None, text: "y".to_owned() });
        assert_eq!(text.as_str(), "y");
    }

    #[test]
    fn the_byte_order_mark_is_the_editors() {
        let text = EditorText::new("\u{feff}a\nb".to_owned());
        assert_eq!(text.as_str(), "a\nb");
        assert_eq!((text.position(0), text.position(2)), (Position::new(0, 1), Position::new(1, 0)));
        assert_eq!([0, 1, 2].map(|column| text.offset(Position::new(0, column))), [0, 0, 1]);
    }

    proptest! {
        #[test]
        fn lines_are_those_of_the_whole_text(
            text in "[a\r\n😀]{0,12}",
            changes in prop::collection::vec((0_usize..14, 0_usize..14, "[b\r\n]{0,4}"), 1..4),
        ) {
            let mut changed = EditorText::new(text);
            for (one, other, new) in changes {
                let at = |place: usize| changed.text.floor_char_boundary(place.min(changed.text.len()));
                let range = at(one.min(other))..at(one.max(other));
                changed.replace(range, &new);
                prop_assert_eq!(&changed.line_starts, &EditorText::new(changed.text.clone()).line_starts);
            }
        }
    }
}
