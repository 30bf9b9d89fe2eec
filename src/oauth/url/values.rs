//! Values in texts whose names say that they are secret.

use std::ops::Range;

use super::{
    decoded_text::{BLANKS, DecodedText, EDGES, SPACES, is_quote},
    secret_names::names_secret,
};

/// Words before the secret of a header `Authorization`.
const SCHEMES: [&str; 2] = ["basic", "bearer"];

/// Values that are no secret, whatever their name.
const CONSTANTS: [&str; 3] = ["null", "true", "false"];

/// Farthest end of an element behind its start.
const LONGEST_ELEMENT: usize = 1024;

/// Longest start tag that is looked at.
const LONGEST_TAG: usize = 256;

/// Signs around texts and names.
const QUOTES: &[u8] = b"\"'`";

/// Bytes that end a word.
const WORD_ENDS: &[u8] = b" \t\r\n\"'`";

impl DecodedText<'_> {
    /// Secret behind the sign at a place: `=`, the colon of a header or of JSON, the space behind an option or the scheme of a
    /// header, the end of a tag or of a serialized name.
    pub(super) fn value(&self, place: usize, is_rest: bool) -> Option<Range<usize>> {
        let found = match self.byte(place)? {
            b'=' => self.assigned(place, is_rest),
            b':' if self.is_before_visibility(place) => None,
            b':' => self.member(place).or_else(|| self.header(place)),
            b' ' | b'\t' => self.argument(place).or_else(|| self.bearer(place)),
            b';' => self.serialized(place),
            b'>' => self.element(place),
            _ => None,
        };
        let found = found.map(|found| self.with_scheme(found))?;
        (!is_constant(&self.shown(found.clone()))).then_some(found)
    }

    /// `token=…`, `token = …`, `'token' => …`
    fn assigned(&self, place: usize, is_rest: bool) -> Option<Range<usize>> {
        let sign = self.bytes.get(place)?;
        let is_operator = [b"!", b":", b"<", b">"].iter().any(|it| self.follows(place, *it));
        let operator = place - usize::from(is_operator);
        let name_end = self.skip_back(operator, b" \t");
        let has_spaces = name_end < operator;
        let end = self.name_end(name_end);
        let start = self.word_start(end);
        let is_arrow = self.continues(place, b"=>");
        let name = self.shown(start..end);
        let name = if is_arrow { self.property(start, &name).unwrap_or(name) } else { name };
        // Other systems answer a login with a code; in calls of Magento it names things.
        let is_login = !is_rest && name == "code";
        // Magento names what it does not find: `No such entity with key = 5`.
        let is_field = has_spaces && name == "key";
        if !is_login && !names_secret(&name) || is_field {
            return None;
        }
        let is_variable = !name.bytes().any(|it| it.is_ascii_lowercase()) && self.is_line_start(start);
        let ends: &[u8] = match sign.byte {
            _ if is_variable => b" \t\r\n",
            _ if has_spaces => WORD_ENDS,
            _ if !self.is_word_start(start) || sign.depth > 0 => b"&#\r\n",
            _ => b"& \t\"'\r\n",
        };
        if is_arrow {
            return Some(self.element_of_array(place + 2, ends, sign.depth));
        }
        Some(self.expression(place + 1, ends, sign.depth))
    }

    /// End of a name that may be in quotes, also as a key: `token`, `'token'`, `['token']`.
    pub(super) fn name_end(&self, end: usize) -> usize {
        let ends_quote = |end: usize| QUOTES.iter().any(|quote| self.follows(end, &[*quote]));
        let key = end - usize::from(self.follows(end, b"]"));
        if ends_quote(key) { key - 1 } else { end }
    }

    /// `--password …`
    fn argument(&self, place: usize) -> Option<Range<usize>> {
        let start = self.word_start(place);
        let is_option = self.continues(start, b"--") && names_secret(&self.shown(start..place));
        is_option.then(|| self.quoted_until(place + 1, b"& \t\"'\r\n", self.bytes[place].depth))
    }

    /// `"token": …`
    fn member(&self, place: usize) -> Option<Range<usize>> {
        let end = self.skip_back(place, BLANKS).checked_sub(1)?;
        let quote = self.byte(end).filter(|it| is_quote(*it))?;
        if !names_secret(&self.shown(self.word_start(end)..end)) {
            return None;
        }
        let start = self.skip(place + 1, BLANKS);
        match self.byte(start)? {
            b'[' | b'{' => Some(start..self.bracket_end(start)),
            // Prose has words in single quotes in front of a colon, too.
            first if quote == b'\'' && !is_quote(first) => {
                let found = start..self.next(start, b",}] \t\r\n\"'`", self.bytes[place].depth);
                let word = self.shown(found.clone());
                (!is_prose(&word)).then_some(found)
            }
            _ => Some(self.quoted_until(start, b",}]\r\n", self.bytes[place].depth)),
        }
    }

    /// `X-Api-Key: …`: everything up to the end of the line or of the quotes if the header stands first there, one word
    /// after an option. In running text it is one word, unless that word reads as prose.
    fn header(&self, place: usize) -> Option<Range<usize>> {
        let name_start = self.word_start(place);
        let name = self.shown(name_start..place);
        let start = self.skip(place + 1, b" \t");
        let is_tight = start == place + 1;
        if !names_secret(&name) || is_tight && (self.continues(start, b":") || self.continues(start, b"//")) {
            return None;
        }
        let depth = self.bytes[place].depth;
        let before = name_start.checked_sub(1).and_then(|before| self.byte(before));
        let end = match before {
            _ if self.is_line_start(name_start) => self.line_end(name_start, start),
            Some(quote) if QUOTES.contains(&quote) => self.quote_end(name_start - 1, b"\r\n"),
            _ if self.is_behind_option(name_start) => self.next(start, WORD_ENDS, depth),
            Some(before) if name != "key" && (SPACES.contains(&before) || b"{,".contains(&before)) => {
                let found = self.quoted_until(start, b" \t\r\n\"'`,}", depth);
                let is_odd = self.byte(start).is_some_and(is_quote)
                    || SCHEMES.contains(&&*self.shown(found.clone()).to_ascii_lowercase())
                    || !is_prose(&self.shown(found.clone()));
                return is_odd.then_some(found);
            }
            _ => return None,
        };
        (start < end).then_some(start..end)
    }

    /// End of the line that begins with a name, or of the block of YAML below it: `password: |`.
    pub(super) fn line_end(&self, name: usize, start: usize) -> usize {
        let depth = self.bytes[name].depth;
        let mut end = self.next(start, b"\r\n", depth);
        if !is_block(&self.shown(start..end)) {
            return end;
        }
        let indent = self.indent(name);
        loop {
            let text = self.skip(end, BLANKS);
            if text == self.bytes.len() || self.indent(text) <= indent {
                return end;
            }
            end = self.next(text, b"\r\n", depth);
        }
    }

    /// Number of bytes before a name on its line.
    fn indent(&self, name: usize) -> usize {
        let before = self.bytes[..name].iter().rev();
        before.take_while(|it| !matches!(it.byte, b'\r' | b'\n')).count()
    }

    /// `Bearer …`, on its own or before a word that does not read as prose.
    fn bearer(&self, place: usize) -> Option<Range<usize>> {
        let scheme = self.word_start(place);
        if !SCHEMES.contains(&&*self.shown(scheme..place).to_ascii_lowercase()) {
            return None;
        }
        let start = self.skip(place + 1, b" \t");
        let end = self.next(start, b" \t\r\n\"'`<>,&", self.bytes[place].depth);
        let word = self.shown(start..end);
        let is_edge = |it: u8| QUOTES.contains(&it);
        let is_alone = scheme.checked_sub(1).is_none_or(|before| self.byte(before).is_some_and(is_edge))
            && self.byte(end).is_none_or(is_edge);
        let is_secret = is_alone || !is_prose(&word);
        // The header of an answer asks for a token: `Bearer realm="shop"`.
        (start < end && is_secret && !word.starts_with("realm=")).then_some(start..end)
    }

    /// `<token>…</token>`, also with a prefix and attributes.
    fn element(&self, place: usize) -> Option<Range<usize>> {
        let (_, name) = self.start_tag(place)?;
        if !names_secret(name.rsplit(':').next()?) {
            return None;
        }
        let end = self.element_end(place + 1, &name);
        let end = end.unwrap_or_else(|| self.next(place + 1, b"< \t\r\n", self.bytes[place].depth));
        (place + 1 < end).then_some(place + 1..end)
    }

    /// Start and name of the start tag that ends at a place.
    pub(super) fn start_tag(&self, place: usize) -> Option<(usize, String)> {
        let tag = &self.bytes[place.saturating_sub(LONGEST_TAG)..place];
        let start = place - tag.iter().rev().position(|it| matches!(it.byte, b'<' | b'>'))?;
        let name = self.shown(start..place);
        let name = name.split_ascii_whitespace().next().filter(|_| self.follows(start, b"<"))?;
        (!name.starts_with('/')).then(|| (start, name.to_owned()))
    }

    /// Place of the end tag of an element whose content starts at a place.
    pub(super) fn element_end(&self, place: usize, name: &str) -> Option<usize> {
        let end_tag = format!("</{name}>");
        let rest = self.bytes.get(place..)?.iter().take(LONGEST_ELEMENT).enumerate();
        let mut ends = rest.filter(|(_, it)| it.byte == b'<').map(|(count, _)| place + count);
        ends.find(|end| self.continues(*end, end_tag.as_bytes()))
    }

    /// Value behind spaces from a place on: what is between quotes, or everything up to one of these bytes.
    pub(super) fn quoted_until(&self, place: usize, ends: &[u8], depth: usize) -> Range<usize> {
        let start = self.skip(place, b" \t");
        let opening = self.skip(start, b"\\");
        let Some(quote) = self.bytes.get(opening).filter(|it| is_quote(it.byte)) else {
            return start..self.next(start, ends, depth);
        };
        let end = self.quote_end(opening, b"");
        let is_closed = self.byte(end + 1).is_none_or(|it| EDGES.contains(&it) || b"].\\".contains(&it));
        if end < self.bytes.len() && is_closed {
            return opening + 1..(end - self.backslashes(end).min(opening - start)).max(opening + 1);
        }
        let behind = if end < self.bytes.len() { end + 1 } else { opening + 1 };
        start..self.next(behind, ends, depth.max(quote.depth))
    }

    /// Place of the closing quote that matches the one at a place, or of one of these bytes before it. A quote that is escaped
    /// itself ends at one that is escaped no more often.
    pub(super) fn quote_end(&self, start: usize, ends: &[u8]) -> usize {
        let quote = self.bytes[start];
        let (level, mut escapes) = (self.backslashes(start), 0);
        for (end, it) in self.bytes.iter().enumerate().skip(start + 1) {
            let is_open = if level == 0 { escapes % 2 == 1 } else { escapes > level };
            let is_end = it.byte == quote.byte && !is_open || ends.contains(&it.byte);
            if is_end && it.depth <= quote.depth {
                return end;
            }
            escapes = if it.byte == b'\\' { escapes + 1 } else { 0 };
        }
        self.bytes.len()
    }

    /// Number of backslashes before a place.
    pub(super) fn backslashes(&self, place: usize) -> usize {
        place - self.skip_back(place, b"\\")
    }

    /// Place behind the list or the object that starts at a place.
    pub(super) fn bracket_end(&self, start: usize) -> usize {
        let (mut place, mut open) = (start, 0_usize);
        while let Some(byte) = self.byte(place) {
            match byte {
                b'"' | b'\'' => place = self.quote_end(place, b""),
                b'[' | b'{' | b'(' => open += 1,
                b']' | b'}' | b')' => open -= 1,
                _ => {}
            }
            place += 1;
            if open == 0 {
                break;
            }
        }
        place.min(self.bytes.len())
    }

    /// Secret extended by the next word, if it is only the scheme of a header so far: `Bearer …`.
    fn with_scheme(&self, found: Range<usize>) -> Range<usize> {
        let is_scheme = SCHEMES.contains(&&*self.shown(found.clone()).to_ascii_lowercase());
        let start = self.skip(found.end, b" \t");
        if !is_scheme || start == found.end {
            return found;
        }
        let depth = self.bytes[found.end].depth;
        found.start..self.next(start, WORD_ENDS, depth)
    }

    /// Returns true for the first word of a line, also behind the signs that logs and lists have there.
    pub(super) fn is_line_start(&self, place: usize) -> bool {
        let mut before = self.bytes[..place].iter().rev().map(|it| it.byte);
        before.find(|it| !b" \t><*|-".contains(it)).is_none_or(|it| matches!(it, b'\r' | b'\n'))
    }

    /// Returns true behind an option: `-H X-Api-Key`, `-HX-Api-Key`.
    fn is_behind_option(&self, place: usize) -> bool {
        let is_glued = self.byte(place) == Some(b'-');
        let option = if is_glued { place } else { self.word_start(self.skip_back(place, b" \t")) };
        self.byte(option) == Some(b'-') && self.is_word_start(option)
    }
}

