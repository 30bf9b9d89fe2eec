//! Comments of a TOML text, and syntax that TOML has from version 1.1 on.

use std::ops::Range;

use super::syntax::string_length;

/// Comment in a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its range in the source, from `#` to the end of the line.
    pub span: Range<usize>,
    /// Text behind `#`.
    pub text: Box<str>,
}

/// Syntax of TOML 1.1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewerSyntax {
    pub(super) span: Range<usize>,
    pub(super) what: &'static str,
    pub(super) instead: &'static str,
}

/// Reads a valid text for its comments and its first syntax of TOML 1.1.
pub(super) fn scan(text: &str) -> (Vec<Comment>, Option<NewerSyntax>) {
    let mut comments = Vec::new();
    let mut newer: Option<NewerSyntax> = None;
    // Opened brackets, and the comma before which nothing but white space follows.
    let (mut open, mut comma) = (Vec::new(), None);
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut length = first.len_utf8();
        let is_in_table = open.last() == Some(&'{');
        let mut found = |span: Range<usize>, what, instead| {
            newer.get_or_insert(NewerSyntax { span, what, instead });
        };
        match first {
            '#' => {
                length = rest.find(['\n', '\r']).unwrap_or(rest.len());
                comments.push(Comment { span: at..at + length, text: rest[1..length].into() });
            }
            '"' | '\'' => {
                length = string_length(rest).unwrap_or(rest.len());
                let escape = (first == '"').then(|| newer_escape(&rest[..length])).flatten();
                if let Some(escape) = escape {
                    let what = "an escape sequence of TOML 1.1";
                    found(at + escape..at + escape + 2, what, "write \\u and four hexadecimal digits");
                }
                comma = None;
            }
            '[' | '{' => open.push(first),
            '\n' if is_in_table => {
                let what = "a line break in an inline table";
                found(
                    at..at + 1,
                    what,
                    "write the table on one line, or as [table] with a line for each key",
                );
            }
            '}' => {
                if let Some(comma) = comma.filter(|_| is_in_table) {
                    found(
                        comma..comma + 1,
                        "a comma after the last key of an inline table",
                        "remove the comma",
                    );
                }
                open.pop();
            }
            ']' => drop(open.pop()),
            _ => {}
        }
        match first {
            ',' => comma = Some(at),
            '#' | '\n' | '\r' | ' ' | '\t' => {}
            _ => comma = None,
        }
        at += length;
    }
    (comments, newer)
}

/// Finds `\e` or `\x` in a basic string.
fn newer_escape(string: &str) -> Option<usize> {
    let mut escapes = string.match_indices('\\').map(|(at, _)| at);
    let mut done = 0;
    escapes.find(|&at| {
        let is_start = at >= done;
        if is_start {
            done = at + 2;
        }
        is_start && string[at + 1..].starts_with(['e', 'x'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_found_outside_of_strings() {
        let text = "# one\r\na = \"# no\" # two\nb = '''\n# no\n''' #\nc = [ # three\n]";
        let (comments, newer) = scan(text);
        let texts: Vec<&str> = comments.iter().map(|it| &*it.text).collect();
        assert_eq!((texts, newer), (vec![" one", " two", "", " three"], None));
        assert!(comments.iter().all(|it| text[it.span.clone()].starts_with('#')));
    }

    #[test]
    fn newer_syntax_is_found() {
        for (text, marked) in [
            ("a = { b = 1,\n c = 2 }", "\n"),
            ("a = [{ b = 1, }]", ","),
            ("a = { b = { c = 1 , } }", ","),
            (r#"a = "\\ \e""#, r"\e"),
            (r#"a = """\x41""""#, r"\x"),
            ("a = { # b\n b = 1 }", "\n"),
        ] {
            let found = scan(text).1.map(|it| &text[it.span]);
            assert_eq!(found, Some(marked), "{text}");
        }
        for text in [
            "a = { b = [\n1,\n], c = \"\"\"\n\"\"\" }",
            "a = [{ b = 1 },\n{ b = 2 }, ]",
            r"a = '\e \x'",
            r#"a = "\\e \\x""#,
            "[a]\nb = {}\n",
        ] {
            assert_eq!(scan(text).1, None, "{text}");
        }
    }
}
