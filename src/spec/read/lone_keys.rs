//! Keys without `=`, as they are while someone types.

use std::{borrow::Cow, ops::Range};

use toml_parser::{
    Source,
    parser::{Event, EventKind, RecursionGuard, parse_document},
};

/// Most lists and tables within each other.
const DEEPEST: u32 = 256;

/// Blanks the lines from each key without `=` on: TOML is read up to the first one only. All offsets stay.
pub(super) fn blanked(text: &str) -> Cow<'_, str> {
    let mut lone: Vec<Range<usize>> = Vec::new();
    let (mut depth, mut is_header, mut key) = (0_u32, false, None);
    let mut take = |event: Event| {
        let span = event.span();
        match event.kind() {
            EventKind::StdTableOpen | EventKind::ArrayTableOpen => is_header = true,
            EventKind::ArrayOpen | EventKind::InlineTableOpen => depth += 1,
            EventKind::ArrayClose | EventKind::InlineTableClose => depth = depth.saturating_sub(1),
            EventKind::SimpleKey if depth == 0 && !is_header => {
                key.get_or_insert(span.start());
            }
            EventKind::KeyValSep if depth == 0 => key = None,
            EventKind::Newline if depth == 0 => {
                lone.extend(key.take().map(|start| start..span.start()));
                is_header = false;
            }
            _ => {}
        }
    };
    let mut shallow = RecursionGuard::new(&mut take, DEEPEST);
    parse_document(&Source::new(text).lex().into_vec(), &mut shallow, &mut ());
    lone.extend(key.map(|start| start..text.len()));
    if lone.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut blanked = String::with_capacity(text.len());
    let mut done = 0;
    for line in lone {
        blanked += &text[done..line.start];
        blanked.extend(std::iter::repeat_n(' ', line.len()));
        done = line.end;
    }
    blanked += &text[done..];
    Cow::Owned(blanked)
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
        ] {
            assert_eq!(blanked(text), expected);
        }
    }
}
