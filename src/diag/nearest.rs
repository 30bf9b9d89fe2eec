//! Suggestions: "did you mean …?".

use std::cell::Cell;

/// Minimum similarity for a suggestion.
const ALIKE: f64 = 0.8;

/// Suggestions that a run still makes. Each compares a word with hundreds of others, and nobody reads thousands: after
/// the first ones, findings have no suggestion.
#[derive(Debug)]
pub struct Suggestions {
    left: Cell<usize>,
}

impl Suggestions {
    /// Greatest number of suggestions in a run.
    pub const MOST: usize = 100;

    /// Makes a suggestion; none if there have been enough.
    pub fn make<T>(&self, suggestion: impl FnOnce() -> T) -> Option<T> {
        let left = self.left.get().checked_sub(1)?;
        self.left.set(left);
        Some(suggestion())
    }
}

impl Default for Suggestions {
    fn default() -> Self {
        Self { left: Cell::new(Self::MOST) }
    }
}

/// Returns the candidate most similar to `word`, or `None` if none is close enough to suggest.
///
/// Ignores case and the characters `-`, `_` and space; of equally close candidates the first wins.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_above(ALIKE, word, candidates)
}

/// Like `nearest` with a minimum similarity from 0 to 1: in long lists of words everything is similar to something.
pub fn nearest_above<'a>(
    likeness: f64,
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let word = normalize(word);
    let mut best: Option<(&str, f64)> = None;
    for candidate in candidates {
        let needed = best.map_or(likeness, |(_, so_far)| so_far);
        let found = self::likeness(&word, &normalize(candidate), needed);
        if let Some(found) = found.filter(|&found| best.is_none() || found > needed) {
            best = Some((candidate, found));
        }
    }
    best.map(|(candidate, _)| candidate)
}

/// Returns the similarity of two texts, from 0 to 1 (Jaro-Winkler); `None` if it is less than `at_least`, which a
/// cheap bound mostly shows.
#[must_use]
pub fn likeness(one: &str, other: &str, at_least: f64) -> Option<f64> {
    if most(one.as_bytes(), other.as_bytes()) < at_least {
        return None;
    }
    Some(strsim::jaro_winkler(one, other)).filter(|&found| found >= at_least)
}

/// Upper bound for the similarity of two ASCII texts, by the characters they share at any position. 1 for other
/// texts.
fn most(one: &[u8], other: &[u8]) -> f64 {
    if one.is_empty() || other.is_empty() || !one.is_ascii() || !other.is_ascii() {
        return 1.0;
    }
    let mut counts = [0u16; 128];
    for &byte in one {
        counts[usize::from(byte)] = counts[usize::from(byte)].saturating_add(1);
    }
    let mut common = 0u32;
    for &byte in other {
        let count = &mut counts[usize::from(byte)];
        common += u32::from(*count > 0);
        *count = count.saturating_sub(1);
    }
    let prefix = one.iter().zip(other).take(4).take_while(|(a, b)| a == b).count();
    let share = |length: usize| f64::from(common) / length as f64;
    let jaro = (share(one.len()) + share(other.len()) + 1.0) / 3.0;
    // Margin for rounding errors.
    jaro + 0.1 * prefix as f64 * (1.0 - jaro) + 1e-9
}

/// Phrases the suggestion: `did you mean "a", "b" or "c"?`; `None` without a candidate.
pub fn did_you_mean<T: AsRef<str>>(candidates: &[T]) -> Option<String> {
    let (last, others) = candidates.split_last()?;
    let others: Vec<String> = others.iter().map(|candidate| format!("\"{}\"", candidate.as_ref())).collect();
    let last = last.as_ref();
    Some(if others.is_empty() {
        format!("did you mean \"{last}\"?")
    } else {
        format!("did you mean {} or \"{last}\"?", others.join(", "))
    })
}

fn normalize(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn typos_find_their_word() {
        let keys = ["name", "email", "endpoint_url", "identity_link_url", "resources"];
        for (typo, key) in [
            ("endpoint-url", Some("endpoint_url")),
            ("e_mail", Some("email")),
            ("resource", Some("resources")),
            ("endpoint", Some("endpoint_url")),
            ("zzz", None),
        ] {
            assert_eq!(nearest(typo, keys), key, "{typo}");
        }
    }

    proptest! {
        #[test]
        fn what_is_skipped_is_less_alike(one in "[a-d_é]{0,9}", other in "[a-d_é]{0,9}", at_least in 0.0..1.0f64) {
            let exact = strsim::jaro_winkler(&one, &other);
            prop_assert_eq!(likeness(&one, &other, at_least), Some(exact).filter(|&exact| exact >= at_least));
        }
    }
}
