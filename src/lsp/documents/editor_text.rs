//! Text of an open document, with positions as the protocol counts them.

use std::ops::Range;

use lsp_types::{self as lsp, Position, TextDocumentContentChangeEvent};

/// Text with an index of its lines. A line ends with a line feed, a carriage return, or both.
#[derive(Debug, Clone)]
pub(in crate::lsp) struct EditorText {
    text: String,
    line_starts: Vec<usize>,
}

impl EditorText {
    pub(in crate::lsp) fn new(text: String) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|&(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let line_starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, line_starts }
    }

    pub(in crate::lsp) fn as_str(&self) -> &str {
        &self.text
    }

    /// Applies a change. A range that is not in the text ends where the text does.
    pub(in crate::lsp) fn change(&mut self, change: TextDocumentContentChangeEvent) {
        let text = match change.range {
            None => change.text,
            Some(range) => {
                let (start, end) = (self.offset(range.start), self.offset(range.end));
                let mut text = std::mem::take(&mut self.text);
                text.replace_range(start.min(end)..start.max(end), &change.text);
                text
            }
        };
        *self = Self::new(text);
    }

    /// Byte offset of a position, whose column is in UTF-16 code units. A column behind the end of the line is the end.
    pub(in crate::lsp) fn offset(&self, position: Position) -> usize {
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
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|&start| start <= offset) - 1;
        let column = self.text[self.line_starts[line]..offset].chars().map(char::len_utf16).sum::<usize>();
        Position::new(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    pub(in crate::lsp) fn range(&self, span: &Range<usize>) -> lsp::Range {
        lsp::Range::new(self.position(span.start), self.position(span.end))
    }
}

#[cfg(test)]
mod tests {
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
}
