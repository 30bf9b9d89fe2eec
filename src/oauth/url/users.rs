//! Users in texts: in front of a host, and behind an option of curl.

use std::ops::Range;

use super::{
    decoded_text::{DecodedByte, DecodedText, SPACES},
    secret_names::names_secret,
};

/// Longest user and host, and longest rest of a password behind a slash.
const LONGEST_AUTHORITY: usize = 256;

/// Options of curl with a name and a password.
const OPTIONS: [&[u8]; 4] = [b"--proxy-user", b"--user", b"-u", b"-U"];

/// Words before the colon of a mail address.
const MAIL: [&str; 10] = ["acct", "bcc", "cc", "email", "from", "mail", "mailto", "reply-to", "sip", "to"];

impl DecodedText<'_> {
    pub(super) fn starts_url(&self, place: usize) -> bool {
        self.follows(place, b"://")
    }

    /// User before the host that starts at a place: behind `://`, or `name:password@` at the start of a word.
    pub(super) fn user(&self, place: usize) -> Option<Range<usize>> {
        if self.byte(place) == Some(b'/') {
            return None;
        }
        let slashes = place - self.skip_back(place, b"/");
        let before = place.checked_sub(slashes + 1).map(|before| self.bytes[before]);
        let is_word = slashes != 1 && before.is_none_or(|it| it.depth == 0 && SPACES.contains(&it.byte));
        let depth = match before {
            Some(colon) if slashes > 0 && colon.byte == b':' => colon.depth,
            _ if is_word => 0,
            _ => return None,
        };
        let first = self.next(place, b":@/?#&= \t\r\n\"'`(<", depth);
        if slashes == 0 {
            let name = self.shown(place..first);
            let is_other = MAIL.contains(&&*name.to_ascii_lowercase()) || names_secret(&name);
            if self.byte(first) != Some(b':') || is_other {
                return None;
            }
        }
        let end = self.authority_end(place, depth);
        if let Some(at) = self.last(place..end, b'@', depth) {
            return (at > place).then_some(place..at);
        }
        let port = self.wrong_port(place..end, depth)?;
        let is_end = |byte| matches!(byte, b'@' | b'\n') || slashes == 0 && SPACES.contains(&byte);
        let further = self.bytes[end..].iter().take(LONGEST_AUTHORITY).position(|it| is_end(it.byte));
        let at = further.map(|count| end + count);
        let at = at.and_then(|at| self.last(at..self.authority_end(at, depth), b'@', depth));
        at.map(|at| place..at).or_else(|| (slashes > 1).then_some(port))
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

    /// Start of a password: the part behind the last colon of a host, if it is neither a port nor part of an IPv6 address.
    fn wrong_port(&self, host: Range<usize>, depth: usize) -> Option<Range<usize>> {
        let start = self.last(host.clone(), b':', depth)? + 1;
        let behind = self.bytes.get(start..host.end)?;
        let is_end = |it: &DecodedByte| it.ends(b"&\"'`<>(),;", depth);
        let port = &behind[..behind.iter().position(is_end).unwrap_or(behind.len())];
        let has_user = port.iter().any(|it| it.byte == b'@');
        let is_port = port.first().is_none_or(|it| it.byte.is_ascii_digit());
        (has_user || !is_port && port.last().is_none_or(|it| it.byte != b']'))
            .then_some(start..start + port.len())
    }

    /// Name and password behind an option of curl that starts at a place: `-u name:password`.
    pub(super) fn login(&self, place: usize) -> Option<Range<usize>> {
        if self.byte(place) != Some(b'-') || !self.is_word_start(place) {
            return None;
        }
        let option = OPTIONS.into_iter().find(|option| self.continues(place, option))?;
        let behind = place + option.len();
        let start = self.skip(behind, b" \t=");
        if start == behind && option.starts_with(b"--") {
            return None;
        }
        let depth = self.bytes[place].depth;
        let (start, ends): (usize, &[u8]) = match self.byte(start)? {
            b'"' => (start + 1, b"\"\r\n"),
            b'\'' => (start + 1, b"'\r\n"),
            _ => (start, b" \t\r\n\"'`"),
        };
        let end = self.next(start, ends, depth);
        let colon = start + self.bytes.get(start..end)?.iter().position(|it| it.byte == b':')?;
        (start < colon && colon + 1 < end && !self.continues(colon, b"://")).then_some(start..end)
    }
}
