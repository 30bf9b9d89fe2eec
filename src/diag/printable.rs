//! Foreign text, made safe to print on a terminal, a page or the log of a workflow.

use std::borrow::Cow;

use memchr::memmem;

/// Replaces control, bidi and zero-width characters with visible symbols. Tabs and line ends stay. The result contains
/// no such characters, so a second call changes nothing.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    shown(text, |c, next| matches!(c, '\t' | '\n') || (c == '\r' && next == Some('\n')), picture)
}

/// Like [`printable`], on one line: tabs and line ends are replaced too.
#[must_use]
pub fn printable_line(text: &str) -> Cow<'_, str> {
    shown(text, |_, _| false, picture)
}

/// Like [`printable_line`], with spaces that look like the plain one, such as U+00A0, named too.
pub(super) fn printable_quote(text: &str) -> Cow<'_, str> {
    let is_odd_space = |c: char| c.is_whitespace() && !c.is_ascii();
    match printable_line(text) {
        text if text.is_ascii() || !text.contains(is_odd_space) => text,
        text => text
            .chars()
            .map(|c| if is_odd_space(c) { picture(c) } else { c.to_string() })
            .collect::<String>()
            .into(),
    }
}

/// Starts of workflow commands that stand anywhere in a line.
pub const WORKFLOW_COMMANDS: [&str; 2] = ["##[", "##vso["];

/// Breaks the workflow commands of GitHub and Azure in the lines of a text for people: `::` at the start of a line and
/// `##[` and `##vso[` anywhere.
#[must_use]
pub fn without_commands(text: &str) -> Cow<'_, str> {
    broken(text, "<U+003A>", "<U+0023>")
}

/// Like [`without_commands`] for an HTML page, which looks the same.
#[must_use]
pub fn without_commands_in_html(page: &str) -> Cow<'_, str> {
    broken(page, "&#58;", "&#35;")
}

/// Escapes the same characters in a JSON document, which keeps its meaning. It contains no workflow command.
#[must_use]
pub fn printable_json(document: &str) -> Cow<'_, str> {
    let escaped = |c: char| {
        let mut units = [0; 2];
        c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
    };
    // Outside of strings, JSON has no other hidden characters, and no colons or hashes at the start of a line.
    match shown(document, |c, _| matches!(c, '\t' | '\n' | '\r'), escaped) {
        Cow::Borrowed(document) => broken(document, "\\u003a", "\\u0023"),
        Cow::Owned(document) => Cow::Owned(broken(&document, "\\u003a", "\\u0023").into_owned()),
    }
}

/// Replaces the first character of each workflow command.
fn broken<'a>(text: &'a str, colon: &str, hash: &str) -> Cow<'a, str> {
    let bytes = text.as_bytes();
    let starts_line = |at: &usize| is_blank(text[..*at].rsplit('\n').next().unwrap_or_default());
    let mut starts: Vec<usize> = memmem::find_iter(bytes, "::").filter(starts_line).collect();
    starts.extend(WORKFLOW_COMMANDS.iter().flat_map(|command| memmem::find_iter(bytes, command)));
    if starts.is_empty() {
        return Cow::Borrowed(text);
    }
    starts.sort_unstable();
    let (mut broken, mut end) = (String::with_capacity(text.len() + 8), 0);
    for start in starts {
        broken += &text[end..start];
        broken += if bytes[start] == b':' { colon } else { hash };
        end = start + 1;
    }
    Cow::Owned(broken + &text[end..])
}

/// Returns true for the start of a line without anything but space and colours, which a log does not show.
fn is_blank(line: &str) -> bool {
    let mut rest = line.trim_start();
    while let Some(colour) = rest.strip_prefix("\u{1b}[") {
        let Some(behind) = colour.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('m') else {
            return false;
        };
        rest = behind.trim_start();
    }
    rest.is_empty()
}

/// `stays` gets a hidden character and the next one; `picture` returns its replacement.
fn shown(
    text: &str,
    stays: impl Fn(char, Option<char>) -> bool,
    picture: impl Fn(char) -> String,
) -> Cow<'_, str> {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_plain || !text.contains(is_hidden) {
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
        // The control pictures are in the order of the control characters.
        c if c < ' ' => char::from_u32(0x2400 + u32::from(c)).into_iter().collect(),
        '\u{7f}' => "\u{2421}".to_owned(),
        c => format!("<U+{:04X}>", u32::from(c)),
    }
}

/// Returns true for control, bidi and zero-width characters. ZWJ and ZWNJ stay: emoji and some scripts need them.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    let turns =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let ends_a_line = matches!(c, '\u{2028}' | '\u{2029}');
    let has_no_width = matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{feff}'
            | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}'
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

    #[test]
    fn workflow_commands_are_broken() {
        for (text, shown) in [
            ("a::b # c\n", "a::b # c\n"),
            ("::error file=a::b", "<U+003A>:error file=a::b"),
            ("a\n \t::error::b", "a\n \t<U+003A>:error::b"),
            ("\u{1b}[1m ::x", "\u{1b}[1m <U+003A>:x"),
            (":::x", "<U+003A>::x"),
            ("a ##[error]b ##vso[task] ###[x]", "a <U+0023>#[error]b <U+0023>#vso[task] #<U+0023>#[x]"),
        ] {
            assert_eq!(without_commands(text), shown);
        }
        assert_eq!(printable_json("{\"a\": \"##[x]::\"}"), "{\"a\": \"\\u0023#[x]::\"}");
        assert_eq!(without_commands_in_html("<p>\n::x ##[y]"), "<p>\n&#58;:x &#35;#[y]");
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
