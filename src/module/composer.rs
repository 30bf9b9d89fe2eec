//! Parser of composer.json with the place of each value. serde_json is as strict as Composer but gives no places;
//! parsers that give places accept comments and commas that Composer rejects.

use std::{collections::HashMap, ops::Range};

use serde_json::Value;

use crate::{
    diag::{Diagnostic, Position, Rule},
    spec::Pointer,
};

/// A composer.json.
#[derive(Debug, Clone)]
pub struct SpannedJson {
    /// Parsed content.
    pub value: Value,
    spans: HashMap<Pointer, Range<usize>>,
}

impl SpannedJson {
    /// Place of the value at a route, as in JSON Pointer.
    #[must_use]
    pub fn span(&self, route: &Pointer) -> Option<Range<usize>> {
        self.spans.get(route).cloned()
    }

    /// Text at a route.
    #[must_use]
    pub fn text(&self, route: &Pointer) -> Option<&str> {
        self.value.pointer(route)?.as_str()
    }
}

/// Parses a document whose text starts at `offset`, as strictly as Composer does.
///
/// # Errors
/// Reports the first place that is not JSON, or a document that is not an object.
pub fn read(text: &str, offset: usize) -> Result<SpannedJson, Box<Diagnostic>> {
    let unreadable = |message: String, at: usize| {
        let at = text.floor_char_boundary(at.min(text.len()));
        let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        Box::new(
            Diagnostic::new(Rule::ComposerUnreadable, message)
                .at(offset + at..offset + end)
                .reason("Composer allows no comments or trailing commas, and Magento's module:enable stops at a composer.json that it cannot parse"),
        )
    };
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        unreadable(message, byte_of(text, Position { line: error.line(), column: error.column() }))
    })?;
    if !value.is_object() {
        return Err(unreadable("it is not an object".to_owned(), 0));
    }
    let mut scanner = JsonScanner { text, at: 0, offset, spans: HashMap::new() };
    scanner.value(Pointer::root());
    Ok(SpannedJson { value, spans: scanner.spans })
}

/// Converts a position of serde_json, which counts columns in bytes and names the last byte read.
fn byte_of(text: &str, position: Position) -> usize {
    let line: usize = text.split_inclusive('\n').take(position.line.saturating_sub(1)).map(str::len).sum();
    line + position.column.saturating_sub(1)
}

/// Scanner of text that is known to be JSON, of limited depth.
struct JsonScanner<'a> {
    text: &'a str,
    at: usize,
    offset: usize,
    spans: HashMap<Pointer, Range<usize>>,
}

impl JsonScanner<'_> {
    fn value(&mut self, route: Pointer) {
        self.skip_blanks();
        let start = self.at;
        match self.peek() {
            Some(b'{') => self.list(b'}', |scanner, _| {
                let key = scanner.string();
                scanner.skip_blanks();
                scanner.at += 1; // the colon
                scanner.value(route.key(&key));
            }),
            Some(b'[') => self.list(b']', |scanner, at| scanner.value(route.key(at))),
            Some(b'"') => {
                self.string();
            }
            _ => {
                while self.peek().is_some_and(|byte| !b",]} \t\r\n".contains(&byte)) {
                    self.at += 1;
                }
            }
        }
        self.spans.insert(route, start + self.offset..self.at + self.offset);
    }

    fn list(&mut self, end: u8, mut item: impl FnMut(&mut Self, usize)) {
        self.at += 1;
        for at in 0.. {
            self.skip_blanks();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(byte) if byte != end => {}
                _ => break,
            }
            self.skip_blanks();
            item(self, at);
        }
        self.at += 1;
    }

    fn string(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        let raw = self.text.get(start..self.at).unwrap_or_default();
        serde_json::from_str(raw).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|byte| b" \t\r\n".contains(&byte)) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::pointer;

    #[test]
    fn values_know_their_place() {
        let text = "{\r\n \"a/b\" : [ 1, {\"c\": \"x\\\"é\"} ,[]],\n\t\"d\": {}, \"e\":-1.5e3}\n";
        let json = read(text, 10).unwrap();
        for (route, expected) in [
            (pointer!["a/b", 0], "1"),
            (pointer!["a/b", 1], "{\"c\": \"x\\\"é\"}"),
            (pointer!["a/b", 1, "c"], "\"x\\\"é\""),
            (pointer!["a/b", 2], "[]"),
            (pointer!["d"], "{}"),
            (pointer!["e"], "-1.5e3"),
        ] {
            let span = json.span(&route).unwrap();
            assert_eq!(&text[span.start - 10..span.end - 10], expected, "{route}");
        }
        assert_eq!(json.text(&pointer!["a/b", 1, "c"]), Some("x\"é"));
    }

    #[test]
    fn mistakes_have_a_place() {
        for (text, at) in [
            ("{\n  \"a\": 1,\n}", "}"),
            ("{\n  // no\n}", "/"),
            ("[]", "["),
            ("{\"a\": 'x'}", "'"),
            ("", ""),
            ("{\"é\": nul}", "}"),
        ] {
            let span = read(text, 3).unwrap_err().span.unwrap();
            assert_eq!(&text[span.start - 3..span.end - 3], at, "{text}");
        }
        assert!(read(&"[".repeat(100_000), 0).is_err());
        assert!(read(&("{\"a\":".to_owned() + &"[".repeat(100_000)), 0).is_err());
    }
}
