//! Texts with URLs, base strings or forms, without the secrets in them.

use std::ops::Range;

use super::secret_names::{names_secret, names_token};

/// Text in place of a secret.
const HIDDEN: &str = "…";

/// Longest user and host, and longest rest of a password behind a slash.
const LONGEST_AUTHORITY: usize = 256;

/// Bytes between words.
const BLANKS: &[u8] = b" \t\r\n\"'`(<";

/// Bytes before the name of a parameter, however often they are encoded.
const EDGES: &[u8] = b"&?#;,/{}()<>\"'`=: \t\r\n";

/// Text with URLs, or with a base string, without the secrets in it: users, and the values of parameters whose names say that
/// they are secret, however often they are percent-encoded. Keys and tokens of OAuth stay, which the header has in the open.
#[must_use]
pub fn without_secrets(text: &str) -> String {
    DecodedText::new(text).masked(&[])
}

/// Text without secrets, also without those in the path of the request that it is about: the variables of its route whose names
/// say that they are secret, and without a route what follows a segment such as `resetLinkToken`.
#[must_use]
pub fn without_path_secrets(text: &str, path: &str, route: Option<&str>) -> String {
    let segments: Vec<&str> = path.split('/').collect();
    let secrets = match route {
        Some(route) => segments
            .iter()
            .rev()
            .zip(route.rsplit('/'))
            .filter(|(_, variable)| variable.starts_with(':') && names_secret(variable))
            .map(|(segment, _)| *segment)
            .collect(),
        None => {
            let pairs = segments.windows(2).filter(|pair| names_token(pair[0]));
            pairs.map(|pair| pair[1]).filter(|segment| !segment.is_empty()).collect::<Vec<_>>()
        }
    };
    let secrets: Vec<Vec<u8>> = secrets.into_iter().map(|it| DecodedText::new(it).decoded()).collect();
    DecodedText::new(text).masked(&secrets)
}

/// Byte of a text, decoded.
#[derive(Debug, Clone, Copy)]
struct DecodedByte {
    byte: u8,
    /// Number of times that it is encoded.
    depth: usize,
    /// Offset in the text.
    at: usize,
}

/// Text with its percent-encoding undone, however often it was done.
struct DecodedText<'t> {
    text: &'t str,
    bytes: Vec<DecodedByte>,
}

impl<'t> DecodedText<'t> {
    fn new(text: &'t str) -> Self {
        let (mut bytes, mut at) = (Vec::with_capacity(text.len()), 0);
        while let Some(&plain) = text.as_bytes().get(at) {
            let (byte, depth, length) = escape(&text.as_bytes()[at..]).unwrap_or((plain, 0, 1));
            bytes.push(DecodedByte { byte, depth, at });
            at += length;
        }
        Self { text, bytes }
    }

    fn decoded(&self) -> Vec<u8> {
        self.bytes.iter().map(|it| it.byte).collect()
    }

    /// Text with a sign in place of secrets, and of segments that are one of these.
    fn masked(&self, segments: &[Vec<u8>]) -> String {
        let (mut clean, mut done) = (String::with_capacity(self.text.len()), 0);
        let (mut place, mut is_rest) = (0, false);
        while place < self.bytes.len() {
            is_rest &= !self.starts_url(place);
            is_rest |= self.follows(place, b"/rest/");
            let found = self.user(place).or_else(|| self.value(place, is_rest));
            let Some(secret) = found.or_else(|| self.segment(place, segments)) else {
                place += 1;
                continue;
            };
            clean += self.text.get(done..self.offset(secret.start)).unwrap_or_default();
            clean += HIDDEN;
            done = self.offset(secret.end);
            place = secret.end.max(place + 1);
        }
        clean + self.text.get(done..).unwrap_or_default()
    }

    fn offset(&self, place: usize) -> usize {
        self.bytes.get(place).map_or(self.text.len(), |it| it.at)
    }

    fn byte(&self, place: usize) -> Option<u8> {
        self.bytes.get(place).map(|it| it.byte)
    }

    /// First place from one on with one of these bytes that is encoded no more often than `depth`, or the end.
    fn next(&self, from: usize, ends: &[u8], depth: usize) -> usize {
        let is_end = |it: &DecodedByte| it.depth <= depth && ends.contains(&it.byte);
        self.bytes[from..].iter().position(is_end).map_or(self.bytes.len(), |count| from + count)
    }

