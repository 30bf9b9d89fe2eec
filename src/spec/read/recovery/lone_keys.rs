//! Keys without `=`, as they are while someone types.

use std::{borrow::Cow, ops::Range};

use toml_parser::parser::{Event, EventKind};

use super::events::read_events;

/// Blanks out the lines from each key without `=` on: TOML is read up to the first one only. Lists and inline tables that are
/// open at a header are closed in the space in front of it, or blanked. All offsets stay.
pub(in crate::spec::read) fn blanked(text: &str) -> Cow<'_, str> {
    let mut reader = LineBlanker { text, ..LineBlanker::default() };
    read_events(text, &mut |event| reader.take(&event));
    reader.edits.extend(reader.key.map(|start| (start..text.len(), String::new())));
    if reader.edits.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut blanked = String::with_capacity(text.len());
    let mut done = 0;
    for (span, new) in reader.edits {
        blanked += &text[done..span.start];
        blanked += &new;
        blanked.extend(std::iter::repeat_n(' ', span.len() - new.len()));
        done = span.end;
    }
    blanked += &text[done..];
    Cow::Owned(blanked)
}

#[derive(Default)]
struct LineBlanker<'a> {
    text: &'a str,
    is_header: bool,
    /// Start of a key that has no `=` yet, and of the key of the value.
    key: Option<usize>,
    value: Option<usize>,
    /// Brackets that close what is open.
    open: Vec<char>,
    /// End of the last event besides spaces, and true if a bracket can follow it.
    end: usize,
    can_close: bool,
    edits: Vec<(Range<usize>, String)>,
}

impl LineBlanker<'_> {
    fn take(&mut self, event: &Event) {
        let span = event.span();
        let is_top = self.open.is_empty();
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                self.close(span.start());
                self.is_header = true;
            }
            EventKind::ArrayOpen => self.open.push(']'),
            EventKind::InlineTableOpen => self.open.push('}'),
            // What the parser closes at the end is open.
            EventKind::ArrayClose | EventKind::InlineTableClose if !span.is_empty() => {
                self.open.pop();
            }
            EventKind::SimpleKey if is_top && !self.is_header => {
                self.key.get_or_insert(span.start());
            }
            EventKind::KeyValSep if is_top => self.value = self.key.take(),
            EventKind::Newline if is_top => {
                self.edits.extend(self.key.take().map(|start| (start..span.start(), String::new())));
                self.is_header = false;
            }
            _ => {}
        }
        let is_space = matches!(event.kind(), EventKind::Whitespace | EventKind::Newline);
        if !is_space && !span.is_empty() {
            self.end = span.end();
            let is_part =
                matches!(event.kind(), EventKind::SimpleKey | EventKind::KeySep | EventKind::KeyValSep);
            self.can_close = !is_part && event.kind() != EventKind::Comment;
        }
    }

    /// Closes what is open in front of a header.
    fn close(&mut self, header: usize) {
        if self.open.is_empty() {
            return;
        }
        let closing: String = self.open.drain(..).rev().collect();
        // The line of the header stays one.
        let line = self.text[..header].rfind('\n').unwrap_or(self.end).max(self.end);
        let edit = if self.can_close && line - self.end >= closing.len() {
            (self.end..self.end + closing.len(), closing)
        } else {
            (self.value.unwrap_or(self.end)..line, String::new())
        };
        self.edits.push(edit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_without_a_value_are_blanked() {
        for (text, expected) in [
            ("a\nb = 1\n", " \nb = 1\n"),
            ("[t]\na é # c\nb = [\n1]\n c.d ", "[t]\n        \nb = [\n1]\n     "),
            ("[t\na = 1\nb", "[t\na = 1\n "),
            ("a = { b, c = 1 }\n", "a = { b, c = 1 }\n"),
            ("a =\nb\r\n", "a =\n \r\n"),
            ("a = [\"x\",\n\n[t]\nb\n", "a = [\"x\",]\n[t]\n \n"),
            ("a = [{ b = [1\r\n\n\n[[t]]\n", "a = [{ b = [1]}]\n[[t]]\n"),
            ("a = [\n[t]\n", "     \n[t]\n"),
            ("a = { b = \n\n[t]\n", "           \n[t]\n"),
        ] {
            assert_eq!(blanked(text), expected);
        }
    }
}
