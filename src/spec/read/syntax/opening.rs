//! Lists, tables and strings that are open at a place in a TOML text.

use std::ops::Range;

/// Kind of a thing that is not closed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    List,
    Table,
    Text,
}

/// Finds the innermost list, inline table or string that is open where the text ends, and what opens it.
pub(super) fn innermost(text: &str) -> Option<(Opening, Range<usize>)> {
    let mut open: Vec<(Opening, Range<usize>)> = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match first {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' | '\'' => match string(rest, first) {
                Ok(length) => length,
                Err(quotes) => return Some((Opening::Text, at..at + quotes)),
            },
            '[' | '{' => {
                let kind = if first == '[' { Opening::List } else { Opening::Table };
                open.push((kind, at..at + 1));
                1
            }
            ']' | '}' => {
                open.pop();
                1
            }
            other => other.len_utf8(),
        };
        at += length;
    }
    open.pop()
}

/// Returns the length of the string at the start of the text; `None` if it is not closed.
pub(in super::super) fn string_length(text: &str) -> Option<usize> {
    string(text, text.chars().next()?).ok()
}

/// Returns the length of the string at the start of the text if it has one quote at either end and no backslash.
fn plain_string(text: &[u8], quote: u8) -> Option<usize> {
    let end = memchr::memchr3(quote, b'\\', b'\n', text.get(1..)?)? + 1;
    let is_empty = end == 1;
    let is_of_three = is_empty && text.get(end + 1) == Some(&quote);
    (text[end] == quote && !is_of_three).then_some(end + 1)
}

/// Returns the length of the string at the start of the text, or the number of its quotes if it is not closed. A string
/// with one quote ends at the end of its line.
fn string(text: &str, quote: char) -> Result<usize, usize> {
    let first = || u8::try_from(quote).ok().and_then(|quote| plain_string(text.as_bytes(), quote));
    if let Some(length) = first() {
        return Ok(length);
    }
    let three: String = std::iter::repeat_n(quote, 3).collect();
    let quotes = if text.starts_with(&three) { three.as_str() } else { &three[..1] };
    let mut at = quotes.len();
    while let Some(next) = text[at..].chars().next() {
        if text[at..].starts_with(quotes) {
            return Ok(at + quotes.len());
        }
        let escaped = if quote == '"' && next == '\\' { text[at + 1..].chars().next() } else { None };
        if next == '\n' && quotes.len() == 1 {
            break;
        }
        at += next.len_utf8() + escaped.map_or(0, char::len_utf8);
    }
    Err(quotes.len())
}