    /// Returns true if the bytes before a place are these.
    fn follows(&self, place: usize, before: &[u8]) -> bool {
        let bytes = place.checked_sub(before.len()).and_then(|start| self.bytes.get(start..place));
        bytes.is_some_and(|bytes| bytes.iter().map(|it| it.byte).eq(before.iter().copied()))
    }

    fn starts_url(&self, place: usize) -> bool {
        self.follows(place, b"://")
    }

    /// User before the host that starts at a place: behind `://`, or `name:password@` at the start of a word.
    fn user(&self, place: usize) -> Option<Range<usize>> {
        if self.byte(place) == Some(b'/') {
            return None;
        }
        let slashes = self.bytes[..place].iter().rev().take_while(|it| it.byte == b'/').count();
        let before = place.checked_sub(slashes + 1).map(|before| self.bytes[before]);
        let is_word = slashes != 1 && before.is_none_or(|it| it.depth == 0 && BLANKS.contains(&it.byte));
        let depth = match before {
            Some(colon) if slashes > 0 && colon.byte == b':' => colon.depth,
            _ if is_word => 0,
            _ => return None,
        };
        let first = self.next(place, b":@/?#&= \t\r\n\"'`(<", depth);
        if slashes == 0 && self.byte(first) != Some(b':') {
            return None;
        }
        let end = self.authority_end(place, depth);
        let at = self.last(place..end, b'@', depth).or_else(|| {
            // A port has digits: what else follows the colon is the start of a password.
            let colon = self.last(place..end, b':', depth)?;
            let is_password = !self.is_port(colon + 1..end);
            let mut further = self.bytes[end..].iter().take(LONGEST_AUTHORITY).filter(|_| is_password);
            let at = end + further.position(|it| matches!(it.byte, b'@' | b'\n'))?;
            self.last(at..self.authority_end(at, depth), b'@', depth)
        });
        at.filter(|at| *at > place).map(|at| place..at)
    }

    /// Place behind a host that starts at a place.
    fn authority_end(&self, place: usize, depth: usize) -> usize {
        let is_end = |it: &DecodedByte| {
            // Whatever is encoded less often ends a URL in a parameter.
            it.depth <= depth && b"/?# \t\r\n".contains(&it.byte) || it.depth < depth && it.byte == b'&'
        };
        let mut bytes = self.bytes[place..].iter().take(LONGEST_AUTHORITY);
        bytes.position(is_end).map_or(self.bytes.len().min(place + LONGEST_AUTHORITY), |count| place + count)
    }

    /// Last place of a range with a byte that is encoded no more often than `depth`.
    fn last(&self, range: Range<usize>, byte: u8, depth: usize) -> Option<usize> {
        let is_it = |it: &DecodedByte| it.byte == byte && it.depth <= depth;
        self.bytes[range.clone()].iter().rposition(is_it).map(|at| range.start + at)
    }

    /// Returns true for digits, nothing, and the end of an IPv6 address.
    fn is_port(&self, place: Range<usize>) -> bool {
        let bytes = &self.bytes[place];
        bytes.iter().all(|it| it.byte.is_ascii_digit()) || bytes.last().is_some_and(|it| it.byte == b']')
    }

