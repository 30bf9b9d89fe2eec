//! Edits of a spec that keep its layout.

use std::ops::Range;

use lsp_types::TextEdit;

use super::ActionTarget;
use crate::spec::Pointer;

impl ActionTarget<'_> {
    pub(super) fn replacement(&self, span: &Range<usize>, new_text: String) -> TextEdit {
        let new_text = match self.line_end() {
            "\n" => new_text,
            line_end => new_text.replace('\n', line_end),
        };
        TextEdit { range: self.text.range(span), new_text }
    }

    pub(super) fn insertion(&self, at: usize, new_text: String) -> TextEdit {
        self.replacement(&(at..at), new_text)
    }

    /// Line end of the text.
    fn line_end(&self) -> &'static str {
        if self.text.as_str().contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Adds a table, or tables, behind all others.
    pub(super) fn at_end(&self, tables: &str) -> TextEdit {
        let text = self.text.as_str();
        let gap = match text {
            "" => "",
            _ if text.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        self.insertion(text.len(), format!("{gap}{tables}"))
    }

    /// Span of the line that has a key with its value; none if other keys are on it.
    pub(super) fn line_of(&self, route: &Pointer) -> Option<Range<usize>> {
        let spans = &self.project.loaded.spans;
        let (key, value) = (spans.key(route)?, spans.value(route)?);
        let text = self.text.as_str();
        let start = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[value.end..].find('\n').map_or(text.len(), |at| value.end + at + 1);
        let is_alone = text[start..key.start].trim().is_empty()
            && (text[value.end..end].trim().is_empty() || text[value.end..end].trim_start().starts_with('#'));
        is_alone.then_some(start..end)
    }

    /// Items in the place of one item of a list: each on its line if that has one for itself.
    pub(super) fn in_place_of(&self, item: &Range<usize>, items: &[String]) -> TextEdit {
        let text = self.text.as_str();
        let line = text[..item.start].rfind('\n').map_or(0, |at| at + 1);
        let indent = &text[line..item.start];
        let separator =
            if line > 0 && indent.trim().is_empty() { format!(",\n{indent}") } else { ", ".to_owned() };
        self.replacement(item, items.join(&separator))
    }

    /// Adds items to a list, or the list with its key behind the other keys of its table.
    pub(super) fn appended(&self, list: &Pointer, items: &[String]) -> Option<TextEdit> {
        let spans = &self.project.loaded.spans;
        let text = self.text.as_str();
        if let Some(span) = spans.value(list) {
            let inner = text.get(span.start + 1..span.end.checked_sub(1)?)?;
            let last = self.last_item(list);
            let (at, separator) = match last {
                None => (span.start + 1, String::new()),
                Some(last) => {
                    let line = text[..last.start].rfind('\n').map_or(0, |at| at + 1);
                    let indent = &text[line..last.start];
                    let is_alone = inner.contains('\n') && indent.trim().is_empty();
                    (last.end, if is_alone { format!(",\n{indent}") } else { ", ".to_owned() })
                }
            };
            let mut new_text = separator.clone();
            new_text.push_str(&items.join(if separator.is_empty() { ", " } else { &separator }));
            return Some(self.insertion(at, new_text));
        }
        let table = list.parent()?;
        let end = spans.end_of_members(&table)?;
        let at = text[end..].find('\n').map_or(text.len(), |at| end + at);
        Some(self.insertion(at, format!("\n{} = [{}]", list.last()?, items.join(", "))))
    }

    fn last_item(&self, list: &Pointer) -> Option<Range<usize>> {
        let spans = &self.project.loaded.spans;
        (0..).map_while(|at| spans.value(&list.key(at))).last()
    }
}
