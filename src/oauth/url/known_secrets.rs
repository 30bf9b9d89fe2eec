//! Secrets whose values are known.

use aho_corasick::{AhoCorasick, MatchKind};

use super::{decoded_text::DecodedText, masked::HIDDEN};

/// Bytes from which on a value is not part of other words.
const SHORTEST: usize = 8;

/// Secrets that are hidden wherever they occur, whatever stands before them, in either case and however often they are
/// percent-encoded.
pub struct KnownSecrets {
    /// All of them at once; none if there are too many for that.
    found: Option<AhoCorasick>,
}

impl KnownSecrets {
    /// Creates the set; values shorter than 8 bytes are left out.
    #[must_use]
    pub fn new(values: impl IntoIterator<Item = String>) -> Self {
        let mut values: Vec<String> = values.into_iter().filter(|value| value.len() >= SHORTEST).collect();
        values.sort_unstable();
        values.dedup();
        // Magento compares bearer tokens without regard to case.
        let found = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(values)
            .ok();
        Self { found }
    }

    /// The text with `…` in place of each secret.
    #[must_use]
    pub fn hide(&self, text: &str) -> String {
        let Some(found) = &self.found else { return HIDDEN.to_owned() };
        let decoded = DecodedText::new(text);
        decoded.without(found.find_iter(&decoded.decoded()).map(|found| found.range()))
    }
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
    fn many_secrets_and_long_texts_end() {
        let secrets = KnownSecrets::new((0..60_000).map(|number| format!("secret-{number}")));
        let text = "secret-secret-59999 ".repeat(20_000);
        assert_eq!(secrets.hide(&text), "secret-… ".repeat(20_000));
    }
}
