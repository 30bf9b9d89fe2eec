//! Hashes of a file's lines: a merge needs no more of the file as it was written.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// Length of a line's hash.
const LENGTH: usize = 4;

/// Digits of base64.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A hash of four characters for each line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct LineHashes(String);

/// A file as it was written, restored from hashes of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Contents. Unknown lines hold a NUL and a number, so that they differ from all others.
    pub bytes: Vec<u8>,
    /// True if all lines are known.
    pub is_whole: bool,
}

impl LineHashes {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut all = String::new();
        lines(bytes).for_each(|line| all.extend(hash(line).map(char::from)));
        Self(all)
    }

    /// Restores the file from the lines of `others`: a line in none of them was edited and is generated differently now.
    pub(super) fn restore(&self, others: &[&[u8]]) -> Restored {
        let known: HashMap<[u8; LENGTH], &[u8]> =
            others.iter().rev().flat_map(|text| lines(text)).map(|line| (hash(line), line)).collect();
        let mut restored = Restored { bytes: Vec::new(), is_whole: true };
        for (at, hash) in self.0.as_bytes().chunks(LENGTH).enumerate() {
            match <[u8; LENGTH]>::try_from(hash).ok().and_then(|hash| known.get(&hash)) {
                Some(line) => restored.bytes.extend_from_slice(line),
                None => {
                    restored.is_whole = false;
                    restored.bytes.extend_from_slice(format!("\0{at}\n").as_bytes());
                }
            }
        }
        restored
    }

    /// Returns true if these are the hashes of a file's lines.
    pub(super) fn are_of(&self, bytes: &[u8]) -> bool {
        let mut known = self.0.as_bytes().chunks(LENGTH);
        lines(bytes).all(|line| known.next() == Some(&hash(line))) && known.next().is_none()
    }

    pub(super) fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(end);
        rest = after;
        (!line.is_empty()).then_some(line)
    })
}

/// Computes 24 bits of FNV-1a, as four digits of base64: enough to tell the lines of one file apart.
fn hash(line: &[u8]) -> [u8; LENGTH] {
    let all = line
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |all, &byte| (all ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let [a, b, c, d, e, f, g, h] = all.to_be_bytes();
    let (first, second, third) = (a ^ d ^ g, b ^ e ^ h, c ^ f);
    let digits = [first >> 2, first << 4 | second >> 4, second << 2 | third >> 6, third];
    digits.map(|digit| DIGITS[usize::from(digit % 64)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_compared_without_a_text() {
        let hashes = LineHashes::of(b"a\nb\n");
        assert!(hashes.are_of(b"a\nb\n") && LineHashes::of(b"").are_of(b""));
        for other in [&b"a\n"[..], b"a\nb\nc", b"a\nc\n", b"a\nb", b""] {
            assert!(!hashes.are_of(other), "{other:?}");
        }
        assert!(!LineHashes::from_text("abc").are_of(b""));
    }

    #[test]
    fn hashes_are_those_of_earlier_versions() {
        assert_eq!(LineHashes::of(b"a\n\xff\n<a/>\r\nb").as_str(), "6JyY98NpM2y3EkDe");
    }

    #[test]
    fn files_are_restored_from_their_lines() {
        for bytes in
            [b"".as_slice(), b"a", b"a\n\nb\na\n", &b"<resource name=\"a\"/>\r\n".repeat(50), &[0xff, 0]]
        {
            let restored = LineHashes::of(bytes).restore(&[b"x\ny\n", bytes]);
            assert_eq!(restored, Restored { bytes: bytes.to_vec(), is_whole: true });
        }
    }

    #[test]
    fn lines_that_nobody_has_differ_from_all_others() {
        let restored = LineHashes::of(b"a\nb\nc\nd\n").restore(&[b"a\n", b"c\n"]);
        assert_eq!(restored, Restored { bytes: b"a\n\x001\nc\n\x003\n".to_vec(), is_whole: false });
    }

    #[test]
    fn damage_is_no_panic() {
        for text in ["!", "AAAA", "////é", "AAAAA"] {
            assert!(!LineHashes(text.to_owned()).restore(&[b"a\n"]).is_whole);
        }
    }
}
