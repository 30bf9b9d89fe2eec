//! Lexer of PHP: just the tokens needed to find a call, in one pass.

use std::ops::Range;

/// Token of PHP, without comments and white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhpToken<'a> {
    /// Word or qualified name: `use`, `\A\B`, `__DIR__`, `12`.
    Name(&'a str),
    /// `$x`.
    Variable,
    /// String, as PHP reads it; empty if it is interpolated.
    Text(String),
    /// `::`.
    Colons,
    /// `->` and `?->`.
    Arrow,
    /// Any other character.
    Sign(char),
    /// `?>`, and everything up to the next `<?php`.
    Close,
}

/// Tokens of a file with their places. Text outside `<?php … ?>` yields none.
pub fn tokens(text: &str) -> Vec<(PhpToken<'_>, Range<usize>)> {
    let mut scanner = TokenScanner { text, at: 0 };
    scanner.open();
    scanner.rest_of_tokens()
}

/// Text of a word or a qualified name.
pub(super) fn word<'a>(token: &PhpToken<'a>) -> Option<&'a str> {
    match token {
        PhpToken::Name(word) => Some(word),
        _ => None,
    }
}

/// Strings in a piece of code without an opening tag.
pub fn strings(code: &str) -> impl Iterator<Item = String> {
    let tokens = TokenScanner { text: code, at: 0 }.rest_of_tokens();
    tokens.into_iter().filter_map(|(token, _)| match token {
        PhpToken::Text(text) => Some(text),
        _ => None,
    })
}

struct TokenScanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> TokenScanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Moves past the next opening tag, or to the end.
    fn open(&mut self) {
        let tag =
            ["<?php", "<?="].into_iter().filter_map(|tag| Some((self.rest().find(tag)?, tag.len()))).min();
        self.at = tag.map_or(self.text.len(), |(found, length)| self.at + found + length);
    }

    fn rest_of_tokens(mut self) -> Vec<(PhpToken<'a>, Range<usize>)> {
        let mut tokens = Vec::new();
        while let Some(first) = self.rest().chars().next() {
            let start = self.at;
            if let Some(token) = self.token(first) {
                tokens.push((token, start..self.at));
            }
        }
        tokens
    }

    fn token(&mut self, first: char) -> Option<PhpToken<'a>> {
        let rest = self.rest();
        if first.is_whitespace() {
            self.at += first.len_utf8();
            return None;
        }
        if rest.starts_with("//") || (first == '#' && !rest.starts_with("#[")) {
            let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
            // A closing tag ends a comment too.
            self.at += rest.find("?>").filter(|&close| close < line).unwrap_or(line);
            return None;
        }
        if rest.starts_with("/*") {
            self.at += rest.get(2..).and_then(|rest| rest.find("*/")).map_or(rest.len(), |end| end + 4);
            return None;
        }
        if rest.starts_with("?>") {
            self.open();
            return Some(PhpToken::Close);
        }
        if rest.starts_with("<<<") {
            self.at += heredoc(rest);
            return Some(PhpToken::Text(String::new()));
        }
        for (sign, token) in [("::", PhpToken::Colons), ("?->", PhpToken::Arrow), ("->", PhpToken::Arrow)] {
            if rest.starts_with(sign) {
                self.at += sign.len();
                return Some(token);
            }
        }
        if first == '\'' || first == '"' {
            return Some(PhpToken::Text(self.quoted(first)));
        }
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '\\' || !c.is_ascii();
        if is_part(first) {
            let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            self.at += length;
            return rest.get(..length).map(PhpToken::Name);
        }
        self.at += first.len_utf8();
        if first == '$' {
            let rest = self.rest();
            self.at += rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            return Some(PhpToken::Variable);
        }
        Some(PhpToken::Sign(first))
    }

    fn quoted(&mut self, quote: char) -> String {
        self.at += 1;
        let mut value = String::new();
        let mut is_constant = true;
        let mut characters = self.rest().char_indices();
        let mut length = self.rest().len();
        while let Some((at, c)) = characters.next() {
            match c {
                _ if c == quote => {
                    length = at + 1;
                    break;
                }
                '\\' => match characters.next() {
                    Some((_, escaped)) if escaped == quote || escaped == '\\' => value.push(escaped),
                    Some((_, escaped)) => value.extend(['\\', escaped]),
                    None => {}
                },
                '$' if quote == '"' => is_constant = false,
                _ => value.push(c),
            }
        }
        self.at += length;
        if is_constant { value } else { String::new() }
    }
}

/// Length of the heredoc at the start of the text.
fn heredoc(text: &str) -> usize {
    let Some((head, _)) = text.split_once('\n') else { return text.len() };
    let word = head.trim_start_matches('<').trim().trim_matches(['\'', '"']);
    if word.is_empty() {
        return 3;
    }
    let mut length = head.len() + 1;
    for line in text.get(length..).unwrap_or_default().split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let behind = line.trim_start().strip_prefix(word);
        if behind.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')) {
            return length + indent + word.len();
        }
        length += line.len();
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<PhpToken<'_>> {
        tokens(text).into_iter().map(|(token, _)| token).collect()
    }

    #[test]
    fn texts_and_comments_hide_code() {
        assert_eq!(
            words("<?php 'a\\'b' \"c\\\\\" # x\n// y\r/* z */ d"),
            [PhpToken::Text("a'b".to_owned()), PhpToken::Text("c\\".to_owned()), PhpToken::Name("d"),]
        );
        assert_eq!(
            words("<?php \"a$b\" <<<'E'\n a::b\n  E; c"),
            [
                PhpToken::Text(String::new()),
                PhpToken::Text(String::new()),
                PhpToken::Sign(';'),
                PhpToken::Name("c"),
            ]
        );
    }

    #[test]
    fn texts_of_a_piece_of_code_are_found() {
        let code = "// 'a'\n# 'b'\n/* 'c' */ 'it\\'s' => \"/* d */\", array('e' => 1)";
        assert_eq!(strings(code).collect::<Vec<_>>(), ["it's", "/* d */", "e"]);
        for code in ["'abc", "\"abc\\", "/* abc", "// abc", "é'"] {
            strings(code).for_each(drop);
        }
    }

    #[test]
    fn what_is_outside_is_no_code() {
        assert_eq!(
            words("a b <?php c // d ?> e <?php f"),
            [PhpToken::Name("c"), PhpToken::Close, PhpToken::Name("f")]
        );
    }

    #[test]
    fn what_ends_early_ends() {
        for text in
            ["<?php '", "<?php /*", "<?php <<<", "<?php <<<A", "<?php $", "<?php '\\", "<?", "<?php \\"]
        {
            let _ = words(text);
        }
    }
}