    /// Secret behind the sign at a place: `=`, the colon of a header or of JSON, or the blank behind an option.
    fn value(&self, place: usize, is_rest: bool) -> Option<Range<usize>> {
        let sign = self.bytes.get(place)?;
        let is_json = sign.byte == b':' && self.follows(place, b"\"");
        let is_header = sign.byte == b':' && self.byte(place + 1) == Some(b' ');
        let is_option = sign.byte == b' ';
        if sign.byte != b'=' && !is_json && !is_header && !is_option {
            return None;
        }
        let before = self.bytes.get(..place - usize::from(is_json))?;
        let blanks = before.iter().rev().take_while(|it| it.byte == b' ' && sign.byte == b'=').count();
        let before = before.get(..before.len() - blanks)?;
        let start = before.iter().rposition(|it| EDGES.contains(&it.byte)).map_or(0, |edge| edge + 1);
        let name: Vec<u8> = before.get(start..)?.iter().map(|it| it.byte).collect();
        let name = String::from_utf8_lossy(&name);
        // Other systems answer a login with a code; in calls of Magento it names things.
        let is_login = !is_rest && sign.byte == b'=' && name == "code";
        if !is_login && !names_secret(&name) || is_option && !name.starts_with("--") {
            return None;
        }
        let is_word = start.checked_sub(1).is_none_or(|edge| BLANKS.contains(&self.bytes[edge].byte));
        let ends: &[u8] = match sign.byte {
            _ if is_json => b",}]\r\n",
            _ if is_header => b"\"'\r\n",
            b'=' if blanks > 0 => b"\r\n",
            b'=' if !is_word || sign.depth > 0 => b"&#\r\n",
            _ => b"& \"'\r\n",
        };
        let blanks = self.bytes[place + 1..].iter().take_while(|it| it.byte == b' ').count();
        let start = place + 1 + blanks;
        let quote = self.bytes.get(start).filter(|it| matches!(it.byte, b'"' | b'\''));
        let quoted = quote.and_then(|quote| {
            let end = self.next(start + 1, &[quote.byte], quote.depth);
            let is_closed = end < self.bytes.len() && self.byte(end + 1).is_none_or(|it| EDGES.contains(&it));
            is_closed.then_some(start + 1..end)
        });
        Some(quoted.unwrap_or_else(|| start..self.next(start, ends, sign.depth)))
    }

    /// Segment that starts at a place and is one of these.
    fn segment(&self, place: usize, segments: &[Vec<u8>]) -> Option<Range<usize>> {
        if !self.follows(place, b"/") {
            return None;
        }
        let ends = |end: usize| self.byte(end).is_none_or(|it| EDGES.contains(&it));
        let lengths = segments.iter().filter(|it| self.follows(place + it.len(), it)).map(Vec::len);
        lengths.filter(|length| *length > 0).map(|length| place..place + length).find(|it| ends(it.end))
    }
}

