//! Percent-encoding of RFC 3986.

use std::fmt::Write as _;

/// Encodes everything but letters, digits and `-._~`: PHP's `rawurlencode`.
#[must_use]
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    let bytes = bytes.as_ref();
    let mut encoded = String::with_capacity(bytes.len());
    for &byte in bytes {
        if is_unreserved(byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Encodes everything but letters, digits and `-._`, and a space as `+`: PHP's `urlencode`.
#[must_use]
pub fn encode_form(bytes: impl AsRef<[u8]>) -> String {
    encode(bytes).replace("%20", "+").replace('~', "%7E")
}

/// Decodes `%XX`, and keeps everything else: PHP's `rawurldecode`.
#[must_use]
pub fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let escaped = if *first == b'%' { escape(rest) } else { None };
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &rest[3..] } else { behind };
    }
    bytes
}

/// Decodes `%XX`, and `+` as a space: PHP's `urldecode`.
#[must_use]
pub fn decode_form(text: &str) -> Vec<u8> {
    decode(&text.replace('+', " "))
}

/// Decodes as [`decode_form`], and replaces what is not UTF-8.
#[must_use]
pub fn decode_form_text(text: &str) -> String {
    String::from_utf8_lossy(&decode_form(text)).into_owned()
}

/// Decodes as [`decode`], and replaces what is not UTF-8.
#[must_use]
pub fn decode_text(text: &str) -> String {
    String::from_utf8_lossy(&decode(text)).into_owned()
}

/// Byte that `%XX` at the start stands for.
pub(super) fn escape(text: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = text else { return None };
    let digit = |digit: u8| char::from(digit).to_digit(16);
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

/// Returns true for the characters that RFC 3986 calls unreserved.
pub(super) const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_php_s() {
        assert_eq!(encode("a b+~ä/"), "a%20b%2B~%C3%A4%2F");
        assert_eq!(decode("a%20b+%c3%A4%2"), "a b+ä%2".as_bytes());
        assert_eq!(decode("%zz%E4"), b"%zz\xE4");
        assert_eq!(decode_form("a+b%2B"), b"a b+");
        assert_eq!(encode_form("a b+~ä/"), "a+b%2B%7E%C3%A4%2F");
    }
}
