//! Long words that look random.

use super::{Secret, longest_run};

/// Words before a hash that nobody keeps secret.
const HASHES: [&str; 14] = [
    "commit",
    "revision",
    "rev",
    "sha",
    "sha1",
    "sha256",
    "sha384",
    "sha512",
    "md5",
    "hash",
    "checksum",
    "digest",
    "fingerprint",
    "integrity",
];

/// Length of the shortest word that may be random.
const SHORTEST: usize = 20;

/// Finds the first random word.
pub(super) fn find(text: &str) -> Option<Secret<'_>> {
    if longest_run(text, |byte| byte != b' ') < SHORTEST {
        return None;
    }
    let mut before = "";
    for piece in text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | ',' | '(' | ')')) {
        if let Some(text) = secret_part(piece, before) {
            return Some(Secret { text, what: "a key or token" });
        }
        if !piece.is_empty() {
            before = piece;
        }
    }
    None
}

/// Random part of a piece of text without spaces.
fn secret_part<'t>(piece: &'t str, before: &str) -> Option<&'t str> {
    if piece.len() < SHORTEST {
        return None;
    }
    let before = before.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_lowercase();
    let lower = piece.to_lowercase();
    let is_hash = HASHES.contains(&&*before)
        || HASHES
            .iter()
            .any(|name| lower.strip_prefix(name).is_some_and(|it| it.starts_with([':', '-', '='])));
    if is_hash || piece.contains("://") || piece.contains(['\\', '@']) || is_uuid(piece) {
        return None;
    }
    if piece.len() == 40 && piece.contains('/') && !piece.contains(['_', '-', '.']) && is_mixed(piece, 3) {
        return Some(piece);
    }
    let is_apart = |c: char| !c.is_ascii_alphanumeric() && !"_-+=".contains(c);
    piece.split(is_apart).map(|word| word.trim_matches(['=', '-', '_'])).find(|word| is_random(word))
}

fn is_uuid(piece: &str) -> bool {
    let piece = piece.trim_matches(|c: char| !c.is_ascii_hexdigit());
    let lengths: Vec<usize> = piece.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && piece.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-')
}

fn is_random(word: &str) -> bool {
    let is_hex = word.bytes().all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it))
        || word.bytes().all(|it| it.is_ascii_digit() || (b'A'..=b'F').contains(&it));
    if is_hex {
        return word.len() >= 32 && digit_groups(word) >= 4;
    }
    let has_upper = word.contains(|c: char| c.is_ascii_uppercase());
    let has_lower = word.contains(|c: char| c.is_ascii_lowercase());
    if has_upper && has_lower {
        return word.len() >= SHORTEST && is_mixed(word, 2);
    }
    // Parts of a slug are short.
    let longest = word.split(['-', '_']).map(str::len).max().unwrap_or_default();
    longest >= 24 && digit_groups(word) >= 4 && entropy(word) > 3.0
}

/// Returns true if a word has uppercase letters, lowercase letters and digits that do not make up names.
fn is_mixed(word: &str, groups: usize) -> bool {
    let in_names: usize = names(word);
    digit_groups(word) >= 1
        && entropy(word) > 3.5
        && in_names * 2 < word.len()
        && (digit_groups(word) >= groups || in_names * 3 < word.len())
}

/// Number of letters in what reads like a name: four or more lowercase letters, one of them a vowel.
fn names(word: &str) -> usize {
    let runs = word.split(|c: char| !c.is_ascii_lowercase());
    let is_name = |run: &&str| run.len() >= 4 && run.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    // With the capital before it.
    runs.filter(is_name).map(|run| run.len() + 1).sum()
}

fn digit_groups(word: &str) -> usize {
    word.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count()
}

/// Bits per character.
fn entropy(word: &str) -> f64 {
    let mut counts = [0_u32; 128];
    let bytes = word.bytes().filter(u8::is_ascii);
    bytes.for_each(|byte| counts[usize::from(byte)] += 1);
    let all = f64::from(counts.iter().sum::<u32>());
    counts
        .iter()
        .filter(|&&count| count > 0)
        .map(|&count| f64::from(count) / all)
        .map(|share| -share * share.log2())
        .sum()
}
