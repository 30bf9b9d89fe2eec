//! Secrets whose values are known.

use super::percent;

/// Characters from which on a value is not part of other words.
const SHORTEST: usize = 8;

/// Secrets that are hidden wherever they occur, whatever stands before them.
#[derive(Clone, Default)]
pub struct KnownSecrets {
    /// The values and their encoded spellings, the longest first.
    spellings: Vec<String>,
}

impl KnownSecrets {
    /// Knows these values, but for those that are too short to be told from other words.
    #[must_use]
    pub fn new(values: impl IntoIterator<Item = String>) -> Self {
        let values = values.into_iter().filter(|value| value.len() >= SHORTEST);
        let mut spellings: Vec<String> = values
            .flat_map(|value| {
                let once = percent::encode(&value);
                [percent::encode(&once), once, value]
            })
            .collect();
        spellings.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        spellings.dedup();
        Self { spellings }
    }

    /// The text with `…` in place of each secret.
    #[must_use]
    pub fn hide(&self, text: &str) -> String {
        let hide = |text: String, secret: &String| {
            if text.contains(secret.as_str()) { text.replace(secret.as_str(), "…") } else { text }
        };
        self.spellings.iter().fold(text.to_owned(), hide)
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
            ("x%3Dhunter2%2520secret%26y", "x%3D…%26y"),
            ("short texts and hunter2 stay", "short texts and hunter2 stay"),
        ] {
            assert_eq!(secrets.hide(text), hidden);
        }
        assert_eq!(KnownSecrets::default().hide("hunter2 secret"), "hunter2 secret");
    }
}
