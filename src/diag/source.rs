//! Source texts of diagnostics.

use std::{
    ops::{Range, RangeInclusive},
    sync::OnceLock,
};

use super::with_slashes;

/// A text and its display name.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path as given on the command line, or `<stdin>`.
    pub name: String,
    /// Whole text.
    pub text: String,
    index: OnceLock<Box<Index>>,
}

/// Line starts and the number of characters before each block: positions are found without reading the text from the
/// start.
#[derive(Debug, Clone)]
struct Index {
    line_starts: Vec<usize>,
    chars_before: Vec<usize>,
}

/// Size of a block in bytes.
const BLOCK: usize = 256;

/// A line and a column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
}

impl Source {
    /// Creates a source from a name and a text.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: with_slashes(name), text: text.into(), index: OnceLock::new() }
    }

    /// Returns the position of a byte offset; offsets beyond the end are at the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let line = self.line(offset);
        let column = self.chars_before(offset) - self.chars_before(self.index().line_starts[line - 1]) + 1;
        Position { line, column }
    }

    /// Iterates over the byte ranges of the given lines (from 1), including line feeds; missing lines are skipped.
    #[must_use]
    pub fn lines(&self, lines: RangeInclusive<usize>) -> Range<usize> {
        let starts = &self.index().line_starts;
        let start = |line: usize| starts.get(line).copied().unwrap_or(self.text.len());
        start(lines.start().saturating_sub(1))..start(*lines.end())
    }

    fn line(&self, offset: usize) -> usize {
        self.index().line_starts.partition_point(|&start| start <= offset)
    }

    fn chars_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let start = self.text.floor_char_boundary(block * BLOCK);
        self.index().chars_before[block] + self.text[start..offset].chars().count()
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index { line_starts: vec![0], chars_before: vec![0] };
            let mut chars = 0;
            for (at, c) in self.text.char_indices() {
                // A character that crosses into the next block counts as part of that one.
                while index.chars_before.len() * BLOCK < at + c.len_utf8() {
                    index.chars_before.push(chars);
                }
                chars += 1;
                if c == '\n' {
                    index.line_starts.push(at + 1);
                }
            }
            index.chars_before.push(chars);
            Box::new(index)
        })
    }

    /// Returns the text of a byte range, clipped to the text.
    #[must_use]
    pub fn slice(&self, span: &Range<usize>) -> &str {
        let start = self.floor(span.start);
        &self.text[start..self.floor(span.end).max(start)]
    }

    fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("a.toml", "a = 1\r\nbäh = \"x\"\n");
        let offset = source.text.find('=').unwrap();
        assert_eq!(source.position(offset), Position { line: 1, column: 3 });
        let offset = source.text.rfind('=').unwrap();
        assert_eq!(source.position(offset), Position { line: 2, column: 5 });
        assert_eq!(source.position(999), Position { line: 3, column: 1 });
    }

    #[test]
    fn long_texts_have_the_positions_of_short_ones() {
        for length in [BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            let source = Source::new("a.toml", "é".repeat(length) + "\n" + &"🦀".repeat(length) + "x");
            assert_eq!(source.position(2 * length), Position { line: 1, column: length + 1 });
            assert_eq!(source.position(source.text.len() - 1), Position { line: 2, column: length + 1 });
            for (at, (offset, _)) in source.text.char_indices().enumerate() {
                let position = source.position(offset);
                assert_eq!(position.column + (position.line - 1) * (length + 1), at + 1);
            }
        }
    }

    #[test]
    fn lines_are_found() {
        let source = Source::new("a.toml", "a\nb\nc");
        assert_eq!([source.lines(1..=1), source.lines(2..=3), source.lines(3..=9)], [0..2, 2..5, 4..5]);
        assert_eq!(Source::new("a.toml", "").lines(1..=1), 0..0);
    }
}
