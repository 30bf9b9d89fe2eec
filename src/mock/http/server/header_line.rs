//! Header lines, followed byte by byte to find lengths that hyper accepts or refuses otherwise than nginx.

/// Digits of nginx's largest `Content-Length`, a signed number of 64 bits. hyper refuses a longer one as too large, not as wrong.
const MOST_DIGITS: usize = 19;

/// Headers with the length of a body. nginx refuses a head with two of them; hyper drops one.
const CONTENT_LENGTH: &[u8] = b"content-length:";
const TRANSFER_ENCODING: &[u8] = b"transfer-encoding:";

/// Header line, as far as it has been read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct HeaderLine {
    /// Bytes, without the end of the line.
    pub(super) count: usize,
    /// True while it is, or may become, `Content-Length`.
    is_length: bool,
    /// True while it is, or may become, `Transfer-Encoding`.
    is_encoding: bool,
    /// Digits of the length, without leading zeros.
    digits: usize,
    /// True if one of the two came before.
    is_behind_length: bool,
}

impl HeaderLine {
    pub(super) const FIRST: Self =
        Self { count: 0, is_length: true, is_encoding: true, digits: 0, is_behind_length: false };

    /// Start of the line behind it.
    pub(super) fn next(self) -> Self {
        let is_length = self.is_length && self.count >= CONTENT_LENGTH.len();
        let is_encoding = self.is_encoding && self.count >= TRANSFER_ENCODING.len();
        Self { is_behind_length: self.is_behind_length || is_length || is_encoding, ..Self::FIRST }
    }

    /// The line with its next byte.
    pub(super) fn with(self, byte: u8) -> Self {
        if byte == b'\r' {
            return self;
        }
        let fits = |name: &[u8]| name.get(self.count).is_none_or(|it| it.eq_ignore_ascii_case(&byte));
        let is_length = self.is_length && fits(CONTENT_LENGTH);
        let is_value = is_length && self.count >= CONTENT_LENGTH.len();
        let is_digit = is_value && (byte > b'0' || self.digits > 0) && byte.is_ascii_digit();
        Self {
            count: self.count + 1,
            is_length,
            is_encoding: self.is_encoding && fits(TRANSFER_ENCODING),
            digits: self.digits + usize::from(is_digit),
            ..self
        }
    }

    /// Returns true if the last byte is one digit too many, or ends the name of a second length.
    pub(super) fn is_refused(self, last: u8) -> bool {
        let is_named = self.is_length && self.count == CONTENT_LENGTH.len()
            || self.is_encoding && self.count == TRANSFER_ENCODING.len();
        last.is_ascii_digit() && self.digits > MOST_DIGITS || is_named && self.is_behind_length
    }
}
