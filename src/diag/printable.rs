//! Foreign text that a terminal or a page shows as it is.

use std::borrow::Cow;

/// The text with everything visible that a terminal would obey, that turns the direction of the text behind it, or that has
/// no width. Tabs and line ends stay. What is printable stays as it is, so doing this twice is the same as once.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    shown(text, |c, next| matches!(c, '\t' | '\n') || (c == '\r' && next == Some('\n')), picture)
}

/// The same on one line: tabs and line ends are shown too.
#[must_use]
pub fn printable_line(text: &str) -> Cow<'_, str> {
    shown(text, |_, _| false, picture)
}

/// A JSON document that says the same, with what is hidden escaped.
#[must_use]
pub fn printable_json(document: &str) -> Cow<'_, str> {
    let escaped = |c: char| {
        let mut units = [0; 2];
        c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
    };
    // Outside of texts JSON has no hidden characters but these.
    shown(document, |c, _| matches!(c, '\t' | '\n' | '\r'), escaped)
}

/// `stays` is asked about a hidden character and the one behind it; `picture` is what to show instead.
fn shown(
    text: &str,
    stays: impl Fn(char, Option<char>) -> bool,
    picture: impl Fn(char) -> String,
) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            c if !is_hidden(c) || stays(c, chars.peek().copied()) => shown.push(c),
            c => shown.push_str(&picture(c)),
        }
    }
    Cow::Owned(shown)
}

fn picture(hidden: char) -> String {
    match hidden {
        // The control pictures, which stand in the order of what they show.
        c if c < ' ' => char::from_u32(0x2400 + u32::from(c)).into_iter().collect(),
        '\u{7f}' => "\u{2421}".to_owned(),
        c => format!("<U+{:04X}>", u32::from(c)),
    }
}

/// The two joiners are not hidden: families and farmers are made with them, and words of some languages.
fn is_hidden(c: char) -> bool {
    let turns =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let ends_a_line = matches!(c, '\u{2028}' | '\u{2029}');
    let has_no_width = matches!(
        c,
        '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    );
    c.is_control() || turns || ends_a_line || has_no_width
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_hidden_is_shown() {
        for (text, lines, line) in [
            ("Größe 漢 🧑‍🌾", "Größe 漢 🧑‍🌾", "Größe 漢 🧑‍🌾"),
            ("a\tb\r\nc\n", "a\tb\r\nc\n", "a␉b␍␊c␊"),
            ("a\rb", "a␍b", "a␍b"),
            ("\u{1b}[31m\u{7f}\u{9b}2J\u{85}", "␛[31m␡<U+009B>2J<U+0085>", "␛[31m␡<U+009B>2J<U+0085>"),
            ("\u{202e}x\u{feff}\u{2028}", "<U+202E>x<U+FEFF><U+2028>", "<U+202E>x<U+FEFF><U+2028>"),
            ("a\u{200b}\u{200d}\u{e0041}", "a<U+200B>\u{200d}<U+E0041>", "a<U+200B>\u{200d}<U+E0041>"),
        ] {
            assert_eq!((printable(text).as_ref(), printable_line(text).as_ref()), (lines, line));
        }
    }

    #[test]
    fn a_document_says_the_same_with_escapes() {
        let document = "{\n\t\"a\": \"\u{7f}\u{9b}\u{202e}\u{e0041}ü\"\n}";
        let escaped = printable_json(document);
        assert_eq!(escaped, "{\n\t\"a\": \"\\u007f\\u009b\\u202e\\udb40\\udc41ü\"\n}");
        let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(parsed(&escaped), parsed(document));
    }

    fn text() -> impl Strategy<Value = String> {
        let marks =
            "[a-c\t\r\n\u{1b}\u{7f}\u{85}\u{9b}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2066}\u{feff}]{0,12}";
        prop_oneof![any::<String>(), marks]
    }

    proptest! {
        #[test]
        fn nothing_that_is_hidden_is_left(text in text()) {
            let (lines, line) = (printable(&text), printable_line(&text));
            prop_assert!(!line.contains(is_hidden));
            prop_assert!(!lines.replace("\r\n", "").replace(['\t', '\n'], "").contains(is_hidden));
            prop_assert_eq!(printable(&lines), lines.as_ref());
            prop_assert_eq!(printable_line(&line), line.as_ref());
        }

        #[test]
        fn other_text_stays(text in "[ -~ü漢🧑\u{200d}]{0,20}") {
            prop_assert!(matches!(printable_line(&text), Cow::Borrowed(same) if same == text));
        }
    }
}
