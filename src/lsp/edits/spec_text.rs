//! Text of a spec, and the edits that write keys, items and tables into it in the form that it has.

use std::ops::Range;

use super::SpanEdit;
use crate::{
    lsp::cursor::{self, Header},
    spec::{Pointer, Spans, insertions},
};

/// Text of a spec with its places.
pub(in crate::lsp) struct SpecText<'a> {
    text: &'a str,
    spans: &'a Spans,
    headers: Vec<Header>,
}

impl<'a> SpecText<'a> {
    pub(in crate::lsp) fn new(text: &'a str, spans: &'a Spans) -> Self {
        Self { text, spans, headers: cursor::headers(text) }
    }

    /// Adds a key to a table behind one of its keys, or behind all: as a line below its header, in its braces, or as a
    /// dotted key. None if there is no such table.
    pub(in crate::lsp) fn with_key(
        &self,
        table: &Pointer,
        key: &str,
        value: &str,
        behind: Option<&str>,
    ) -> Option<SpanEdit> {
        let behind = behind.and_then(|key| self.spans.value(&table.key(key)));
        self.with_pair(table, &format!("{key} = {value}"), behind.map(|value| value.end))
    }

    fn with_pair(&self, table: &Pointer, pair: &str, behind: Option<usize>) -> Option<SpanEdit> {
        if let Some(braces) = self.braces(table) {
            let inner = braces.start + 1..braces.end - 1;
            return Some(match behind.or_else(|| self.spans.end_within(table, &inner)) {
                Some(end) => (end..end, format!(", {pair}")),
                None if inner.is_empty() => (inner, format!(" {pair} ")),
                None => (inner.start..inner.start, format!(" {pair}")),
            });
        }
        let Some(body) = self.body(table) else {
            let name = self.text.get(self.spans.key(table)?)?;
            let end = behind.or_else(|| self.spans.end_within(table, &(0..self.text.len())));
            return self.with_pair(&table.parent()?, &format!("{name}.{pair}"), end);
        };
        let end = behind.or_else(|| self.spans.end_within(table, &body)).unwrap_or(body.start);
        let line = &self.text[self.line_start(end)..];
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        Some(match self.text[end..].find('\n') {
            Some(at) => (end + at + 1..end + at + 1, format!("{indent}{pair}\n")),
            None => (self.text.len()..self.text.len(), format!("\n{indent}{pair}\n")),
        })
    }

    /// Removes a key with its value: its line, or what is between commas.
    pub(in crate::lsp) fn without_key(&self, route: &Pointer) -> Option<SpanEdit> {
        let (key, value) = (self.spans.key(route)?, self.spans.value(route)?);
        if self.braces(&route.parent()?).is_none() {
            return Some((self.line_start(key.start)..self.line_end(value.end), String::new()));
        }
        Some((self.with_comma(key.start..value.end), String::new()))
    }

    /// Removes an item of a list; none for the only one.
    pub(in crate::lsp) fn without_item(&self, item: &Pointer) -> Option<SpanEdit> {
        if let Some(body) = self.body(item) {
            let end = self.spans.end_within(item, &body).unwrap_or(body.start);
            let header = self.headers.iter().find(|header| header.route == *item)?;
            return Some((self.line_start(header.span.start)..self.line_end(end), String::new()));
        }
        let (list, span) = (item.parent()?, self.spans.value(item)?);
        self.spans.value(&list.key(1))?;
        let line = self.line_start(span.start)..self.line_end(span.end);
        let (before, behind) = (&self.text[line.start..span.start], &self.text[span.end..line.end]);
        let behind = behind.trim_start().trim_start_matches(',').trim();
        let is_alone = before.trim().is_empty() && (behind.is_empty() || behind.starts_with('#'));
        Some((if is_alone { line } else { self.with_comma(span) }, String::new()))
    }

    /// Span of an item or a pair with the comma in front of it, or behind the first.
    fn with_comma(&self, span: Range<usize>) -> Range<usize> {
        match self.text[..span.start].trim_end().strip_suffix(',') {
            Some(before) => before.len()..span.end,
            None => {
                let behind = self.text[span.end..].trim_start_matches([' ', ',']);
                span.start..self.text.len() - behind.len()
            }
        }
    }

