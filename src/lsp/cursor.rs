//! Place of the cursor in a TOML text, which need not be valid.

use std::{collections::HashMap, ops::Range};

use toml_parser::{
    decoder::Encoding,
    parser::{Event, EventKind},
};

pub(super) use super::cursor_place::{Cursor, CursorPlace};
use crate::spec::{DEEPEST_TOML, Pointer, read_events};

/// Header of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// Place of the table in the document.
    pub(super) route: Pointer,
    /// Header with its brackets.
    pub(super) span: Range<usize>,
}

/// Finds what is at an offset; none in a comment.
pub(super) fn at(text: &str, offset: usize) -> Option<Cursor> {
    let mut reader = Reader { text, offset, ..Reader::default() };
    read_events(text, &mut |event| reader.take(&event));
    reader.finish()
}

/// Headers of all tables, in order.
pub(super) fn headers(text: &str) -> Vec<Header> {
    let mut reader = Reader { text, offset: usize::MAX, ..Reader::default() };
    read_events(text, &mut |event| reader.take(&event));
    reader.headers
}

/// Table or list that the events are in.
#[derive(Debug, Clone)]
enum Frame {
    List { route: Pointer, index: usize },
    Table { route: Pointer },
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    offset: usize,
    /// Table of the last header.
    table: Pointer,
    /// Lists and tables within a value.
    frames: Vec<Frame>,
    /// Number of entries of each list of tables.
    entries: HashMap<Pointer, usize>,
    /// Keys that have been read for a value or in a header with their starts, and the span of the last.
    keys: Vec<(usize, String)>,
    key: Option<Range<usize>>,
    /// Start of the header that is open, and true for an entry in a list of tables.
    header: Option<(usize, bool)>,
    /// Value that comes next.
    value: Option<Pointer>,
    headers: Vec<Header>,
    /// True behind a header or a value, where only a line break, a comma or a bracket can follow.
    is_complete: bool,
    found: Option<Option<Cursor>>,
}

