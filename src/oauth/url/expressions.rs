//! Secrets in expressions of SQL and PHP.

use std::ops::Range;

use super::decoded_text::{DecodedText, is_quote};

/// Words before the text or the call that belongs to them.
const PREFIXES: [&str; 2] = ["binary", "new"];

/// Letters in front of the quotes of SQL: `N'…'`, `x'…'`.
const KINDS: [&str; 3] = ["n", "x", "b"];

/// Signs between the parts of a text.
const JOINS: [&[u8]; 4] = [b".", b"+", b"||", b"??"];

impl DecodedText<'_> {
    /// Value behind spaces from a place on, with calls and joined texts: what is between quotes, or everything up to one of
    /// these bytes, or the whole expression.
    pub(super) fn expression(&self, place: usize, ends: &[u8], depth: usize) -> Range<usize> {
        let found = self.quoted_until(place, ends, depth);
        let start = self.skip(place, b" \t");
        let first = if found.start > start {
            self.skip(found.end, b"\\") + 1
        } else {
            let word = &self.bytes[found.clone()];
            start + word.iter().position(|it| it.byte == b'(').unwrap_or(word.len())
        };
        let mut end = first;
        // In a URL, a parenthesis stands for itself.
        let is_code =
            start.checked_sub(1).and_then(|it| self.byte(it)).is_some_and(|it| b" \t\r\n>&".contains(&it));
        while let Some(further) = self.operand_end(start..end, is_code) {
            end = further.min(self.bytes.len());
        }
        if end == first { found } else { start..end }
    }

    /// Place behind the arguments, the text or the method that continues an expression.
    fn operand_end(&self, expression: Range<usize>, is_code: bool) -> Option<usize> {
        let end = expression.end;
        let is_word = expression.len() <= b"_utf8mb4".len();
        let word = if is_word { self.shown(expression.clone()).to_ascii_lowercase() } else { String::new() };
        match self.byte(end)? {
            b'(' if end > expression.start && (is_code || self.byte(end + 1).is_some_and(is_quote)) => {
                return Some(self.bracket_end(end));
            }
            b'\'' if KINDS.contains(&&*word) || word.starts_with('_') => {
                return Some(self.quote_end(end, b"") + 1);
            }
            b'-' | b':' if self.follows(end, b")") => {
                let is_method = self.continues(end, b"->") || self.continues(end, b"::");
                return is_method.then(|| self.name_behind(end + 2));
            }
            _ => {}
        }
        let next = self.skip(end, b" \t");
        if next > end && PREFIXES.contains(&&*word) {
            let is_text = self.byte(next).is_some_and(is_quote);
            return Some(if is_text { self.quote_end(next, b"") + 1 } else { self.name_behind(next) });
        }
        let join = JOINS.into_iter().find(|it| self.continues(next, it))?;
        let behind = self.skip(next + join.len(), b" \t");
        let quote = self.skip(behind, b"\\");
        let before = end.checked_sub(1).and_then(|it| self.byte(it)).filter(|it| is_quote(*it))?;
        let is_joined = if next > end {
            behind > next + join.len() && self.byte(quote).is_some_and(is_quote)
        } else {
            self.byte(quote) == Some(before)
        };
        is_joined.then(|| self.quote_end(quote, b"") + 1)
    }

    /// Place behind the name of a class or a method.
    fn name_behind(&self, start: usize) -> usize {
        let name = self.bytes[start..].iter().map(|it| it.byte);
        start + name.take_while(|it| it.is_ascii_alphanumeric() || b"_\\".contains(it)).count()
    }
}

#[cfg(test)]
mod tests {
    use crate::oauth::without_secrets;

    #[test]
    fn values_of_expressions_are_not_shown() {
        for (text, shown) in [
            ("WHERE token = UNHEX('S') AND a = b", "WHERE token = … AND a = b"),
            ("SET token=UNHEX('S'), a=1", "SET token=…, a=1"),
            ("WHERE token = BINARY 'S' AND a = b", "WHERE token = … AND a = b"),
            ("token = N'S' or token = _utf8'S' or token = x'5331'", "token = … or token = … or token = …"),
            ("'token' => base64_encode('S,S'), 'b' => 2", "'token' => …, 'b' => 2"),
            ("'token' => trim(\"S\"), 'b' => 2", "'token' => …, 'b' => 2"),
            ("'token' => $this->a(1)->get('S'), 'b' => 2", "'token' => …, 'b' => 2"),
            ("'token' => new Token('S'), 'b' => 2", "'token' => …, 'b' => 2"),
            ("'token' => 'S' . 'S', 'b' => 2", "'token' => …, 'b' => 2"),
            ("$token = 'S'.'S';", "$token = …;"),
            (r#"{"message":"token = 'S'."}"#, r#"{"message":"token = '…'."}"#),
            (r#"{"message":"token = S","a":"b"}"#, r#"{"message":"token = …","a":"b"}"#),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn long_texts_end() {
        for odd in [
            "token = a(",
            "token = a(')",
            "token = new ",
            "token = 'a' . '",
            "token = _'",
            "token = a()->",
            "'token' => object(",
            "'token' => Array",
            "[token:",
            "\"token\";O:1",
        ] {
            let _ = without_secrets(&odd.repeat(20_000));
        }
    }
}
