//! Counter of texts from logs, limited in the number of different texts.

use std::{borrow::Cow, collections::HashMap};

use crate::diag::printable_line;

/// Greatest number of different unknown requests, and of user agents. Further ones are counted together, so that memory
/// stays bounded for a log with ever new paths.
pub const MOST_KINDS: usize = 1000;

/// Counts by name, for a limited number of names.
#[derive(Debug, Default)]
pub struct Kinds {
    known: HashMap<String, u64>,
    /// Number of occurrences of all other names.
    pub others: u64,
}

impl Kinds {
    pub(super) fn add(&mut self, name: Cow<'_, str>) {
        if let Some(count) = self.known.get_mut(&*name) {
            *count += 1;
        } else if self.known.len() < MOST_KINDS {
            self.known.insert(name.into_owned(), 1);
        } else {
            self.others += 1;
        }
    }

    /// Names with their counts, most frequent first.
    #[must_use]
    pub fn sorted(&self) -> Vec<(&str, u64)> {
        let mut all: Vec<_> = self.known.iter().map(|(name, &count)| (name.as_str(), count)).collect();
        all.sort_unstable_by_key(|&(name, count)| (std::cmp::Reverse(count), name));
        all
    }
}

/// Makes a text safe for one line of a terminal: limited in length, without control characters.
pub(super) fn printable_prefix(text: &str, length: usize) -> Cow<'_, str> {
    let shown = printable_line(text);
    match shown.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", &shown[..end]).into(),
        None => shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_for_a_terminal_is_harmless() {
        assert_eq!(printable_prefix("a\u{1b}[2Jé", 20), "a␛[2Jé");
        assert_eq!(printable_prefix("abc", 3), "abc");
        assert_eq!(printable_prefix("abcd", 3), "abc…");
        assert_eq!(printable_prefix("ab\u{1b}c", 3), "ab␛…");
        assert_eq!(printable_prefix("äöü", 3), "äöü");
    }
}
