//! Third-party text that fits a column of a line.

use crate::diag::{printable_line, without_commands};

/// Makes a text plain: no hidden characters and workflow commands, white space as spaces, as in an XML attribute. Applying
/// it twice changes nothing.
pub(in crate::catalog) fn plain(text: &str) -> String {
    without_commands(&printable_line(&text.replace(['\t', '\n', '\r'], " "))).into_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_that_is_hidden_is_left() {
        for (text, expected) in [
            ("Größe 漢 🧑‍🌾", "Größe 漢 🧑‍🌾"),
            ("a\tb\r\nc", "a b  c"),
            ("::error::a::b ##[x]", "<U+003A>:error::a::b <U+0023>#[x]"),
            ("\u{1b}[31m\u{7f}\u{9b}2J", "␛[31m␡<U+009B>2J"),
            ("\u{202e}x\u{feff}\u{2028}", "<U+202E>x<U+FEFF><U+2028>"),
        ] {
            assert_eq!(plain(text), expected);
            assert_eq!(plain(expected), expected);
        }
    }
}
