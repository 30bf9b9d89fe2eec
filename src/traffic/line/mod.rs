//! Parsers of log lines, a file for each format. The format is detected line by line.

mod common;
pub(super) mod deprecated;
mod escape;
mod json;
mod list;

use std::borrow::Cow;

pub(super) use json::Wanted;
pub use json::{Key, Keys};
pub(super) use list::is_listed;

/// Request of a log line. Invalid UTF-8 is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request<'a> {
    /// Method, such as `GET`.
    pub(super) method: Cow<'a, str>,
    /// Path and query, perhaps a whole URL.
    pub(super) target: Cow<'a, str>,
    /// Status of the response.
    pub(super) status: Option<u16>,
    /// User agent of the client.
    pub(super) agent: Option<Cow<'a, str>>,
    /// Time as written.
    pub(super) time: Option<Cow<'a, str>>,
    /// True if the line is from a list of calls.
    pub(super) is_listed: bool,
}

/// Parses the request in a line; none if its format is unknown.
pub(super) fn parse<'a>(line: &'a [u8], wanted: &[Wanted<'_>]) -> Option<Request<'a>> {
    if line.trim_ascii_start().starts_with(b"{") {
        json::parse(line, wanted)
    } else if is_listed(line) {
        list::parse(line)
    } else {
        common::parse(line)
    }
}

impl Request<'_> {
    fn into_owned(self) -> Request<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Request {
            method: owned(self.method),
            target: owned(self.target),
            status: self.status,
            agent: self.agent.map(owned),
            time: self.time.map(owned),
            is_listed: self.is_listed,
        }
    }
}

/// Splits a request line: `GET /rest/V1/orders HTTP/1.1`, the protocol being optional.
fn request_line(text: Cow<'_, str>) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    fn split(text: &str) -> Option<(&str, &str)> {
        let (method, rest) = text.split_once(' ')?;
        let (target, protocol) = rest.split_once(' ').unwrap_or((rest, "HTTP/0.9"));
        (is_method(method) && !target.is_empty() && protocol.starts_with("HTTP/")).then_some((method, target))
    }
    match text {
        Cow::Borrowed(text) => split(text).map(|(method, target)| (method.into(), target.into())),
        Cow::Owned(text) => {
            split(&text).map(|(method, target)| (method.to_owned().into(), target.to_owned().into()))
        }
    }
}

/// Returns true if it may be a method; those of HTTP are uppercase.
fn is_method(word: &str) -> bool {
    (3..=16).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_format_is_told_line_by_line() {
        let keys = Keys::default();
        for line in [
            &b"GET /rest/V1/orders"[..],
            b"GET /rest/V1/orders HTTP/1.1\t",
            br#"1.2.3.4 - - [10/Oct/2025:13:55:36 +0200] "GET /rest/V1/orders HTTP/1.1" 200 17"#,
            br#" {"request_method":"GET","request_uri":"\/rest\/V1\/orders"}"#,
        ] {
            let request = parse(line, &keys.wanted()).unwrap();
            assert_eq!((&*request.method, &*request.target), ("GET", "/rest/V1/orders"));
        }
    }

    #[test]
    fn a_request_line_has_a_method_a_target_and_perhaps_a_protocol() {
        for (text, method, target) in [
            ("GET /a HTTP/1.1", "GET", "/a"),
            ("OPTIONS * HTTP/2.0", "OPTIONS", "*"),
            ("DELETE /a", "DELETE", "/a"),
        ] {
            assert_eq!(request_line(text.into()), Some((method.into(), target.into())));
            assert_eq!(request_line(text.to_owned().into()), Some((method.into(), target.into())));
        }
        for other in ["", "-", "GET", "GET ", "get /a", "GET /a b", "GET /a b HTTP/1.1", "\u{16}\u{3} /a"] {
            assert_eq!(request_line(other.into()), None, "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn no_line_is_too_odd(line in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = parse(&line, &Keys::default().wanted());
        }

        #[test]
        fn nor_one_of_the_pieces_of_a_log(
            pieces in prop::collection::vec(prop::sample::select(&[
                "1.2.3.4 - - ", "[10/Oct/2025:13:55:36 +0200]", "] \"", " \"GET /rest/V1/orders", " HTTP/1.1\" ",
                "200 12 ", "\"-\" ", "\\", "\\x", "\\\"", "\"", "{", "}", "[", "]", ":", ",", "\"request\"", "\"uri\"", "é",
            ][..]), 0..20),
        ) {
            let _ = parse(pieces.concat().as_bytes(), &Keys::default().wanted());
        }
    }
}
