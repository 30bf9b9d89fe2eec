//! Paths as git writes them.

use std::fmt::Write as _;

/// The path, in quotes with escapes where it holds a quote, a backslash or a control character.
pub(super) fn quoted(path: &str) -> String {
    let needs_quotes = path.contains(|c: char| c == '"' || c == '\\' || c.is_ascii_control());
    if needs_quotes { in_quotes(path) } else { path.to_owned() }
}

/// The path in quotes, with escapes.
pub(super) fn in_quotes(path: &str) -> String {
    let mut quoted = String::from('"');
    for c in path.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_ascii_control() => {
                let _ = write!(quoted, "\\{:03o}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_git_quotes_is_quoted() {
        assert_eq!(quoted("a b/ü.xml"), "a b/ü.xml");
        assert_eq!(quoted("a \"b\"\\\t\u{1b}ü"), r#""a \"b\"\\\t\033ü""#);
    }
}