impl Reader<'_> {
    fn take(&mut self, event: &Event) {
        if self.found.is_some() {
            return;
        }
        let span = event.span().start()..event.span().end();
        // The cursor is in front of this event: what was read says where it is.
        if self.offset < span.start {
            self.found = Some(self.between());
            return;
        }
        // At the end of the text the parser closes what is open: the cursor is still inside.
        let is_key = event.kind() == EventKind::SimpleKey;
        if !is_key && !self.frames.is_empty() && span.is_empty() && is_blank(&self.text[span.end..]) {
            self.found = Some(self.between());
            return;
        }
        // Nothing that a spec has is nested so deep.
        if self.frames.len() + self.keys.len() > DEEPEST_TOML as usize {
            self.found = Some(None);
            return;
        }
        let is_here = self.offset <= span.end;
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                self.frames.clear();
                self.keys.clear();
                self.value = None;
                self.is_complete = false;
                self.header = Some((span.start, event.kind() == EventKind::ArrayTableOpen));
            }
            EventKind::StdTableClose | EventKind::ArrayTableClose => {
                if self.header.is_some() && self.offset < span.end {
                    self.found = Some(self.between());
                    return;
                }
                self.close_header(span.end);
                self.is_complete = true;
            }
            EventKind::SimpleKey => {
                if is_here {
                    let place = if self.header.is_some() { CursorPlace::Header } else { CursorPlace::Key };
                    let cursor = self.cursor(place, self.container(), span, event.encoding());
                    self.found = Some(Some(cursor).filter(|_| !self.is_complete));
                    return;
                }
                self.keys.push((span.start, unquoted(&self.text[span.clone()]).to_owned()));
                self.key = Some(span);
            }
            EventKind::KeyValSep => {
                if self.offset < span.end {
                    self.found = Some(self.between());
                    return;
                }
                self.value = Some(self.container());
            }
            EventKind::Scalar => {
                let route = self.value.clone().or_else(|| self.item());
                if is_here && let Some(route) = route {
                    self.found = Some(Some(self.cursor(CursorPlace::Value, route, span, event.encoding())));
                    return;
                }
                self.end_value();
                self.is_complete = true;
            }
            EventKind::ArrayOpen | EventKind::InlineTableOpen => {
                if let Some(route) = self.value.take().or_else(|| self.item()) {
                    let is_list = event.kind() == EventKind::ArrayOpen;
                    let frame =
                        if is_list { Frame::List { route, index: 0 } } else { Frame::Table { route } };
                    self.frames.push(frame);
                    self.keys.clear();
                    self.is_complete = false;
                }
            }
            EventKind::ArrayClose | EventKind::InlineTableClose => {
                // The cursor in front of the bracket is still inside.
                if self.offset < span.end {
                    self.found = Some(self.between());
                    return;
                }
                self.frames.pop();
                self.end_value();
                self.is_complete = true;
            }
            EventKind::ValueSep => {
                if let Some(Frame::List { index, .. }) = self.frames.last_mut() {
                    *index += 1;
                }
                self.end_value();
                self.is_complete = false;
            }
            EventKind::Comment => {
                if is_here && self.offset > span.start {
                    self.found = Some(None);
                }
            }
            EventKind::Newline => {
                if self.offset < span.end {
                    self.found = Some(self.between());
                    return;
                }
                if self.header.is_some() {
                    self.close_header(span.start);
                }
                if self.frames.is_empty() {
                    self.end_value();
                }
                self.is_complete = false;
            }
            EventKind::KeySep => self.key = None,
            EventKind::Whitespace | EventKind::Error => {}
        }
    }

    fn finish(mut self) -> Option<Cursor> {
        self.found.take().unwrap_or_else(|| self.between())
    }

    /// Cursor between two events.
    fn between(&self) -> Option<Cursor> {
        if self.is_complete {
            return None;
        }
        let here = self.offset.min(self.text.len());
        let cursor = |place, route| Some(self.cursor(place, route, here..here, None));
        if self.header.is_some() {
            return cursor(CursorPlace::Header, self.container());
        }
        if let Some(route) = self.value.clone().or_else(|| self.item()) {
            return cursor(CursorPlace::Value, route);
        }
        // Behind a key without `=`, nothing can be written but that.
        let is_behind_key = !self.keys.is_empty() && self.key.as_ref().is_some_and(|key| key.end < here);
        (!is_behind_key).then(|| cursor(CursorPlace::Key, self.container())).flatten()
    }

    /// Table that holds what comes next, with the keys that were read.
    fn container(&self) -> Pointer {
        let start = match self.frames.last() {
            Some(Frame::Table { route }) => route.clone(),
            Some(Frame::List { route, index }) => route.key(index),
            None if self.header.is_some() => Pointer::root(),
            None => self.table.clone(),
        };
        let last = |route: Pointer| match self.entries.get(&route) {
            Some(&count) if self.header.is_some() => route.key(count.saturating_sub(1)),
            _ => route,
        };
        self.keys.iter().fold(start, |route, (_, key)| last(route.key(key)))
    }

    /// Place of the next item, in a list.
    fn item(&self) -> Option<Pointer> {
        match self.frames.last()? {
            Frame::List { route, index } => Some(route.key(index)),
            Frame::Table { .. } => None,
        }
    }

    fn end_value(&mut self) {
        self.value = None;
        self.keys.clear();
        self.key = None;
    }

    fn close_header(&mut self, end: usize) {
        let Some((start, is_entry)) = self.header.take() else { return };
        let mut route = Pointer::root();
        let count = self.keys.len();
        for (at, (_, key)) in std::mem::take(&mut self.keys).iter().enumerate() {
            route.push(key);
            if at + 1 == count && is_entry {
                let entries = self.entries.entry(route.clone()).or_default();
                route.push(*entries);
                *entries += 1;
            } else if let Some(entries) = self.entries.get(&route) {
                route.push(entries.saturating_sub(1));
            }
        }
        self.table = route.clone();
        self.key = None;
        self.headers.push(Header { route, span: start..end });
    }

    fn cursor(
        &self,
        place: CursorPlace,
        route: Pointer,
        span: Range<usize>,
        encoding: Option<Encoding>,
    ) -> Cursor {
        let text = &self.text[span.clone()];
        let quotes = match encoding {
            Some(Encoding::BasicString) => "\"",
            Some(Encoding::LiteralString) => "'",
            Some(Encoding::MlBasicString) => "\"\"\"",
            Some(Encoding::MlLiteralString) => "'''",
            None => "",
        };
        let keys = self.keys.iter().map(|(start, _)| *start).collect();
        if quotes.is_empty() || self.offset < span.start + quotes.len() {
            return Cursor { place, route, span, quotes: "", is_closed: true, keys };
        }
        // A quote in front of a word begins the next text.
        let is_next = self.text[span.end..].starts_with(|c: char| c.is_alphanumeric() || c == '!');
        let is_closed = text.len() >= 2 * quotes.len() && text.ends_with(quotes) && !is_next;
        let end = if is_closed { span.end - quotes.len() } else { span.end };
        Cursor { place, route, span: span.start + quotes.len()..end, quotes, is_closed, keys }
    }
}

/// Returns true if the rest of a text has white space and comments only.
fn is_blank(rest: &str) -> bool {
    rest.lines().map(str::trim_start).all(|line| line.is_empty() || line.starts_with('#'))
}

