//! Change of the text of a spec.

use std::ops::Range;

use lsp_types::TextEdit;

use crate::{
    lsp::documents::EditorText,
    spec::{line_end, with_line_end},
};

/// Span of the text with its replacement.
pub(in crate::lsp) type SpanEdit = (Range<usize>, String);

/// Change of the text of a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lsp) struct SpecChange {
    /// In the order of the text.
    edits: Vec<SpanEdit>,
}

impl SpecChange {
    /// Change with these edits, which do not overlap. New lines get the line end of the text.
    pub(in crate::lsp) fn new(text: &str, mut edits: Vec<SpanEdit>) -> Self {
        edits.sort_by_key(|(span, _)| (span.start, span.end));
        for (_, new) in &mut edits {
            *new = with_line_end(new, line_end(text));
        }
        Self { edits }
    }

    /// Text after the change.
    pub(in crate::lsp) fn applied(&self, before: &str) -> String {
        let mut text = String::with_capacity(before.len() + 256);
        let mut done = 0;
        for (span, new) in &self.edits {
            text += before.get(done..span.start).unwrap_or_default();
            text += new;
            done = span.end;
        }
        text + before.get(done..).unwrap_or_default()
    }

    /// Offset in the text after the change of an offset in the text before it.
    pub(in crate::lsp) fn moved(&self, offset: usize) -> usize {
        let before = self.edits.iter().filter(|(span, _)| span.end <= offset && span.start < offset);
        before.fold(offset, |at, (span, new)| (at + new.len()).saturating_sub(span.len()))
    }

    /// Offset in the text before the change of an offset in the text after it.
    pub(in crate::lsp) fn origin(&self, offset: usize) -> usize {
        let before = self.edits.iter().zip(self.written()).filter(|(_, written)| written.end <= offset);
        before.fold(offset, |at, ((span, new), _)| (at + span.len()).saturating_sub(new.len()))
    }

    /// Spans of the new texts in the text after the change.
    pub(in crate::lsp) fn written(&self) -> Vec<Range<usize>> {
        let (mut added, mut removed) = (0, 0);
        let written = self.edits.iter().map(|(span, new)| {
            let start = span.start + added - removed;
            (added, removed) = (added + new.len(), removed + span.len());
            start..start + new.len()
        });
        written.collect()
    }

    /// Edits as the protocol has them.
    pub(in crate::lsp) fn into_text_edits(self, text: &EditorText) -> Vec<TextEdit> {
        let edits = self.edits.into_iter();
        edits.map(|(span, new_text)| TextEdit { range: text.range(&span), new_text }).collect()
    }
}
