//! Secrets whose name is a value, too: `<item name="password">…</item>`, `{"name": "token", "value": "…"}`.

use std::ops::Range;

use super::{
    decoded_text::{BLANKS, DecodedText},
    secret_names::names_secret,
};

/// Keys whose value is a name.
const NAMES: [&str; 8] =
    ["attribute_code", "attributecode", "code", "field", "field_name", "fieldname", "key", "name"];

/// Keys of the value that has such a name.
const VALUES: [&str; 6] = ["content", "field_value", "fieldvalue", "option_value", "val", "value"];

/// Longest key and longest name that are looked at.
const LONGEST_NAME: usize = 128;

/// Returns true for a key whose value is a name.
pub(super) fn is_name(key: &str) -> bool {
    NAMES.contains(&&*key.to_ascii_lowercase())
}

/// Returns true for a key whose value has the name that stands beside it.
pub(super) fn is_value(key: &str) -> bool {
    VALUES.contains(&&*key.to_ascii_lowercase())
}

/// Returns true for the name of a secret, not for a title such as `Gift token`.
fn is_secret_name(name: &str) -> bool {
    !name.trim().contains(char::is_whitespace) && names_secret(name)
}

/// Name and value of an object or a tag so far.
#[derive(Default)]
struct OpenPair {
    /// Place of the name, and true if it is that of a secret.
    name: Option<(usize, bool)>,
    /// Value that came before the name.
    value: Option<Range<usize>>,
    /// Start of a list or an object that is such a value, until it ends.
    list: Option<usize>,
    /// Number of elements around a name or a value that is an element itself.
    level: usize,
}

/// Text behind the sign of a key.
enum KeyedValue {
    Name(Range<usize>),
    Value(Range<usize>),
    List(usize),
}

impl OpenPair {
    fn is_secret(&self) -> bool {
        self.name.is_some_and(|(_, is_secret)| is_secret)
    }

    /// Makes the list that ends before a place the value.
    fn end_list(&mut self, end: usize) {
        if let Some(start) = self.list.take() {
            self.value = Some(start..end);
        }
    }
}