/// Byte that an escape at the start stands for, the number of times that it is encoded, and its length: `%252F`.
fn escape(text: &[u8]) -> Option<(u8, usize, usize)> {
    let [b'%', rest @ ..] = text else { return None };
    let digits = |at: usize| {
        let pair = std::str::from_utf8(rest.get(at..at + 2)?).ok()?;
        u8::from_str_radix(pair, 16).ok().filter(|_| pair.bytes().all(|it| it.is_ascii_hexdigit()))
    };
    let (mut byte, mut depth) = (digits(0)?, 1);
    while byte == b'%'
        && let Some(next) = digits(2 * depth)
    {
        (byte, depth) = (next, depth + 1);
    }
    Some((byte, depth, 1 + 2 * depth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_shown() {
        for (text, shown) in [
            ("https://u:p@a/x", "https://…@a/x"),
            ("https://a/x?token=s1&a=1&api_key=s2", "https://a/x?token=…&a=1&api_key=…"),
            ("/x?a[Password]=s&b", "/x?a[Password]=…&b"),
            (
                "GET&http%3A%2F%2Fa&access_token%3Ds%26oauth_token%3Dt",
                "GET&http%3A%2F%2Fa&access_token%3D…%26oauth_token%3Dt",
            ),
            ("https://a/?fields=url_key&sku=x", "https://a/?fields=url_key&sku=x"),
            ("?token=&x", "?token=…&x"),
            (
                "?oauth_token=t&oauth_token_secret=s&oauth_verifier=v",
                "?oauth_token=t&oauth_token_secret=…&oauth_verifier=…",
            ),
            ("https://a/#access_token=s", "https://a/#access_token=…"),
            ("/x;jsessionid=s?a=1", "/x;jsessionid=…"),
            ("?access%5Ftoken=s&%74oken=s&a", "?access%5Ftoken=…&%74oken=…&a"),
            ("?token=s`1 2%26t#f", "?token=…#f"),
            ("a=1&password=s", "a=1&password=…"),
            ("No such entity with rp_token = s", "No such entity with rp_token = …"),
            (r#"?q={"password": "s\u0020,s", "a":1}"#, r#"?q={"password": "…", "a":1}"#),
            (
                "API_TOKEN=s npm test --token=s --password s -x",
                "API_TOKEN=… npm test --token=… --password … -x",
            ),
            (
                "curl -H 'Authorization: Bearer s' -H \"X-Api-Key: s\" a",
                "curl -H 'Authorization: …' -H \"X-Api-Key: …\" a",
            ),
            ("oauth_token_secret=\"s\", oauth_token=\"t\"", "oauth_token_secret=\"…\", oauth_token=\"t\""),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn secrets_are_found_however_often_they_are_encoded() {
        for (text, shown) in [
            ("GET&a&x%3d1%26access_token%3ds%2526s%26y%3d2", "GET&a&x%3d1%26access_token%3d…%26y%3d2"),
            ("GET&a&access%255Ftoken%3Ds", "GET&a&access%255Ftoken%3D…"),
            (
                "?back=https%3a%2f%2fu%3Ap%40a%2f%3ftoken%3ds%26b&c=1",
                "?back=https%3a%2f%2f…%40a%2f%3ftoken%3d…%26b&c=1",
            ),
            ("GET&https%3A%2F%2Fu%3Ap%40a%2Fx&b", "GET&https%3A%2F%2F…%40a%2Fx&b"),
            (
                "GET&a&q%3D%257B%2522password%2522%253A%2522s%2522%257D",
                "GET&a&q%3D%257B%2522password%2522%253A%2522…%2522%257D",
            ),
            ("?a=%", "?a=%"),
            ("?token=%2525", "?token=…"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn users_are_not_shown() {
        for (text, shown) in [
            ("https://u:p@a/x https://v:q@b/y", "https://…@a/x https://…@b/y"),
            ("https://u:p/w@a/x@y", "https://…@a/x@y"),
            ("https://u:p w@a/", "https://…@a/"),
            ("https://u:p@w@a/", "https://…@a/"),
            ("u:p@a/x", "…@a/x"),
            ("http:/u:p@a", "http:/…@a"),
            ("//u@a", "//…@a"),
            ("https://a:80/customers/x@y.example", "https://a:80/customers/x@y.example"),
            ("https://[::1]/x@y", "https://[::1]/x@y"),
            ("/V1/customers/isEmailAvailable/x@y.example", "/V1/customers/isEmailAvailable/x@y.example"),
            ("?email=x@y.example&time=10:00", "?email=x@y.example&time=10:00"),
            ("x@y.example", "x@y.example"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn a_code_is_that_of_a_login_or_of_magento() {
        for (text, shown) in [
            ("https://erp/back?code=s&state=1", "https://erp/back?code=…&state=1"),
            ("https://a/rest/V1/x?code=EUR", "https://a/rest/V1/x?code=EUR"),
            (
                "GET&https%3A%2F%2Fa%2Frest%2FV1%2Fx&code%3DEUR",
                "GET&https%3A%2F%2Fa%2Frest%2FV1%2Fx&code%3DEUR",
            ),
            ("https://a/rest/V1/x?b=https://erp/?code=s", "https://a/rest/V1/x?b=https://erp/?code=…"),
            ("?country_code=DE&a[code]=x", "?country_code=DE&a[code]=x"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
    }

    #[test]
    fn secrets_of_a_path_are_not_shown() {
        let path = "/rest/V1/customers/7/password/resetLinkToken/s%2Fs";
        let route = "/V1/customers/:customerId/password/resetLinkToken/:resetPasswordLinkToken";
        for (text, shown) in [
            (path, "/rest/V1/customers/7/password/resetLinkToken/…"),
            ("GET&https%3A%2F%2Fa%2FresetLinkToken%2Fs%2Fs&x", "GET&https%3A%2F%2Fa%2FresetLinkToken%2F…&x"),
            (
                "GET&https%3A%2F%2Fa%2FresetLinkToken%2Fs%252Fs&x",
                "GET&https%3A%2F%2Fa%2FresetLinkToken%2F…&x",
            ),
            ("/s%2Fsx", "/s%2Fsx"),
        ] {
            assert_eq!(without_path_secrets(text, path, Some(route)), shown);
            assert_eq!(without_path_secrets(text, path, None), shown);
        }
        assert_eq!(without_path_secrets("/V1/x/s", "/V1/x/s", Some("/V1/x/:apiKey")), "/V1/x/…");
        let token = "/rest/V1/integration/admin/token/";
        assert_eq!(without_path_secrets(token, token, None), token);
    }

    #[test]
    fn long_texts_end() {
        for odd in ["%25", "=", "/", ":", "a:b@", "://", "token=", "\"", "& =", "https://a:b "] {
            let _ = without_secrets(&odd.repeat(20_000));
        }
    }
}
