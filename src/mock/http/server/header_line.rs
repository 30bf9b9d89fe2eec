//! Header lines, followed byte by byte to find lengths and codings that hyper accepts or refuses otherwise than nginx.

/// Digits of nginx's largest `Content-Length`, a signed number of 64 bits. hyper refuses a longer one as too large, not as wrong.
const MOST_DIGITS: usize = 19;

/// Headers with the length of a body. nginx refuses a head with two of them; hyper drops one.
const CONTENT_LENGTH: &[u8] = b"content-length:";
const TRANSFER_ENCODING: &[u8] = b"transfer-encoding:";

/// The only coding that nginx knows.
const CHUNKED: &[u8] = b"chunked";

/// Header line, as far as it has been read.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeaderLine {
    /// Bytes, without the end of the line.
    pub(super) count: usize,
    /// True behind a carriage return.
    is_ended: bool,
    /// True while it is, or may become, `Content-Length`.
    is_length: bool,
    /// True while it is, or may become, `Transfer-Encoding`.
    is_encoding: bool,
    /// Digits of the length, without leading zeros.
    digits: usize,
    /// Letters of `chunked` that the coding has so far; none if it is another.
    letters: Option<usize>,
    before: LinesBefore,
}

/// Lengths in the lines before.
#[derive(Debug, Clone, Copy)]
struct LinesBefore {
    has_length: bool,
    is_chunked: bool,
    has_other_coding: bool,
}

impl HeaderLine {
    pub(super) const FIRST: Self = Self {
        count: 0,
        is_ended: false,
        is_length: true,
        is_encoding: true,
        digits: 0,
        letters: Some(0),
        before: LinesBefore { has_length: false, is_chunked: false, has_other_coding: false },
    };

    /// Start of the line behind it.
    pub(super) fn next(self) -> Self {
        let before = LinesBefore {
            has_length: self.before.has_length || self.is_length && self.count >= CONTENT_LENGTH.len(),
            is_chunked: self.before.is_chunked || self.is_coding() && self.is_chunked(),
            has_other_coding: self.before.has_other_coding || self.is_coding() && !self.is_chunked(),
        };
        Self { before, ..Self::FIRST }
    }

    /// The line with its next byte.
    pub(super) fn with(self, byte: u8) -> Self {
        if byte == b'\r' {
            return Self { is_ended: true, ..self };
        }
        let fits = |name: &[u8]| name.get(self.count).is_none_or(|it| it.eq_ignore_ascii_case(&byte));
        let is_length = self.is_length && fits(CONTENT_LENGTH);
        let is_value = is_length && self.count >= CONTENT_LENGTH.len();
        let is_digit = is_value && (byte > b'0' || self.digits > 0) && byte.is_ascii_digit();
        let letters = match self.letters {
            _ if !self.is_coding() => self.letters,
            Some(at) if byte == b' ' && (at == 0 || at == CHUNKED.len()) => Some(at),
            Some(at) if CHUNKED.get(at).is_some_and(|it| it.eq_ignore_ascii_case(&byte)) => Some(at + 1),
            _ => None,
        };
        Self {
            count: self.count + 1,
            is_length,
            is_encoding: self.is_encoding && fits(TRANSFER_ENCODING),
            digits: self.digits + usize::from(is_digit),
            letters,
            ..self
        }
    }

    /// Returns true if a `?` has to stand for the last byte: one digit too many, the end of the name of a second length, or a
    /// character of a coding that hyper refuses.
    pub(super) fn is_replaced(self, last: u8) -> bool {
        let LinesBefore { has_length, is_chunked, has_other_coding } = self.before;
        let is_second_length =
            self.is_length && self.count == CONTENT_LENGTH.len() && (has_length || is_chunked);
        let is_second_coding =
            self.is_encoding && self.count == TRANSFER_ENCODING.len() && (is_chunked || has_other_coding);
        let is_odd = !matches!(last, b'\0' | b'\t' | b'\r' | b' '..=b'~');
        last.is_ascii_digit() && self.digits > MOST_DIGITS
            || is_second_length
            || is_second_coding
            || self.is_coding() && is_odd
    }

    /// Bytes to hand on before the next byte. Another coding than `chunked` gets it as its last, since hyper refuses it as
    /// malformed otherwise; `chunked` beside a length gets a NUL, which hyper refuses.
    pub(super) fn addition(self, next: u8) -> &'static [u8] {
        let is_end = matches!(next, b'\r' | b'\n') && !self.is_ended;
        match (is_end && self.is_coding(), self.is_chunked()) {
            (true, false) => b",chunked",
            (true, true) if self.before.has_length => b"\0",
            _ => b"",
        }
    }

    /// Returns true in the value of `Transfer-Encoding`.
    fn is_coding(self) -> bool {
        self.is_encoding && self.count >= TRANSFER_ENCODING.len()
    }

    fn is_chunked(self) -> bool {
        self.letters == Some(CHUNKED.len())
    }
}
