//! Text of third parties, made to fit one line of a file or of a terminal.

/// The text without what a terminal obeys, what ends a line or a column, and what turns the direction of the text behind
/// it or has no width. White space becomes a space, as XML has it in an attribute; anything else is shown as what it is.
/// What has been made plain stays as it is.
pub(in crate::catalog) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => plain.push(' '),
            // The control pictures, which stand in the order of what they show.
            c if c < ' ' => plain.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7f}' => plain.push('\u{2421}'),
            c if is_hidden(c) => plain.push_str(&format!("<U+{:04X}>", u32::from(c))),
            c => plain.push(c),
        }
    }
    plain
}

/// The joiners stay: families and farmers are made with them, and words of some languages.
fn is_hidden(c: char) -> bool {
    let turns =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let has_no_width = matches!(c, '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}');
    turns || has_no_width || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_that_is_hidden_is_left() {
        for (text, expected) in [
            ("Größe 漢 🧑‍🌾", "Größe 漢 🧑‍🌾"),
            ("a\tb\r\nc", "a b  c"),
            ("\u{1b}[31m\u{7f}\u{9b}2J", "␛[31m␡<U+009B>2J"),
            ("\u{202e}x\u{feff}\u{2028}", "<U+202E>x<U+FEFF><U+2028>"),
        ] {
            assert_eq!(plain(text), expected);
            assert_eq!(plain(expected), expected);
        }
    }
}