/// Returns true for the head of a block of YAML: `|`, `>2-`, `| # …`.
fn is_block(head: &str) -> bool {
    let (style, comment) = head.trim_end().split_once(' ').unwrap_or((head.trim_end(), "#"));
    let signs = style.strip_prefix(['|', '>']);
    let is_sign = |it: char| it.is_ascii_digit() || matches!(it, '+' | '-');
    signs.is_some_and(|it| it.chars().all(is_sign)) && comment.trim_start().starts_with('#')
}

/// Returns true for a value that JSON, PHP and SQL have words for.
pub(super) fn is_constant(word: &str) -> bool {
    let word = word.trim_end_matches(|it| ",;)]}".contains(it));
    CONSTANTS.iter().any(|it| word.eq_ignore_ascii_case(it))
}

/// Returns true for a word of letters only, all lower-case after the first.
pub(super) fn is_prose(word: &str) -> bool {
    let word = word.trim_end_matches(|it: char| ".:;!?)".contains(it));
    word.char_indices().all(|(at, it)| it == '-' || it.is_alphabetic() && (at == 0 || it.is_lowercase()))
}

#[cfg(test)]
mod tests {
    use crate::oauth::without_secrets;

    #[test]
    fn values_of_settings_are_not_shown() {
        for (text, shown) in [
            ("MAGENTO_ACCESS_TOKEN=S&S'S\nA=b", "MAGENTO_ACCESS_TOKEN=…\nA=b"),
            ("export API_TOKEN='S S'\n", "export API_TOKEN='…'\n"),
            ("a:\n  password: S S\n  b: c", "a:\n  password: …\n  b: c"),
            ("a:\n  password: |-\n    S\n  \n    S\n  b: c", "a:\n  password: …\n  b: c"),
            ("password: |2-\n  S\nb: c", "password: …\nb: c"),
            ("password: > # c\n  S\nb: c", "password: …\nb: c"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn escaped_documents_are_read() {
        for (text, shown) in [
            (
                "{&quot;password&quot;:&quot;S S&quot;,&quot;a&quot;:1}",
                "{&quot;password&quot;:&quot;…&quot;,&quot;a&quot;:1}",
            ),
            (
                "&amp;quot;token&amp;quot;: &amp;quot;S&amp;quot;,",
                "&amp;quot;token&amp;quot;: &amp;quot;…&amp;quot;,",
            ),
            ("{&#034;token&#x22;:&#34;S&#34;}", "{&#034;token&#x22;:&#34;…&#34;}"),
            ("&lt;password&gt;S S&lt;/password&gt;", "&lt;password&gt;…&lt;/password&gt;"),
            ("{\"password\":\"S&quot;S\"}", "{\"password\":\"…\"}"),
            (r#""{\"password\":\"S\"}""#, r#""{\"password\":\"…\"}""#),
            (r#""{\\\"password\\\":\\\"S\\\"}""#, r#""{\\\"password\\\":\\\"…\\\"}""#),
            (r#""{\u0022password\u0022:\u0022S\u0022}""#, r#""{\u0022password\u0022:\u0022…\u0022}""#),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn prose_is_shown() {
        for text in [
            "the token is invalid",
            "password must have 8 characters",
            "a &quot;token&quot; and its &quot;value&quot; &lt; 5",
            "its tokens: see below",
            r#"{"token": null, "password": false, "api_key":true}"#,
            "['token' => null, 'password' => FALSE]; token = NULL",
        ] {
            assert_eq!(without_secrets(text), text);
        }
    }

    #[test]
    fn long_texts_end() {
        for odd in [
            "&quot;",
            "&amp;",
            "&amp;quot;token&quot;:",
            "\"token\";s:1:\"",
            "\"token\"=>[",
            "\"token\"=>\n",
            "token: |\n ",
            "  ",
            "TOKEN=\n",
            "\\u0022token\\u0022:\\u0022",
        ] {
            let _ = without_secrets(&odd.repeat(20_000));
        }
    }
}
