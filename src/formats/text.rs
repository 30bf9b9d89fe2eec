//! A value as a file has it, and where.

use std::ops::Range;

/// A text and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpannedText {
    /// What is written, with references resolved.
    pub value: String,
    /// Where, in bytes of all files that were read.
    pub span: Range<usize>,
}

impl SpannedText {
    /// A text at a place.
    #[must_use]
    pub fn new(value: impl Into<String>, span: Range<usize>) -> Self {
        Self { value: value.into(), span }
    }

    /// The text without white space around it.
    #[must_use]
    pub fn trimmed(&self) -> &str {
        self.value.trim()
    }
}
