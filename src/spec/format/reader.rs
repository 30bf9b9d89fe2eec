//! Text to parts.

use std::{borrow::Cow, iter::Peekable, ops::Range, vec};

use toml_parser::{
    Source,
    decoder::Encoding,
    parser::{Event, EventKind, parse_document},
};
use unicode_width::UnicodeWidthStr as _;

use super::part::{LayoutPart, LineComment, WrittenGroup, WrittenValue};

/// Reader of a valid text.
pub(super) struct LayoutReader<'a> {
    text: &'a str,
    events: Peekable<vec::IntoIter<Event>>,
}

impl<'a> LayoutReader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut events: Vec<Event> = Vec::new();
        parse_document(&Source::new(text).lex().into_vec(), &mut events, &mut ());
        events.retain(|event| event.kind() != EventKind::Whitespace);
        Self { text, events: events.into_iter().peekable() }
    }

    pub(super) fn document(mut self) -> Vec<LayoutPart<'a>> {
        let mut parts = Vec::new();
        let mut is_line_start = true;
        while let Some(event) = self.events.next() {
            let starts_line = event.kind() == EventKind::Newline;
            match event.kind() {
                EventKind::Newline if is_line_start => parts.push(LayoutPart::Blank),
                EventKind::Comment => self.comment(&event, is_line_start, &mut parts),
                EventKind::StdTableOpen => {
                    parts.push(LayoutPart::Header(format!("[{}]", self.keys(None)), None))
                }
                EventKind::ArrayTableOpen => {
                    parts.push(LayoutPart::Header(format!("[[{}]]", self.keys(None)), None));
                }
                EventKind::SimpleKey => {
                    let key = Some(self.keys(Some(&event)));
                    parts.extend(self.next_value().map(|value| LayoutPart::Entry {
                        key,
                        value,
                        comment: None,
                    }));
                }
                _ => {}
            }
            is_line_start = starts_line;
        }
        parts
    }

    /// Adds a comment: to the part in front of it, or as a part of its own.
    fn comment(&self, event: &Event, is_line_start: bool, parts: &mut Vec<LayoutPart<'a>>) {
        let span = span(event);
        let text = self.text[span.clone()].trim_end();
        match parts.last_mut() {
            Some(LayoutPart::Header(_, comment) | LayoutPart::Entry { comment, .. }) if !is_line_start => {
                *comment = Some(self.line_comment(span.start, text));
            }
            _ => parts.push(LayoutPart::Comment(text)),
        }
    }

    fn line_comment(&self, start: usize, text: &'a str) -> LineComment<'a> {
        let line = self.text[..start].rsplit('\n').next().unwrap_or_default();
        let is_apart = line.ends_with("  ");
        LineComment { text, column: is_apart.then(|| line.width()) }
    }

    /// Keys up to `=` or the end of a header, with dots.
    fn keys(&mut self, first: Option<&Event>) -> String {
        let mut keys = first.map(|event| self.scalar(event).into_owned()).unwrap_or_default();
        while let Some(event) = self.events.next() {
            match event.kind() {
                EventKind::SimpleKey => keys += &self.scalar(&event),
                EventKind::KeySep => keys.push('.'),
                _ => break,
            }
        }
        keys
    }

    fn next_value(&mut self) -> Option<WrittenValue<'a>> {
        let event = self.events.next()?;
        self.value(&event)
    }

    fn value(&mut self, event: &Event) -> Option<WrittenValue<'a>> {
        match event.kind() {
            EventKind::Scalar => Some(WrittenValue::Scalar(self.scalar(event))),
            EventKind::ArrayOpen => Some(WrittenValue::Group(self.group(false))),
            EventKind::InlineTableOpen => Some(WrittenValue::Group(self.group(true))),
            _ => None,
        }
    }

    fn group(&mut self, is_table: bool) -> WrittenGroup<'a> {
        let mut group = WrittenGroup { is_table, opening: None, parts: Vec::new(), has_breaks: false };
        let mut is_line_start = false;
        while let Some(event) = self.events.next() {
            let starts_line = event.kind() == EventKind::Newline;
            match event.kind() {
                EventKind::ArrayClose | EventKind::InlineTableClose => break,
                EventKind::Newline if is_line_start => group.parts.push(LayoutPart::Blank),
                EventKind::Newline => {}
                EventKind::Comment if group.parts.is_empty() && !group.has_breaks => {
                    let span = span(&event);
                    let text = self.text[span.clone()].trim_end();
                    group.opening = Some(self.line_comment(span.start, text));
                }
                EventKind::Comment => self.comment(&event, is_line_start, &mut group.parts),
                EventKind::SimpleKey => {
                    let key = Some(self.keys(Some(&event)));
                    let value = self.next_value();
                    group.parts.extend(value.map(|value| LayoutPart::Entry { key, value, comment: None }));
                }
                _ => {
                    let value = self.value(&event);
                    group.parts.extend(value.map(|value| LayoutPart::Entry {
                        key: None,
                        value,
                        comment: None,
                    }));
                }
            }
            group.has_breaks |= starts_line;
            is_line_start = starts_line || (is_line_start && event.kind() == EventKind::ValueSep);
        }
        group
    }

    /// Text of a string, number, boolean, date or key, in TOML 1.0.
    fn scalar(&self, event: &Event) -> Cow<'a, str> {
        let text = &self.text[span(event)];
        match event.encoding() {
            Some(Encoding::BasicString | Encoding::MlBasicString) => older_escapes(text),
            Some(_) => Cow::Borrowed(text),
            None => with_seconds(text),
        }
    }
}

fn span(event: &Event) -> Range<usize> {
    event.span().start()..event.span().end()
}

/// Writes a time with its seconds, as TOML 1.0 does: `07:32` is `07:32:00`.
fn with_seconds(value: &str) -> Cow<'_, str> {
    match value.find(':').and_then(|hour| value.split_at_checked(hour + 3)) {
        Some((minute, rest)) if !rest.starts_with(':') => Cow::Owned(format!("{minute}:00{rest}")),
        _ => Cow::Borrowed(value),
    }
}

/// Writes `\e` and `\x41` as TOML 1.0 does.
fn older_escapes(string: &str) -> Cow<'_, str> {
    if !string.contains("\\e") && !string.contains("\\x") {
        return Cow::Borrowed(string);
    }
    let mut older = String::with_capacity(string.len() + 8);
    let mut rest = string;
    while let Some(at) = rest.find('\\') {
        older += &rest[..at];
        let length = 1 + rest[at + 1..].chars().next().map_or(0, char::len_utf8);
        match &rest[at..at + length] {
            "\\e" => older += "\\u001B",
            "\\x" => older += "\\u00",
            other => older += other,
        }
        rest = &rest[at + length..];
    }
    Cow::Owned(older + rest)
}
