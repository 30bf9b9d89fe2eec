//! Chunked bodies, followed byte by byte.

use crate::mock::http::limits::LARGEST_BODY;

/// Part of a chunked body that the next byte belongs to, as hyper reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ChunkPart {
    /// Size, with or without a digit so far.
    Size {
        has_digit: bool,
    },
    /// Spaces or an extension behind a size.
    Extension,
    SizeEnd,
    Data,
    DataEnd,
    DataEndLine,
    /// Line of a trailer, empty so far or not.
    Trailer {
        is_empty: bool,
    },
    TrailerEnd {
        is_empty: bool,
    },
}

/// Progress in a chunked body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunks {
    part: ChunkPart,
    /// Bytes of the current chunk that are left; while its size is read, the number so far.
    left: u64,
    /// Bytes of all chunks before it.
    sum: u64,
}

/// Effect of a byte on a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChunkStep {
    Further,
    /// The byte is the last one of the body.
    End,
    /// The chunk makes the body larger than the limit.
    TooLarge,
    /// The size of the chunk is not a number.
    BeyondNumbers,
    /// The byte cannot stand there.
    Wrong,
}

impl Chunks {
    pub(super) const fn new() -> Self {
        Self { part: ChunkPart::Size { has_digit: false }, left: 0, sum: 0 }
    }

    /// Follows the next byte.
    pub(super) fn step(&mut self, byte: u8) -> ChunkStep {
        self.part = match (self.part, byte) {
            (ChunkPart::Size { .. }, digit) if digit.is_ascii_hexdigit() => {
                let digit = char::from(digit).to_digit(16).unwrap_or_default();
                // nginx reads a signed number.
                if self.left > i64::MAX.unsigned_abs() / 16 {
                    return ChunkStep::BeyondNumbers;
                }
                self.left = self.left * 16 + u64::from(digit);
                ChunkPart::Size { has_digit: true }
            }
            (ChunkPart::Size { has_digit: true }, b'\r' | b' ' | b'\t' | b';')
                if self.sum.saturating_add(self.left) > LARGEST_BODY as u64 =>
            {
                return ChunkStep::TooLarge;
            }
            (ChunkPart::Size { has_digit: true } | ChunkPart::Extension, b'\r') => ChunkPart::SizeEnd,
            (ChunkPart::Size { has_digit: true }, b' ' | b'\t' | b';') => ChunkPart::Extension,
            (ChunkPart::Extension, other) if other != b'\n' => ChunkPart::Extension,
            (ChunkPart::SizeEnd, b'\n') if self.left == 0 => ChunkPart::Trailer { is_empty: true },
            (ChunkPart::SizeEnd, b'\n') => {
                self.sum += self.left;
                ChunkPart::Data
            }
            (ChunkPart::Data, _) => {
                self.left -= 1;
                if self.left == 0 { ChunkPart::DataEnd } else { ChunkPart::Data }
            }
            (ChunkPart::DataEnd, b'\r') => ChunkPart::DataEndLine,
            (ChunkPart::DataEndLine, b'\n') => ChunkPart::Size { has_digit: false },
            (ChunkPart::Trailer { is_empty }, b'\r') => ChunkPart::TrailerEnd { is_empty },
            (ChunkPart::Trailer { .. }, other) if other != b'\n' => ChunkPart::Trailer { is_empty: false },
            (ChunkPart::TrailerEnd { is_empty: true }, b'\n') => return ChunkStep::End,
            (ChunkPart::TrailerEnd { is_empty: false }, b'\n') => ChunkPart::Trailer { is_empty: true },
            _ => return ChunkStep::Wrong,
        };
        ChunkStep::Further
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Number of bytes up to the first step that is not the usual one, and that step.
    fn steps(text: &str) -> (usize, ChunkStep) {
        let mut chunks = Chunks::new();
        let steps = text.bytes().map(|byte| chunks.step(byte)).zip(1..);
        steps.map(|(step, count)| (count, step)).find(|(_, step)| *step != ChunkStep::Further).unwrap()
    }

    #[test]
    fn ends_and_sizes_are_found() {
        let whole = "2\r\nab\r\n01;x=y\r\nc\r\n0 \r\nA: b\r\n\r\n";
        assert_eq!(steps(whole), (whole.len(), ChunkStep::End));
        assert_eq!(steps("0\r\n\r\nGET"), (5, ChunkStep::End));
        for (size, step) in [
            ("1000001", ChunkStep::TooLarge),
            ("7fffffff;x", ChunkStep::TooLarge),
            ("1\r\na\r\n1000000", ChunkStep::TooLarge),
            ("7fffffffffffffff", ChunkStep::TooLarge),
            ("ffffffffffffffff", ChunkStep::BeyondNumbers),
        ] {
            assert_eq!(steps(&format!("{size}\r\n")).1, step, "{size}");
        }
        for wrong in ["\r\n", "g", "-1", "1\n", "1\r\nab", "0\r\nA: b\n"] {
            assert_eq!(steps(wrong).1, ChunkStep::Wrong, "{wrong}");
        }
    }
}
