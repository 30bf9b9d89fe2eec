//! JSON in the layout of an existing document.

use std::ops::Range;

use serde::Serialize as _;
use serde_json::{
    Map, Value,
    ser::{PrettyFormatter, Serializer},
};

const INDENT: &str = "    ";

/// Renders a document with four spaces per level and a final newline.
pub(super) fn render(value: &Value) -> Option<String> {
    Some(pretty(value, INDENT)? + "\n")
}

/// Returns `existing` with the values of `wanted`: what is equal keeps its bytes and its place, and a new key follows the
/// one that precedes it in `wanted`. `None` if `existing` is not an object.
pub(super) fn onto(existing: &str, wanted: &Value) -> Option<String> {
    let before: Value = serde_json::from_str(existing).ok()?;
    let (before, wanted) = (before.as_object()?, wanted.as_object()?);
    let start = existing.find('{')?;
    let members = members(existing, start)?;
    let first = members.first().map_or("", |first| first.space_before(existing));
    let layout = DocumentLayout {
        text: existing,
        indent: first.rsplit('\n').next().filter(|indent| !indent.is_empty()).unwrap_or(INDENT),
        newline: if existing.contains("\r\n") { "\r\n" } else { "\n" },
    };
    let end = start + layout.object_end(start)?;
    let object = layout.object(start, before, wanted, 1)?;
    Some(format!("{}{object}{}", existing.get(..start)?, existing.get(end..)?))
}

/// Layout of a document.
struct DocumentLayout<'a> {
    text: &'a str,
    indent: &'a str,
    newline: &'a str,
}

/// Member of an object: where the text before it, its key and its value begin and end.
struct Member {
    key: String,
    start: usize,
    key_at: usize,
    value: Range<usize>,
    end: usize,
}

impl Member {
    fn space_before<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start..self.key_at).unwrap_or_default()
    }
}

impl DocumentLayout<'_> {
    /// Length of the object at `start`.
    fn object_end(&self, start: usize) -> Option<usize> {
        let mut scanner = Scanner { text: self.text.as_bytes(), at: start };
        scanner.value()?;
        Some(scanner.at - start)
    }

    /// Object at `start` with the wanted members.
    fn object(
        &self,
        start: usize,
        before: &Map<String, Value>,
        wanted: &Map<String, Value>,
        level: usize,
    ) -> Option<String> {
        let members = members(self.text, start)?;
        if members.len() != before.len() {
            return None;
        }
        let line = || format!("{}{}", self.newline, self.indent.repeat(level));
        let space = members.first().map_or_else(line, |first| first.space_before(self.text).to_owned());
        let mut parts: Vec<(&str, String)> = Vec::new();
        for member in &members {
            let value = before.get(&member.key)?;
            let text = |range: Range<usize>| self.text.get(range);
            match wanted.get(&member.key) {
                Some(same) if same == value => {
                    parts.push((&member.key, text(member.start..member.end)?.to_owned()));
                }
                Some(other) => {
                    let made = match (value, other) {
                        (Value::Object(before), Value::Object(wanted)) => {
                            self.object(member.value.start, before, wanted, level + 1)?
                        }
                        _ => self.value(other, level)?,
                    };
                    parts.push((&member.key, format!("{}{made}", text(member.start..member.value.start)?)));
                }
                None if !is_expressible(value) => {
                    parts.push((&member.key, text(member.start..member.end)?.to_owned()));
                }
                None => {}
            }
        }
        let mut previous: Option<&str> = None;
        for (key, value) in wanted {
            if !before.contains_key(key) {
                let at = previous.and_then(|previous| parts.iter().position(|(key, _)| *key == previous));
                let made = format!("{space}{}: {}", Value::from(key.as_str()), self.value(value, level)?);
                parts.insert(at.map_or(0, |at| at + 1), (key, made));
            }
            previous = Some(key);
        }
        if parts.is_empty() {
            return Some("{}".to_owned());
        }
        let end = start + self.object_end(start)? - 1;
        let space_behind = match members.last() {
            Some(last) => self.text.get(last.value.end..end)?.to_owned(),
            None => format!("{}{}", self.newline, self.indent.repeat(level - 1)),
        };
        let last = parts.pop()?;
        let all: String = parts.iter().map(|(_, text)| format!("{},", text.trim_end())).collect();
        Some(format!("{{{all}{}{space_behind}}}", last.1.trim_end()))
    }

    fn value(&self, value: &Value, level: usize) -> Option<String> {
        let line = format!("{}{}", self.newline, self.indent.repeat(level));
        Some(pretty(value, self.indent)?.replace('\n', &line))
    }
}

