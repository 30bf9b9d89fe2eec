//! Text that cannot play tricks on a terminal.

use std::borrow::Cow;

/// The text with its control characters made visible: a file on disk may hold escape sequences, and marks that turn
/// the direction of what follows. Tabs stay.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let picture = |c: char| match c {
        // The control pictures, which stand in the order of what they show.
        c if c < ' ' => char::from_u32(0x2400 + u32::from(c)).map_or_else(String::new, String::from),
        '\u{7f}' => '\u{2421}'.into(),
        c if is_hidden(c) => format!("<U+{:04X}>", u32::from(c)),
        c => c.into(),
    };
    Cow::Owned(text.chars().map(picture).collect())
}

fn is_hidden(c: char) -> bool {
    let turns =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    // The joiner stays: families and farmers are made with it.
    let has_no_width = matches!(c, '\u{200b}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}');
    turns || has_no_width || (c.is_control() && c != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_shown() {
        assert_eq!(visible("a\tü 漢"), "a\tü 漢");
        assert_eq!(visible("\u{1b}[31m\r\u{7f}\u{85}"), "␛[31m␍␡<U+0085>");
        assert_eq!(visible("\u{202e}x\u{feff}"), "<U+202E>x<U+FEFF>");
        assert_eq!(visible("🧑‍🌾"), "🧑‍🌾");
    }
}