/// Key without the quotes around it.
fn unquoted(key: &str) -> &str {
    let inner = |quote| key.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cursor at `|`, as `place route text`.
    fn found(marked: &str) -> Option<String> {
        let offset = marked.find('|').unwrap();
        let text = marked.replace('|', "");
        let Cursor { place, route, span, quotes, is_closed, .. } = at(&text, offset)?;
        let end = if is_closed { "" } else { "…" };
        Some(format!("{place:?} {route} {quotes}{}{end}", &text[span]))
    }

    #[track_caller]
    fn is(marked: &str, expected: &str) {
        assert_eq!(found(marked).as_deref(), Some(expected), "{marked}");
    }

    #[test]
    fn keys_know_their_table() {
        is("|", "Key  ");
        is("[module]\nna|me = 1", "Key /module name");
        is("[module]\n|\n", "Key /module ");
        is("[[acl]]\n[[acl]]\nid|", "Key /acl/1 id");
        is("[[service]]\n[[service.method]]\nro|", "Key /service/0/method/0 ro");
        is("a = { b| = 1 }", "Key /a b");
        is("a = { b = 1, | }", "Key /a ");
        is("a = [{ b = 1 }, { | }]", "Key /a/1 ");
        is("[rules]\n\"unk|\" = 1", "Key /rules \"unk");
    }

    #[test]
    fn values_know_their_key() {
        is("[module]\nname = |", "Value /module/name ");
        is("[module]\nname = \"Ac|me\"", "Value /module/name \"Acme");
        is("[module]\nname = \"Ac|", "Value /module/name \"Ac…");
        is("[module]\nname = \"Ac|\nversion = \"1\"", "Value /module/name \"Ac…");
        is("[module]\nname = 'Ac|'", "Value /module/name 'Ac");
        is("a = [\"x\", \"y|\"]", "Value /a/1 \"y");
        is("a = [\"x\", |]", "Value /a/1 ");
        is("[[i]]\na = [\n  \"x\",\n  \"y|\n]\n", "Value /i/0/a/1 \"y…");
        is("a = [{ c = \"d|\" }]", "Value /a/0/c \"d");
        is("a.b = tr|ue", "Value /a/b true");
    }

    #[test]
    fn what_is_open_at_the_end_of_the_text_is_open_at_the_cursor() {
        for rest in ["", " ", "\n", " # c\n", "\n\n# c"] {
            let is = |marked: &str, expected| is(&format!("{marked}{rest}"), expected);
            is("a = [|", "Value /a/0 ");
            is("a = [\"x\", |", "Value /a/1 ");
            is("a = [\n  \"x\",\n  |", "Value /a/1 ");
            is("a = [{ |", "Key /a/0 ");
            is("a = { |", "Key /a ");
            is("a = { b = { c = 1, |", "Key /a/b ");
            is("a = { b = |", "Value /a/b ");
            is("a = { b = 'x', c.d = |", "Value /a/c/d ");
            is("a = { b.|", "Key /a/b ");
            is("a = { b. |", "Key /a/b ");
        }
        is("a = { b = \n|", "Value /a/b ");
        assert_eq!(["a = { b |", "a = [ # |"].map(found), [None, None]);
    }

    #[test]
    fn headers_know_what_is_in_front() {
        is("[mo|]", "Header  mo");
        is("[[service]]\n[[service.|", "Header /service/0 ");
        is("[settings.gr|oups]", "Header /settings groups");
    }

    #[test]
    fn nothing_follows_what_is_complete() {
        for marked in ["a = 1 # x|y", "a |", "[a]|", "[a] |\n", "[a] b|", "a = [] |", "a = 1 |\nb = 2"] {
            assert_eq!(found(marked), None, "{marked}");
        }
        assert_eq!(["a = [1 |]", "a = { b = 1 | }"].map(found), [None, None]);
        is("a = [\n  1\n  |\n]", "Value /a/0 ");
        is("[a] \n|", "Key /a ");
    }

    #[test]
    fn what_is_open_ends_at_the_next_header() {
        for open in ["[", "[\n\"x\",", "{ k = 1, l = [", "[{ k ="] {
            let text = format!("a = {open}\n[[t]] # c\nb = \"|c\"");
            is(&text, "Value /t/0/b \"c");
            assert_eq!(headers(&text).len(), 1);
        }
        is("a = [|\n\n[t]", "Value /a/0 ");
        is("a = [\n[1],\n[true],\n[|", "Value /a/2/0 ");
        is("a = [\"x|, \"Y\"]", "Value /a/0 \"x, \"…");
    }

    #[test]
    fn headers_are_listed() {
        let all = headers("[module]\n[[acl]]\n[[acl]]\n[a.b]\n[acl.x]\n");
        let routes: Vec<&str> = all.iter().map(|header| &*header.route).collect();
        assert_eq!(routes, ["/module", "/acl/0", "/acl/1", "/a/b", "/acl/1/x"]);
    }
}
