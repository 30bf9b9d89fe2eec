//! As much of PHP's syntax as arrays of constants need. No PHP is ever run.

/// A word of PHP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PhpToken {
    /// `'text'` or `"text"`.
    Text(String),
    /// A number or a name: `1`, `true`, `array`.
    Word(String),
    /// `=>`.
    Arrow,
    /// `[` or `(`.
    Open,
    /// `]` or `)`.
    Close,
    /// Any other character.
    Other(char),
}

/// The words of a text, without comments.
pub(super) fn tokens(text: &str) -> Vec<PhpToken> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let comment_end = match c {
            '#' if !rest.starts_with("#[") => Some("\n"),
            '/' if rest.starts_with("//") => Some("\n"),
            '/' if rest.starts_with("/*") => Some("*/"),
            _ => None,
        };
        let length = if let Some(end) = comment_end {
            rest.find(end).map_or(rest.len(), |at| at + end.len())
        } else if c == '\'' || c == '"' {
            let (text, length) = quoted(rest, c);
            tokens.push(PhpToken::Text(text));
            length
        } else if c.is_alphanumeric() || c == '_' {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            tokens.push(PhpToken::Word(rest[..length].to_owned()));
            length
        } else if rest.starts_with("=>") {
            tokens.push(PhpToken::Arrow);
            2
        } else {
            match c {
                '[' | '(' => tokens.push(PhpToken::Open),
                ']' | ')' => tokens.push(PhpToken::Close),
                c if c.is_whitespace() => {}
                c => tokens.push(PhpToken::Other(c)),
            }
            c.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    tokens
}

/// The strings of a text.
pub(super) fn strings(text: &str) -> impl Iterator<Item = String> {
    tokens(text).into_iter().filter_map(|token| match token {
        PhpToken::Text(text) => Some(text),
        _ => None,
    })
}

/// What stands between the quotes at the start, and how long it is with them. A backslash keeps the next character.
fn quoted(text: &str, quote: char) -> (String, usize) {
    let mut content = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => content.extend(chars.next().map(|(_, c)| c)),
            c if c == quote => return (content, at + 1),
            c => content.push(c),
        }
    }
    (content, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_quotes_are_understood() {
        let text = "// 'a'\n# 'b'\n/* 'c' */ 'it\\'s' => \"/* d */\", array('e' => 1)";
        assert_eq!(strings(text).collect::<Vec<_>>(), ["it's", "/* d */", "e"]);
        assert_eq!(tokens("'a' => 1]").len(), 4);
    }

    #[test]
    fn whatever_is_unfinished_ends_with_the_text() {
        for text in ["'abc", "\"abc\\", "/* abc", "// abc", "é'"] {
            tokens(text);
        }
    }
}
