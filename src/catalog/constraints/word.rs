//! Words of a text with their positions.

use std::ops::Range;

use super::ConstraintError;

/// Part of a text and its start.
#[derive(Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
}

impl<'a> Word<'a> {
    /// Parts between the separators; they may be empty.
    pub(super) fn split(self, separator: &'static str) -> impl Iterator<Item = Self> {
        let mut start = self.start;
        self.text.split(separator).map(move |text| {
            let part = Word { text, start };
            start += text.len() + separator.len();
            part
        })
    }

    /// Parts between white space.
    pub(super) fn words(self) -> Vec<Self> {
        let mut start = self.start;
        let words = self.text.split_inclusive(char::is_whitespace).map(|piece| {
            let word = Word { text: piece.trim_end(), start };
            start += piece.len();
            word
        });
        words.filter(|word| !word.text.is_empty()).collect()
    }

    /// Splits after the first `bytes`.
    pub(super) fn split_at(self, bytes: usize) -> (Self, Self) {
        let (text, rest) = self.text.split_at(bytes);
        (Word { text, ..self }, Word { text: rest, start: self.start + bytes })
    }

    /// Splits off the leading operator, which may be empty.
    pub(super) fn operator(self) -> (Self, Self) {
        self.split_at(self.text.find(|c| !"<>=!~^".contains(c)).unwrap_or(self.text.len()))
    }

    /// Error at the word.
    pub(super) fn error(self, message: String, help: impl Into<String>) -> ConstraintError {
        ConstraintError { message, help: help.into(), span: self.span(), instead: None }
    }

    fn span(self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}
