//! Paths quoted like in git.

use std::{borrow::Cow, fmt::Write as _};

use crate::diag::{WORKFLOW_COMMANDS, printable_line};

/// Quotes and escapes a path with quotes, backslashes or invisible characters.
pub(in crate::diff::render) fn quoted(path: &str) -> String {
    let needs_quotes =
        path.contains(['"', '\\']) || is_hidden(path) || WORKFLOW_COMMANDS.iter().any(|it| path.contains(it));
    if needs_quotes { in_quotes(path) } else { path.to_owned() }
}

/// Quotes and escapes a path.
pub(in crate::diff::render) fn in_quotes(path: &str) -> String {
    let mut quoted = String::from('"');
    for c in path.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{b}' => quoted.push_str("\\v"),
            '\u{c}' => quoted.push_str("\\f"),
            c => {
                let mut bytes = [0; 4];
                let c = &*c.encode_utf8(&mut bytes);
                if is_hidden(c) {
                    c.bytes().for_each(|byte| {
                        let _ = write!(quoted, "\\{byte:03o}");
                    });
                } else {
                    quoted.push_str(c);
                }
            }
        }
    }
    quoted.push('"');
    WORKFLOW_COMMANDS
        .iter()
        .fold(quoted, |quoted, command| quoted.replace(command, &format!("\\043{}", &command[1..])))
}

fn is_hidden(text: &str) -> bool {
    matches!(printable_line(text), Cow::Owned(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_git_quotes_is_quoted() {
        assert_eq!(quoted("a b/ü.xml"), "a b/ü.xml");
        assert_eq!(quoted("a \"b\"\\\t\u{1b}ü"), r#""a \"b\"\\\t\033ü""#);
        assert_eq!(quoted("a##[b"), r##""a\043#[b""##);
        assert_eq!(quoted("\r\n\u{7}\u{8}\u{b}\u{c}"), r#""\r\n\a\b\v\f""#);
        assert_eq!(quoted("a\u{202e}\u{9b}"), r#""a\342\200\256\302\233""#);
    }
}
