//! Texts without their percent-encoding and other escapes.

use std::ops::Range;

/// Bytes between words.
pub(super) const SPACES: &[u8] = b" \t\r\n\"'`(<";

/// Spaces and ends of lines.
pub(super) const BLANKS: &[u8] = b" \t\r\n";

/// Bytes before the name of a parameter, however often they are encoded.
pub(super) const EDGES: &[u8] = b"&?#;,/{}()<>\"'`=: \t\r\n";

/// Longest name or number of an entity, with its `;`.
const LONGEST_ENTITY: usize = 8;

/// Byte of a text, decoded.
#[derive(Debug, Clone, Copy)]
pub(super) struct DecodedByte {
    pub(super) byte: u8,
    /// Number of times that it is encoded.
    pub(super) depth: usize,
    /// True for an entity of HTML or `\u0022`, which ends what an `&` ends.
    pub(super) is_entity: bool,
    /// Offset in the text.
    at: usize,
}

/// Byte that an escape stands for.
struct Escape {
    byte: u8,
    /// Number of times that it is encoded.
    depth: usize,
    is_entity: bool,
    /// Length of the escape.
    length: usize,
}

impl DecodedByte {
    /// Returns true for one of these bytes, encoded no more often than `depth`.
    pub(super) fn ends(&self, ends: &[u8], depth: usize) -> bool {
        self.depth <= depth && ends.contains(&self.byte) || self.is_entity && ends.contains(&b'&')
    }
}

/// Text with its percent-encoding undone, however often it was done, and with its entities and `\u0022` as what they mean.
pub(super) struct DecodedText<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: Vec<DecodedByte>,
}

impl<'t> DecodedText<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let (mut bytes, mut at) = (Vec::with_capacity(text.len()), 0);
        while let Some(&plain) = text.as_bytes().get(at) {
            let rest = &text.as_bytes()[at..];
            let found = percent(rest).or_else(|| entity(rest)).or_else(|| unicode(rest));
            let found = found.unwrap_or(Escape { byte: plain, depth: 0, is_entity: false, length: 1 });
            bytes.push(DecodedByte { byte: found.byte, depth: found.depth, is_entity: found.is_entity, at });
            at += found.length;
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
        self.bytes[from..]
            .iter()
            .position(|it| it.ends(ends, depth))
            .map_or(self.bytes.len(), |count| from + count)
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

    /// Place before the bytes up to one that are one of these.
    pub(super) fn skip_back(&self, to: usize, bytes: &[u8]) -> usize {
        to - self.bytes[..to].iter().rev().take_while(|it| bytes.contains(&it.byte)).count()
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

/// Returns true for a sign around a text.
pub(super) const fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'')
}

/// Percent-encoded byte at the start: `%252F`.
fn percent(text: &[u8]) -> Option<Escape> {
    let [b'%', rest @ ..] = text else { return None };
    let digits = |at: usize| hexadecimal(rest.get(at..at + 2)?);
    let (mut byte, mut depth) = (digits(0)?, 1);
    while byte == b'%'
        && let Some(next) = digits(2 * depth)
    {
        (byte, depth) = (next, depth + 1);
    }
    Some(Escape { byte, depth, is_entity: false, length: 1 + 2 * depth })
}

/// Entity at the start that stands for a sign of ASCII other than `&`: `&quot;`, `&#039;`, `&amp;#x22;`.
fn entity(text: &[u8]) -> Option<Escape> {
    let mut depth = 1;
    let mut name = text.strip_prefix(b"&")?;
    while let Some(rest) = name.strip_prefix(b"amp;") {
        (name, depth) = (rest, depth + 1);
    }
    let end = name.iter().take(LONGEST_ENTITY).position(|it| *it == b';')?;
    let length = text.len() - name.len() + end + 1;
    let byte = match &name[..end] {
        b"quot" => b'"',
        b"apos" => b'\'',
        b"lt" => b'<',
        b"gt" => b'>',
        [b'#', b'x' | b'X', digits @ ..] => hexadecimal(digits)?,
        [b'#', digits @ ..] => std::str::from_utf8(digits).ok()?.parse().ok()?,
        _ => return None,
    };
    is_sign(byte).then_some(Escape { byte, depth, is_entity: true, length })
}

/// Sign of ASCII at the start as JSON may escape it: `\u0022`.
fn unicode(text: &[u8]) -> Option<Escape> {
    let byte = hexadecimal(text.strip_prefix(b"\\u00")?.get(..2)?)?;
    is_sign(byte).then_some(Escape { byte, depth: 1, is_entity: true, length: 6 })
}

/// Number of at most two hexadecimal digits, after any zeros.
fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok().filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

/// Returns true for a visible sign that does not separate the parameters of a URL.
fn is_sign(byte: u8) -> bool {
    byte.is_ascii_graphic() && byte != b'&'
}
