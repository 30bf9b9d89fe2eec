//! Text at the cursor.

use std::ops::Range;

use crate::spec::Pointer;

/// Text around the cursor, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    /// Kind of the text.
    pub(super) place: CursorPlace,
    /// For a key its table, for a value its own place, for a header the part in front.
    pub(super) route: Pointer,
    /// The text, without quotes; empty where nothing is written yet.
    pub(super) span: Range<usize>,
    /// Quotes in front of it; empty if there are none.
    pub(super) quotes: &'static str,
    /// True unless the quotes behind it are missing.
    pub(super) is_closed: bool,
    /// Starts of the keys in front of a key, as in `settings.label`.
    pub(super) keys: Vec<usize>,
}

impl Cursor {
    /// Span of the text with its quotes.
    pub(super) fn outer(&self) -> Range<usize> {
        let quotes = self.quotes.len();
        let behind = if self.is_closed { quotes } else { 0 };
        self.span.start - quotes..self.span.end + behind
    }
}

/// Kind of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CursorPlace {
    /// Key of a table.
    Key,
    /// Value.
    Value,
    /// Name in the header of a table, or of an entry in a list of tables.
    Header,
}
