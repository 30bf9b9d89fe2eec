//! Counter of texts from logs, limited in the number of different texts.

use std::borrow::Cow;

use indexmap::IndexMap;

use crate::diag::printable_line;

/// Greatest number of different unknown requests, and of user agents. Further ones are counted together, so that memory
/// stays bounded for a log with ever new paths.
pub const MOST_KINDS: usize = 1000;

/// Counts by name, for a limited number of names: those that come first.
#[derive(Debug, Default)]
pub struct Kinds {
    known: IndexMap<String, u64>,
    /// Number of occurrences of all other names.
    pub others: u64,
}

/// Counts by name, for all names of a block, in the order in which they come.
#[derive(Debug, Default)]
pub(super) struct KindsOfBlock(IndexMap<String, u64>);

impl KindsOfBlock {
    pub(super) fn add(&mut self, name: Cow<'_, str>) {
        match self.0.get_mut(&*name) {
            Some(count) => *count += 1,
            None => drop(self.0.insert(name.into_owned(), 1)),
        }
    }
}

impl Kinds {
    /// Adds the counts of the next block.
    pub(super) fn join(&mut self, next: KindsOfBlock) {
        for (name, count) in next.0 {
            if let Some(known) = self.known.get_mut(&name) {
                *known += count;
            } else if self.known.len() < MOST_KINDS {
                self.known.insert(name, count);
            } else {
                self.others += count;
            }
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