/// Returns true if a spec can hold the value; other values of an existing document stay.
fn is_expressible(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Number(number) => number.as_i64().is_some(),
        Value::Array(items) => items.iter().all(is_expressible),
        Value::Object(members) => members.values().all(is_expressible),
        Value::Bool(_) | Value::String(_) => true,
    }
}

fn pretty(value: &Value, indent: &str) -> Option<String> {
    let mut json = Vec::new();
    let mut serializer =
        Serializer::with_formatter(&mut json, PrettyFormatter::with_indent(indent.as_bytes()));
    value.serialize(&mut serializer).ok()?;
    String::from_utf8(json).ok()
}

/// Members of the object at `start`, of text that is known to be JSON.
fn members(text: &str, start: usize) -> Option<Vec<Member>> {
    let mut scanner = Scanner { text: text.as_bytes(), at: start + 1 };
    let mut members = Vec::new();
    loop {
        let start = scanner.at;
        scanner.skip_blanks();
        if scanner.peek()? == b'}' {
            return Some(members);
        }
        let key_at = scanner.at;
        scanner.string();
        let key = serde_json::from_str(text.get(key_at..scanner.at)?).ok()?;
        scanner.skip_blanks();
        scanner.at += 1; // the colon
        scanner.skip_blanks();
        let value_at = scanner.at;
        scanner.value()?;
        let value = value_at..scanner.at;
        scanner.skip_blanks();
        members.push(Member { key, start, key_at, value, end: scanner.at });
        if scanner.peek()? == b',' {
            scanner.at += 1;
        }
    }
}

/// Scanner of text that is known to be JSON.
struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    /// Skips a value.
    fn value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => self.string(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                _ => self.scalar(),
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn scalar(&mut self) {
        while self.peek().is_some_and(|byte| !b",]} \t\r\n".contains(&byte)) {
            self.at += 1;
        }
    }

    fn string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|byte| b" \t\r\n".contains(&byte)) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_equal_keeps_its_bytes() {
        let text = "{\r\n\t\"b\" : [1,2],\n  \"a\":{ \"x\":\"\\u00e9\" }\n}";
        assert_eq!(onto(text, &json!({ "a": { "x": "é" }, "b": [1, 2] })).as_deref(), Some(text));
    }

    #[test]
    fn values_change_where_they_are() {
        let text = "{\n\t\"v\": \"1\",\n\t\"r\": {\n\t\t\"p\": \">=7\", \"q\": null\n\t},\n\t\"gone\": 1,\n\t\"l\": [ \"a\" ]\n}\n";
        let wanted = json!({ "v": "2", "new": ["x"], "r": { "p": ">=7", "s": "*" }, "l": ["a"] });
        assert_eq!(
            onto(text, &wanted).as_deref(),
            Some(
                "{\n\t\"v\": \"2\",\n\t\"new\": [\n\t\t\"x\"\n\t],\n\t\"r\": {\n\t\t\"p\": \">=7\",\n\t\t\"s\": \"*\", \"q\": null\n\t},\n\t\"l\": [ \"a\" ]\n}\n"
            )
        );
    }

    #[test]
    fn the_first_and_the_last_member_come_and_go() {
        for (text, wanted, expected) in [
            ("{}", json!({ "a": {} }), "{\n    \"a\": {}\n}"),
            ("{ \"a\": 1, \"b\": 2 }", json!({ "a": 1 }), "{ \"a\": 1 }"),
            ("{ \"a\": 1, \"b\": 2 }", json!({ "b": 2 }), "{ \"b\": 2 }"),
            (
                "{\n  \"b\": 2\n}",
                json!({ "a": 1, "b": 2, "c": 3 }),
                "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}",
            ),
            ("{\"a\": [1]}", json!({}), "{}"),
        ] {
            assert_eq!(onto(text, &wanted).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "[]", "{", "{\"a\": 1, \"a\": 2}"] {
            assert_eq!(onto(text, &json!({})), None, "{text}");
        }
    }

    #[test]
    fn a_rendered_document_becomes_another_rendered_one() {
        let (one, two) = (
            json!({ "a": "1", "c": { "x": 1, "z": [] }, "d": ["1"] }),
            json!({ "a": "2", "b": {}, "c": { "x": 1, "y": { "q": [1, { "w": 1 }] }, "z": [] }, "e": [] }),
        );
        for (from, to) in [(&one, &two), (&two, &one)] {
            assert_eq!(onto(&render(from).unwrap(), to), render(to));
        }
    }
}
