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

    /// Value behind an arrow of PHP, also as `var_dump` shows it: `string(5) "…"`.
    pub(super) fn element_of_array(&self, behind: usize, ends: &[u8], depth: usize) -> Range<usize> {
        let mut start = self.skip(behind, BLANKS);
        if self.continues(start, b"string(") {
            start = self.skip(start + b"string(".len(), b"0123456789) ");
        }
        match self.byte(start) {
            Some(b'[' | b'{') => start..self.bracket_end(start),
            Some(b'a' | b'A') if self.continues(start + 1, b"rray") => {
                let open = self.skip(start + b"array".len(), BLANKS);
                let end = if self.byte(open) == Some(b'(') { self.bracket_end(open) } else { open };
                start..end
            }
            _ => self.quoted_until(start, ends, depth),
        }
    }

    /// `s:5:"token";s:1:"…";`, as PHP serializes.
    pub(super) fn serialized(&self, place: usize) -> Option<Range<usize>> {
        let end = place.checked_sub(1).filter(|end| self.byte(*end) == Some(b'"'))?;
        let is_list = self.continues(place, b";a:");
        if !is_list && !self.continues(place, b";s:") || !names_secret(&self.shown(self.word_start(end)..end))
        {
            return None;
        }
        if is_list {
            let start = self.skip(place + b";a:".len(), b"0123456789:");
            return self.continues(start, b"{").then(|| start..self.bracket_end(start));
        }
        let start = self.skip(place + b";s:".len(), b"0123456789");
        self.continues(start, b":").then(|| self.quoted_until(start + 1, b";\r\n", self.bytes[place].depth))
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
            ("[\"token\":protected]=>\n  string(1) \"S\"\n", "[\"token\":…]=>\n  string(1) \"…\"\n"),
            ("    [token:A:private] => S\n", "    [token:…\n"),
            ("a [token:A:private] => S\n", "a [token:… => …\n"),
            ("a:1:{s:5:\"token\";a:1:{i:0;s:1:\"S\";}}", "a:1:{s:5:\"token\";a:1:…}"),
            ("{'password': S1, 'a': 1}", "{'password': …, 'a': 1}"),
            ("a:1:{s:8:\"password\";s:1:\"S\";}", "a:1:{s:8:\"password\";s:1:\"…\";}"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }
}