impl DecodedText<'_> {
    /// Values beside a name that says that they are secret.
    pub(super) fn named_pairs(&self) -> Vec<Range<usize>> {
        let (mut secrets, mut place) = (Vec::new(), 0);
        let (mut pair, mut outer, mut level) = (OpenPair::default(), Vec::new(), 1_usize);
        while let Some(byte) = self.byte(place) {
            place += 1;
            match byte {
                b'{' | b'[' => outer.push((byte, std::mem::take(&mut pair))),
                b'}' => {
                    while outer.pop_if(|(it, _)| *it != b'{').is_some() {}
                    pair = outer.pop().map(|(_, pair)| pair).unwrap_or_default();
                    pair.end_list(place);
                }
                b']' => {
                    if let Some((_, around)) = outer.pop_if(|(it, _)| *it == b'[') {
                        pair = around;
                        pair.end_list(place);
                    }
                }
                b'<' => {
                    match self.byte(place) {
                        Some(b'/') => level = level.saturating_sub(1).max(1),
                        Some(it) if it.is_ascii_alphabetic() => level += 1,
                        _ => {}
                    }
                    if pair.level > level {
                        pair = OpenPair::default();
                    }
                    pair.value.take_if(|_| pair.level == 0);
                    if self.is_secret_tag(place) {
                        pair.name = Some((place, true));
                    }
                }
                b'>' if self.follows(place - 1, b"/") || self.follows(place - 1, b"?") => {
                    level = level.saturating_sub(1).max(1);
                    pair = OpenPair::default();
                }
                b'>' if self.is_name_in_tag(&pair, place - 1) => {
                    secrets.extend(self.content(place).filter(|_| pair.is_secret()));
                    pair = OpenPair::default();
                }
                b':' | b'=' | b'>' => match self.keyed(place - 1, pair.is_secret()) {
                    None => {}
                    Some(KeyedValue::List(start)) => {
                        pair.list = pair.name.take().is_none().then_some(start);
                    }
                    Some(KeyedValue::Name(found)) => {
                        pair.level = if byte == b'>' { level - 1 } else { 0 };
                        place = place.max(found.end);
                        let start = found.start;
                        let is_secret = found.len() <= LONGEST_NAME && is_secret_name(&self.shown(found));
                        secrets.extend(pair.value.take().filter(|_| is_secret));
                        pair.name = Some((start, is_secret));
                    }
                    Some(KeyedValue::Value(found)) => {
                        // An element may have pairs of its own.
                        if byte != b'>' || pair.is_secret() {
                            place = place.max(found.end);
                        }
                        match pair.name.take() {
                            Some((_, is_secret)) => secrets.extend(Some(found).filter(|_| is_secret)),
                            None => {
                                pair.level = if byte == b'>' { level - 1 } else { 0 };
                                pair.value = Some(found);
                            }
                        }
                    }
                },
                _ => {}
            }
        }
        secrets
    }

    /// Name or value behind the sign at a place, if its key is that of one.
    fn keyed(&self, sign: usize, is_secret: bool) -> Option<KeyedValue> {
        let byte = self.byte(sign)?;
        let key_end = self.skip_back(sign, b" \t");
        let end = self.name_end(key_end);
        let start = self.word_start(end);
        if end - start > LONGEST_NAME || byte == b'>' && (key_end < sign || !self.follows(start, b"<")) {
            return None;
        }
        let key = self.shown(start..end);
        let key = key.trim_matches(['\\', ']']).rsplit(['[', '.']).next()?;
        let is_name = is_name(key);
        if !is_name && !is_value(key) {
            return None;
        }
        let depth = self.bytes.get(sign)?.depth;
        let signs = if self.continues(sign, b"=>") { 2 } else { 1 };
        let behind = self.skip(sign + signs, BLANKS);
        let found = match (byte, self.byte(behind)?) {
            (b'>', _) if is_name => behind..self.next(behind, b"<", depth),
            (b'>', _) => behind..self.element_end(behind, &self.shown(start..end))?,
            (_, b'[' | b'{') if is_secret && !is_name => behind..self.bracket_end(behind),
            (_, b'[' | b'{') if !is_name => return Some(KeyedValue::List(behind)),
            (_, b'"' | b'\'' | b'\\') => self.quoted_until(behind, b",}]\r\n", depth),
            (b'=', _) => behind..self.next(behind, b"&#<>,;}] \t\r\n\"'`", depth),
            // In prose, a colon ends a clause.
            _ if self.is_line_start(start) => behind..self.line_end(start, behind),
            _ => {
                let end = self.skip(behind, b"-.0123456789");
                self.byte(end).is_none_or(|it| b",}] \t\r\n".contains(&it)).then_some(behind..end)?
            }
        };
        let kind = if is_name { KeyedValue::Name } else { KeyedValue::Value };
        (!found.is_empty()).then(|| kind(found))
    }

    /// Returns true if the name of a pair stands in the tag that ends at a place.
    fn is_name_in_tag(&self, pair: &OpenPair, end: usize) -> bool {
        let tag = self.start_tag(end);
        pair.name.zip(tag).is_some_and(|((name, _), (start, _))| name > start)
    }

    /// Returns true if a tag with attributes starts at a place, and has the name of a secret.
    fn is_secret_tag(&self, start: usize) -> bool {
        let tag = self.bytes[start..].iter().take(LONGEST_NAME);
        let length = tag.take_while(|it| !b" \t\r\n/><".contains(&it.byte)).count();
        let is_open = self.byte(start + length).is_some_and(|it| BLANKS.contains(&it));
        is_open && self.shown(start..start + length).rsplit(':').next().is_some_and(names_secret)
    }

    /// Content of the element whose start tag ends before a place.
    fn content(&self, place: usize) -> Option<Range<usize>> {
        let (_, tag) = self.start_tag(place - 1)?;
        let end = self.element_end(place, &tag)?;
        (place < end).then_some(place..end)
    }
}

#[cfg(test)]
mod tests {
    use crate::oauth::without_secrets;

