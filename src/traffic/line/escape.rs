//! Parser of quoted text in log lines.

use std::borrow::Cow;

use memchr::memchr2;

/// Splits at the next quote that no backslash escapes; none if there is no such quote.
pub(super) fn quoted(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut at = 0;
    loop {
        at += memchr2(b'"', b'\\', text.get(at..)?)?;
        if text[at] == b'"' {
            return Some((&text[..at], &text[at + 1..]));
        }
        at += 2;
    }
}

/// Unescapes `\"` and `\\` (Apache's `mod_log_config`) and `\xHH` (Apache and nginx). Other escapes stay as written:
/// none of them matters here.
pub(super) fn unescaped(text: &[u8]) -> Cow<'_, str> {
    if !text.contains(&b'\\') {
        return String::from_utf8_lossy(text);
    }
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, behind)) = rest.split_first() {
        let (byte, behind) = match rest {
            [b'\\', escaped @ (b'"' | b'\\'), behind @ ..] => (*escaped, behind),
            [b'\\', b'x', high, low, behind @ ..] => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => (high * 16 + low, behind),
                _ => (byte, &rest[1..]),
            },
            _ => (byte, behind),
        };
        plain.push(byte);
        rest = behind;
    }
    Cow::Owned(String::from_utf8_lossy(&plain).into_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_end_text_but_for_a_backslash() {
        assert_eq!(quoted(br#"a\"b\\" c"#), Some((&br#"a\"b\\"#[..], &b" c"[..])));
        assert_eq!(quoted(b"\""), Some((&b""[..], &b""[..])));
        for open in [&b""[..], b"abc", b"abc\\\"", b"abc\\"] {
            assert_eq!(quoted(open), None);
        }
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(unescaped(br#"a\"b\\c\x22\x5Cx\xc3\xa9"#), "a\"b\\c\"\\xé");
        assert_eq!(unescaped(br"\n\x\xg0\x4"), r"\n\x\xg0\x4");
        assert_eq!(unescaped(b"\xff\\\\"), "\u{fffd}\\");
    }
}
