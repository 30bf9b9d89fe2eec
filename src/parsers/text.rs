//! Text with its place in a file.

use std::ops::Range;

/// Text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpannedText {
    /// Text with references resolved.
    pub value: String,
    /// Place, in bytes of all files that were read.
    pub span: Range<usize>,
}

impl SpannedText {
    /// Text at a place.
    #[must_use]
    pub fn new(value: impl Into<String>, span: Range<usize>) -> Self {
        Self { value: value.into(), span }
    }

    /// Text without surrounding white space.
    #[must_use]
    pub fn trimmed(&self) -> &str {
        self.value.trim()
    }
}
