//! Secrets whose values are known.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{decoded_text::DecodedText, masked::HIDDEN, values::is_prose};

/// Bytes from which on a value is not part of other words.
const SHORTEST: usize = 8;

/// Bytes from which on a shorter value is hidden where it is a whole word, unless it reads as prose.
const SHORTEST_WORD: usize = 4;

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
        Self { found: any_of(values), words: any_of(words.collect()) }
    }

    /// The text with `…` in place of each secret.
    #[must_use]
    pub fn hide(&self, text: &str) -> String {
        let (Some(found), Some(words)) = (&self.found, &self.words) else { return HIDDEN.to_owned() };
        let decoded = DecodedText::new(text);
        let text = decoded.without(found.find_iter(&decoded.decoded()).map(|found| found.range()));
        let decoded = DecodedText::new(&text);
        let is_part =
            |place: usize| decoded.byte(place).is_some_and(|it| it.is_ascii_alphanumeric() || !it.is_ascii());
        let is_word =
            |found: &Range<usize>| !found.start.checked_sub(1).is_some_and(is_part) && !is_part(found.end);
        let bytes = decoded.decoded();
        decoded.without(words.find_iter(&bytes).map(|found| found.range()).filter(is_word))
    }
}

/// Finds all of these values at once; none if there are too many for that.
fn any_of(mut values: Vec<String>) -> Option<AhoCorasick> {
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
        ] {
            assert_eq!(secrets.hide(text), hidden);
        }
    }

    #[test]
    fn many_secrets_and_long_texts_end() {
        let secrets = KnownSecrets::new((0..60_000).map(|number| format!("secret-{number}")));
        let text = "secret-secret-59999 ".repeat(20_000);
        assert_eq!(secrets.hide(&text), "secret-… ".repeat(20_000));
    }
}