    /// Adds items to a list, or the list with its key behind the other keys of its table.
    pub(in crate::lsp) fn with_items(&self, list: &Pointer, items: &[String]) -> Option<Vec<SpanEdit>> {
        let Some(span) = self.spans.value(list) else {
            let value = format!("[{}]", items.join(", "));
            return Some(vec![self.with_key(&list.parent()?, &list.last()?, &value, None)?]);
        };
        if self.text[span.clone()].contains('\n') {
            let lines: Vec<String> = items.iter().map(|item| format!("{item},")).collect();
            return self.with_lines(list, &lines);
        }
        let Some(last) = (0..).map_while(|at| self.spans.value(&list.key(at))).last() else {
            return Some(vec![(span.start + 1..span.start + 1, items.join(", "))]);
        };
        let new = items.iter().flat_map(|item| [", ", item]).collect();
        Some(vec![(last.end..last.end, new)])
    }

    /// Adds lines to a list, or the list with its key: each an item with its comma, or a comment.
    pub(in crate::lsp) fn with_lines(&self, list: &Pointer, lines: &[String]) -> Option<Vec<SpanEdit>> {
        let (table, key) = (list.parent()?, list.last()?);
        if self.spans.value(list).is_none() {
            let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
            return Some(vec![self.with_key(&table, &key, &format!("[\n{lines}]"), None)?]);
        }
        let new = insertions(self.text, self.spans, &table, &key, lines);
        Some(new.into_iter().map(|(at, text)| (at..at, text)).collect())
    }

    /// Adds comments in front of the line with a value; none if that is in braces.
    pub(in crate::lsp) fn with_comments(&self, value: &Pointer, comments: &[String]) -> Option<SpanEdit> {
        let start = self.line_start(self.spans.value(value)?.start);
        let is_in_braces = std::iter::successors(value.parent(), Pointer::parent)
            .filter_map(|above| self.braces(&above))
            .any(|braces| braces.start < start);
        let line = &self.text[start..];
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        let lines = comments.iter().map(|comment| format!("{indent}{comment}\n")).collect();
        (!is_in_braces).then_some((start..start, lines))
    }

    /// Lines with comments only that are directly above a place, from the first on.
    pub(in crate::lsp) fn comments_above(&self, at: usize) -> usize {
        let mut start = self.line_start(at);
        while let Some(end) = start.checked_sub(1) {
            let above = self.line_start(end);
            if !self.text[above..end].trim_start().starts_with('#') {
                break;
            }
            start = above;
        }
        start
    }

    /// Replaces an item of a list by others: each on its line if the item has one for itself.
    pub(in crate::lsp) fn in_place_of(&self, item: &Pointer, items: &[String]) -> Option<SpanEdit> {
        let (list, span) = (self.spans.value(&item.parent()?)?, self.spans.value(item)?);
        let separator = self.separator(&span, list.start);
        Some((span, items.join(&separator)))
    }

    /// Text between an item of a list and the next one.
    fn separator(&self, item: &Range<usize>, list_start: usize) -> String {
        let line_start = self.line_start(item.start);
        let indent = &self.text[line_start..item.start];
        if line_start > list_start && indent.trim().is_empty() {
            format!(",\n{indent}")
        } else {
            ", ".to_owned()
        }
    }

    /// Adds an entry to a list of tables: in its brackets, or with a header behind all other tables.
    pub(in crate::lsp) fn with_entry(&self, list: &str, pairs: &[(&str, String)]) -> Option<Vec<SpanEdit>> {
        let route = Pointer::root().key(list);
        let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        let has_headers = self.headers.iter().any(|header| header.route == route.key(0));
        if self.spans.value(&route).is_some() && !has_headers {
            return self.with_items(&route, &[format!("{{ {} }}", pairs.join(", "))]);
        }
        Some(vec![self.at_end(&format!("[[{list}]]\n{}\n", pairs.join("\n")))])
    }

    /// Adds a table behind all others.
    pub(in crate::lsp) fn at_end(&self, table: &str) -> SpanEdit {
        let gap = match self.text {
            "" => "",
            text if text.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        (self.text.len()..self.text.len(), format!("{gap}{table}"))
    }

    /// Span of a table in braces.
    fn braces(&self, table: &Pointer) -> Option<Range<usize>> {
        self.spans.value(table).filter(|span| self.text[span.start..].starts_with('{'))
    }

    /// Span from the header of a table to the next header.
    fn body(&self, table: &Pointer) -> Option<Range<usize>> {
        let (start, next) = match self.headers.iter().position(|header| header.route == *table) {
            Some(at) => (self.headers[at].span.end, at + 1),
            None if **table == *Pointer::root() => (0, 0),
            None => return None,
        };
        let end = self.headers.get(next).map_or(self.text.len(), |header| header.span.start);
        Some(start..end)
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// Start of the next line.
    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |end| at + end + 1)
    }
}
