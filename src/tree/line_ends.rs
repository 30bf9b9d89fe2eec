//! Ends of lines: git on Windows may check out generated files with CRLF.

use std::borrow::Cow;

/// Bytes with LF in place of CRLF if every line ends with CRLF; other bytes as they are.
#[must_use]
pub fn with_lf(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut lines =
        bytes.split_inclusive(|&byte| byte == b'\n').filter(|line| line.ends_with(b"\n")).peekable();
    if lines.peek().is_none() || !lines.all(|line| line.ends_with(b"\r\n")) {
        return Cow::Borrowed(bytes);
    }
    let mut text = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        match line.strip_suffix(b"\r\n") {
            Some(line) => {
                text.extend_from_slice(line);
                text.push(b'\n');
            }
            None => text.extend_from_slice(line),
        }
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_crlf_throughout_is_a_matter_of_the_system() {
        for (bytes, lf) in [
            ("a\r\nb\r\n", "a\nb\n"),
            ("a\r\n\r\nb", "a\n\nb"),
            ("a\nb\n", "a\nb\n"),
            ("a\r\nb\n", "a\r\nb\n"),
            ("a\rb\r", "a\rb\r"),
            ("a\r\r\n", "a\r\n"),
            ("a", "a"),
            ("", ""),
        ] {
            assert_eq!(with_lf(bytes.as_bytes()), lf.as_bytes(), "{bytes:?}");
        }
    }
}