    #[test]
    fn values_beside_their_names_are_not_shown() {
        for (text, shown) in [
            (r#"<item name="password">S</item><a>b</a>"#, r#"<item name="password">…</item><a>b</a>"#),
            (
                r#"<argument xsi:type="string" name='apiKey'>S S</argument>"#,
                r#"<argument xsi:type="string" name='apiKey'>…</argument>"#,
            ),
            (r#"<param name="token" value="S"/>"#, r#"<param name="token" value="…"/>"#),
            (r#"<param value="S 1" name="token" /> a"#, r#"<param value="…" name="token" /> a"#),
            (
                r#"<param name="token"/><param name="sku" value="A"/>"#,
                r#"<param name="token"/><param name="sku" value="A"/>"#,
            ),
            (r#"<token a="b" value="S"/><a value="x"/>"#, r#"<token a="b" value="…"/><a value="x"/>"#),
            (r#"<key name="token" val="S"/>"#, r#"<key name="token" val="…"/>"#),
            (
                r#"<input name="form_key" type="hidden" value="S" />"#,
                r#"<input name="form_key" type="hidden" value="…" />"#,
            ),
            (
                "<item><attribute_code>api_token</attribute_code><value>S</value></item>",
                "<item><attribute_code>api_token</attribute_code><value>…</value></item>",
            ),
            (r#"{"name":"token","value":"S","a":1}"#, r#"{"name":"token","value":"…","a":1}"#),
            (r#"{"value":["S",{"a":1}],"name":"token"}"#, r#"{"value":…,"name":"token"}"#),
            (r#"{"value":{"x":"S"},"name":"token","a":"b"}"#, r#"{"value":…,"name":"token","a":"b"}"#),
            (
                "<item><value>S</value><name>token</name></item><a>b</a>",
                "<item><value>…</value><name>token</name></item><a>b</a>",
            ),
            (
                "<item><attribute_code>token</attribute_code><value><item>S</item></value></item>",
                "<item><attribute_code>token</attribute_code><value>…</value></item>",
            ),
            (r#"{"value": 12, "code": "otp"}"#, r#"{"value": …, "code": "otp"}"#),
            (
                r#"{"name":"token","x":{"name":"sku","value":"A"},"value":"S"}"#,
                r#"{"name":"token","x":{"name":"sku","value":"A"},"value":"…"}"#,
            ),
            (
                r#""{\"attribute_code\":\"password\",\"value\":\"S\"}""#,
                r#""{\"attribute_code\":\"password\",\"value\":\"…\"}""#,
            ),
            ("['name' => 'token', 'value' => 'S']", "['name' => 'token', 'value' => '…']"),
            ("- name: API_TOKEN\n  value: S\n  a: b", "- name: API_TOKEN\n  value: …\n  a: b"),
            ("- name: API_TOKEN\n  value: |\n    S\n  a: b", "- name: API_TOKEN\n  value: …\n  a: b"),
            (
                "?searchCriteria[filters][0][field]=token&searchCriteria[filters][0][value]=S&a=1",
                "?searchCriteria[filters][0][field]=token&searchCriteria[filters][0][value]=…&a=1",
            ),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn other_values_are_shown() {
        for text in [
            r#"{"name":"sku","value":"A"} {"value":"B"}"#,
            r#"[{"name":"token"},{"name":"sku","value":"A"}]"#,
            r#"<item name="sku">A</item><value>B</value>"#,
            "the name: token, its value: unknown",
            "?field=sku&value=A&name=token",
            r#"[{"value":["A"]},{"name":"token"}] {"value":["A"],"name":"sku"}"#,
            "<a><value>A</value></a><a><name>token</name></a>",
            "<option value=\"A\">b</option><name>token</name>",
            r#"{"name":"Gift token","value":"5 EUR"}"#,
            r#"{"sku":"A","name":"Auth Token Holder","value":7}"#,
        ] {
            assert_eq!(without_secrets(text), text);
        }
    }

    #[test]
    fn long_texts_end() {
        for odd in [
            "{\"name\":\"token\",",
            "<item name=\"token\">",
            "name=token value=",
            "value:\"",
            "<name>",
            "<token ",
            "&quot;name&quot;:&quot;token",
            "{",
            "name    =",
            "name:",
            "value:",
            "\"name\":a",
            "(name:",
            "&name:",
            "key::",
            "<value>",
            "{\"value\":[",
            "[",
        ] {
            let _ = without_secrets(&format!("a {}", odd.repeat(20_000)));
        }
    }
}
