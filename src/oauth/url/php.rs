//! Secrets in arrays of PHP: as code, as dumps, and serialized.

use std::ops::Range;

use super::{
    decoded_text::{BLANKS, DecodedText},
    secret_names::names_secret,
};

/// Longest name that is looked at.
const LONGEST_NAME: usize = 256;

impl DecodedText<'_> {
    /// Name of a property of an object in a dump, in front of its visibility: `[token:protected] => …`.
    pub(super) fn property(&self, start: usize, visibility: &str) -> Option<String> {
        if !matches!(visibility.trim_end_matches(']'), "protected" | "private") {
            return None;
        }
        let before = &self.bytes[start.saturating_sub(LONGEST_NAME)..start];
        let open = start - before.iter().rev().position(|it| it.byte == b'[')?;
        self.shown(open..start).split(':').next().map(str::to_owned)
    }

    /// Returns true for a colon before the visibility of a property in a dump.
    pub(super) fn is_before_visibility(&self, colon: usize) -> bool {
        let behind = self.bytes[colon..].iter().take(LONGEST_NAME);
        let Some(length) = behind.take_while(|it| it.byte != b'\n').position(|it| it.byte == b']') else {
            return false;
        };
        let close = colon + length;
        (self.follows(close, b":protected") || self.follows(close, b":private"))
            && self.continues(self.skip(close + 1, b" "), b"=>")
    }

    /// Value behind an arrow of PHP, also as `var_dump` shows it: `string(5) "…"`.
    pub(super) fn element_of_array(&self, behind: usize, ends: &[u8], depth: usize) -> Range<usize> {
        let start = self.skip(self.skip(behind, BLANKS), b"&");
        if self.continues(start, b"string(") {
            return self.quoted_until(self.skip(start + b"string(".len(), b"0123456789) "), ends, depth);
        }
        if matches!(self.byte(start), Some(b'[' | b'{')) {
            return start..self.bracket_end(start);
        }
        match self.dumped_end(start) {
            Some(end) => start..end,
            None => self.expression(start, ends, depth),
        }
    }

    /// Place behind an array or an object: `array(…)`, `array(1) {…}`, `object(A)#1 (1) {…}`, `Array (…)`, `A Object (…)`.
    fn dumped_end(&self, start: usize) -> Option<usize> {
        let bytes = self.bytes.get(start..)?.iter().take(LONGEST_NAME).map(|it| it.byte);
        let length = bytes.clone().take_while(|it| it.is_ascii_alphanumeric() || b"_\\".contains(it)).count();
        let word = start + length;
        let name = self.shown(start..word).to_ascii_lowercase();
        let open = self.skip(word, BLANKS);
        if name == "object" && open == word {
            let brace = start + bytes.take_while(|it| *it != b'\n').position(|it| it == b'{')?;
            return Some(self.bracket_end(brace));
        }
        let is_object = open > word && self.continues(open, b"Object");
        if name != "array" && !is_object {
            return None;
        }
        let open = if is_object { self.skip(open + b"Object".len(), BLANKS) } else { open };
        if self.byte(open) != Some(b'(') {
            return Some(word);
        }
        let end = self.bracket_end(open);
        let brace = self.skip(end, BLANKS);
        Some(if self.byte(brace) == Some(b'{') { self.bracket_end(brace) } else { end })
    }

    /// `s:5:"token";s:1:"…";`, as PHP serializes.
    pub(super) fn serialized(&self, place: usize) -> Option<Range<usize>> {
        let end = place.checked_sub(1).filter(|end| self.byte(*end) == Some(b'"'))?;
        let kind = self.byte(place + 1).filter(|_| self.continues(place + 2, b":"))?;
        if !names_secret(&self.shown(self.word_start(end)..end)) {
            return None;
        }
        let start = place + b";s:".len();
        let depth = self.bytes[place].depth;
        match kind {
            b's' => {
                let start = self.skip(start, b"0123456789");
                self.continues(start, b":").then(|| self.quoted_until(start + 1, b";\r\n", depth))
            }
            b'i' | b'd' => Some(start..self.next(start, b";}\r\n", depth)),
            b'a' | b'O' => {
                let brace = self.next(start, b"{;\r\n", depth);
                self.continues(brace, b"{").then(|| brace..self.bracket_end(brace))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::oauth::without_secrets;

    #[test]
    fn values_of_arrays_are_not_shown() {
        for (text, shown) in [
            ("['consumer_secret' => 'S', 'a' => 1]", "['consumer_secret' => '…', 'a' => 1]"),
            ("array('token'=>array('S'), 'a')", "array('token'=>…, 'a')"),
            ("[token] => Array\n(\n    [0] => S\n)\n", "[token] => …\n"),
            ("[\"token\" => [\"S\", 1], \"a\" => 1]", "[\"token\" => …, \"a\" => 1]"),
            ("[\"password\"]=>\n  string(1) \"S\"\n", "[\"password\"]=>\n  string(1) \"…\"\n"),
            ("[\"token\":protected]=>\n  string(1) \"S\"\n", "[\"token\":protected]=>\n  string(1) \"…\"\n"),
            (
                "[\"token\":\"A\":private]=>\n  &string(1) \"S\"\n",
                "[\"token\":\"A\":private]=>\n  &string(1) \"…\"\n",
            ),
            ("    [token:A:private] => S\n", "    [token:A:private] => …\n"),
            ("a [token:A:private] => S\n", "a [token:A:private] => …\n"),
            (
                "    [token:protected] => Array\n        (\n            [0] => S\n        )\n a",
                "    [token:protected] => …\n a",
            ),
            (
                "    [token] => A\\B Object\n        (\n            [a] => S\n        )\n a",
                "    [token] => …\n a",
            ),
            (
                "[\"token\"]=>\n  array(1) {\n    [0]=>\n    string(1) \"S\"\n  }\n a",
                "[\"token\"]=>\n  …\n a",
            ),
            (
                "[\"token\"]=>\n  object(A)#1 (1) {\n    [\"a\"]=>\n    string(1) \"S\"\n  }\n a",
                "[\"token\"]=>\n  …\n a",
            ),
            ("{s:5:\"token\";i:1234;s:1:\"a\";i:1;}", "{s:5:\"token\";i:…;s:1:\"a\";i:1;}"),
            ("{s:5:\"token\";O:1:\"B\":1:{s:1:\"x\";s:1:\"S\";}i:1;}", "{s:5:\"token\";O:1:\"B\":1:…i:1;}"),
            ("a:1:{s:5:\"token\";a:1:{i:0;s:1:\"S\";}}", "a:1:{s:5:\"token\";a:1:…}"),
            ("{'password': S1, 'a': 1}", "{'password': …, 'a': 1}"),
            ("a:1:{s:8:\"password\";s:1:\"S\";}", "a:1:{s:8:\"password\";s:1:\"…\";}"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }
}
