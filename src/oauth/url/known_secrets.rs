//! Secrets whose values are known.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use serde_json::Value;

use super::{decoded_text::DecodedText, masked::HIDDEN, values::is_prose};

/// Bytes from which on a value is not part of other words.
const SHORTEST: usize = 8;

/// Bytes from which on a shorter value is hidden where it is a whole word, unless it reads as prose.
const SHORTEST_WORD: usize = 4;

/// Most bytes of a letter.
const LONGEST_LETTER: usize = 4;

/// Secrets that are hidden wherever they occur, whatever stands before them, in either case and however often they are
/// percent-encoded.
pub struct KnownSecrets {
    /// All of them at once; none if there are too many for that.
    found: Option<AhoCorasick>,
    /// Secrets that are only hidden as whole words.
    words: Option<AhoCorasick>,
}

impl KnownSecrets {
    /// Creates the set. Values shorter than 8 bytes are hidden as whole words; those shorter than 4 bytes, and short words of
    /// letters only, are left out.
    #[must_use]
    pub fn new(values: impl IntoIterator<Item = String>) -> Self {
        let (values, words): (Vec<_>, Vec<_>) = values.into_iter().partition(|value| value.len() >= SHORTEST);
        let words = words.into_iter().filter(|word| word.len() >= SHORTEST_WORD && !is_prose(word));
        Self { found: any_of(values), words: any_of(words) }
    }

    /// The text with `…` in place of each secret.
    #[must_use]
    pub fn hide(&self, text: &str) -> String {
        let (Some(found), Some(words)) = (&self.found, &self.words) else { return HIDDEN.to_owned() };
        let decoded = DecodedText::new(text);
        let text = decoded.without(found.find_iter(&decoded.decoded()).map(|found| found.range()));
        let decoded = DecodedText::new(&text);
        let bytes = decoded.decoded();
        decoded.without(words.find_iter(&bytes).map(|found| found.range()).filter(|it| is_word(&bytes, it)))
    }
}

/// Returns true for a range between signs or spaces.
fn is_word(bytes: &[u8], range: &Range<usize>) -> bool {
    let before = &bytes[range.start.saturating_sub(LONGEST_LETTER)..range.start];
    let behind = &bytes[range.end..bytes.len().min(range.end + LONGEST_LETTER)];
    let before = String::from_utf8_lossy(before).chars().next_back();
    let behind = String::from_utf8_lossy(behind).chars().next();
    ![before, behind].into_iter().flatten().any(char::is_alphanumeric)
}

/// Spellings of a value, which may stand in JSON itself: its own, those of JSON, and that of HTML. Other entities than `&amp;` are
/// decoded with the text.
fn spellings(value: String) -> [String; 5] {
    let plain = serde_json::from_str(&format!("\"{value}\"")).unwrap_or_else(|_| value.clone());
    let json = Value::from(&*plain).to_string();
    let json = json.get(1..json.len() - 1).unwrap_or_default().to_owned();
    let of_php = json.replace('/', "\\/");
    [plain.replace('&', "&amp;"), value, plain, json, of_php]
}

/// Finds all of these values at once; none if there are too many for that.
fn any_of(values: impl IntoIterator<Item = String>) -> Option<AhoCorasick> {
    let mut values: Vec<String> = values.into_iter().flat_map(spellings).collect();
    values.sort_unstable();
    values.dedup();
    // Magento compares bearer tokens without regard to case.
    let mut finder = AhoCorasick::builder();
    finder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest).build(values).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_secrets_are_hidden_in_every_spelling() {
        let secrets = KnownSecrets::new(["hunter2 secret".to_owned(), "short".to_owned(), String::new()]);
        for (text, hidden) in [
            ("a nonce of hunter2 secret was used", "a nonce of … was used"),
            ("/nosuch/hunter2%20secret?x=1", "/nosuch/…?x=1"),
            ("x%3D%68unter2%2520secret%26y", "x%3D…%26y"),
            ("a HUNTER2 Secret", "a …"),
            ("short texts and hunter2 stay", "short texts and hunter2 stay"),
        ] {
            assert_eq!(secrets.hide(text), hidden);
        }
        assert_eq!(KnownSecrets::new([]).hide("hunter2 secret"), "hunter2 secret");
    }

    #[test]
    fn short_secrets_are_hidden_as_whole_words() {
        let secrets = KnownSecrets::new(["hunter2", "12", "order", "s3cr"].map(str::to_owned));
        for (text, hidden) in [
            ("no hunter2, \"HUNTER2\" or 'hunter2'", "no …, \"…\" or '…'"),
            ("order 12 of hunter23 or xs3cr or \u{e9}s3cr", "order 12 of hunter23 or xs3cr or \u{e9}s3cr"),
            ("?a=s3cr&b=s%33cr", "?a=…&b=…"),
            ("„hunter2“ «hunter2» ’hunter2’ hunter2… a\u{a0}hunter2", "„…“ «…» ’…’ …… a\u{a0}…"),
        ] {
            assert_eq!(secrets.hide(text), hidden);
        }
    }

    /// As JSON and HTML spell them.
    #[test]
    fn secrets_are_hidden_escaped_and_unescaped() {
        let secrets = ["abc&defgh1", r"abc\/defgh2", r#"ab\"cdefgh3"#, "abc/defgh4", "ab\"cdefgh5"];
        let secrets = KnownSecrets::new(secrets.map(str::to_owned));
        for text in [
            "abc&amp;defgh1, abc&defgh1",
            r"abc/defgh2, abc\/defgh2",
            r#"ab&quot;cdefgh3, ab\"cdefgh3"#,
            r"abc/defgh4, abc\/defgh4",
            r#"ab"cdefgh5, ab\"cdefgh5"#,
        ] {
            assert_eq!(secrets.hide(text), "…, …", "{text}");
        }
    }

    #[test]
    fn many_secrets_and_long_texts_end() {
        let secrets = KnownSecrets::new((0..60_000).map(|number| format!("secret-{number}")));
        let text = "secret-secret-59999 ".repeat(20_000);
        assert_eq!(secrets.hide(&text), "secret-… ".repeat(20_000));
    }
}
