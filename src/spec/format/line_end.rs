//! Line ends of specs.

/// Line end of a text's last line. Any other may lie in a string, or go away when the text is formatted.
pub(crate) fn line_end(text: &str) -> &'static str {
    let is_crlf = text.rsplit_once('\n').is_some_and(|(before, _)| before.ends_with('\r'));
    if is_crlf { "\r\n" } else { "\n" }
}

/// Text with another line end for each of its lines.
pub(crate) fn with_line_end(text: &str, line_end: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', line_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_decides() {
        for (text, end) in
            [("", "\n"), ("a", "\n"), ("a\r\nb\n", "\n"), ("a\nb\r\n", "\r\n"), ("a\nb\r\nc", "\r\n")]
        {
            assert_eq!(line_end(text), end, "{text:?}");
        }
        assert_eq!(with_line_end("a\nb\r\n", "\r\n"), "a\r\nb\r\n");
    }
}
