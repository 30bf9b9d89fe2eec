//! Texts without their percent-encoding.

use std::ops::Range;

/// Bytes between words.
pub(super) const SPACES: &[u8] = b" \t\r\n\"'`(<";

/// Bytes before the name of a parameter, however often they are encoded.
pub(super) const EDGES: &[u8] = b"&?#;,/{}()<>\"'`=: \t\r\n";

/// Byte of a text, decoded.
#[derive(Debug, Clone, Copy)]
pub(super) struct DecodedByte {
    pub(super) byte: u8,
    /// Number of times that it is encoded.
    pub(super) depth: usize,
    /// Offset in the text.
    at: usize,
}

/// Text with its percent-encoding undone, however often it was done.
pub(super) struct DecodedText<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: Vec<DecodedByte>,
}

impl<'t> DecodedText<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let (mut bytes, mut at) = (Vec::with_capacity(text.len()), 0);
        while let Some(&plain) = text.as_bytes().get(at) {
            let (byte, depth, length) = escape(&text.as_bytes()[at..]).unwrap_or((plain, 0, 1));
            bytes.push(DecodedByte { byte, depth, at });
            at += length;
        }
        Self { text, bytes }
    }

    pub(super) fn decoded(&self) -> Vec<u8> {
        self.bytes.iter().map(|it| it.byte).collect()
    }

    pub(super) fn offset(&self, place: usize) -> usize {
        self.bytes.get(place).map_or(self.text.len(), |it| it.at)
    }

    pub(super) fn byte(&self, place: usize) -> Option<u8> {
        self.bytes.get(place).map(|it| it.byte)
    }

    /// First place from one on with one of these bytes that is encoded no more often than `depth`, or the end.
    pub(super) fn next(&self, from: usize, ends: &[u8], depth: usize) -> usize {
        let is_end = |it: &DecodedByte| it.depth <= depth && ends.contains(&it.byte);
        self.bytes[from..].iter().position(is_end).map_or(self.bytes.len(), |count| from + count)
    }

    /// Returns true if the bytes before a place are these.
    pub(super) fn follows(&self, place: usize, before: &[u8]) -> bool {
        let bytes = place.checked_sub(before.len()).and_then(|start| self.bytes.get(start..place));
        bytes.is_some_and(|bytes| bytes.iter().map(|it| it.byte).eq(before.iter().copied()))
    }

    /// Returns true if the bytes from a place on are these.
    pub(super) fn continues(&self, place: usize, after: &[u8]) -> bool {
        self.follows(place + after.len(), after)
    }

    /// Place behind the bytes from one on that are one of these.
    pub(super) fn skip(&self, from: usize, bytes: &[u8]) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|it| bytes.contains(&it.byte)).count()
    }

    /// Returns true at the start of the text, and behind a space or a quote.
    pub(super) fn is_word_start(&self, place: usize) -> bool {
        place.checked_sub(1).is_none_or(|before| self.byte(before).is_some_and(|it| SPACES.contains(&it)))
    }

    /// Bytes of a range as text.
    pub(super) fn shown(&self, range: Range<usize>) -> String {
        let bytes: Vec<u8> = self.bytes.get(range).unwrap_or_default().iter().map(|it| it.byte).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Start of the word that ends at a place.
    pub(super) fn word_start(&self, end: usize) -> usize {
        self.bytes[..end].iter().rposition(|it| EDGES.contains(&it.byte)).map_or(0, |edge| edge + 1)
    }

    /// Last place of a range with a byte that is encoded no more often than `depth`.
    pub(super) fn last(&self, range: Range<usize>, byte: u8, depth: usize) -> Option<usize> {
        let is_it = |it: &DecodedByte| it.byte == byte && it.depth <= depth;
        self.bytes[range.clone()].iter().rposition(is_it).map(|at| range.start + at)
    }
}

/// Byte that an escape at the start stands for, the number of times that it is encoded, and its length: `%252F`.
fn escape(text: &[u8]) -> Option<(u8, usize, usize)> {
    let [b'%', rest @ ..] = text else { return None };
    let digits = |at: usize| {
        let pair = std::str::from_utf8(rest.get(at..at + 2)?).ok()?;
        u8::from_str_radix(pair, 16).ok().filter(|_| pair.bytes().all(|it| it.is_ascii_hexdigit()))
    };
    let (mut byte, mut depth) = (digits(0)?, 1);
    while byte == b'%'
        && let Some(next) = digits(2 * depth)
    {
        (byte, depth) = (next, depth + 1);
    }
    Some((byte, depth, 1 + 2 * depth))
}
