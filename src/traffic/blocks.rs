//! Splitter of a stream into blocks of whole lines.

use std::io::{self, ErrorKind, Read};

use memchr::{memchr, memchr_iter, memrchr};

/// Greatest length of a line in bytes, with its line break; longer ones are counted and skipped.
pub const LONGEST_LINE: usize = 256 * 1024;

/// Stream, split into blocks of whole lines.
pub(super) struct Blocks<R> {
    from: R,
    buffer: Vec<u8>,
    /// End of the block that was returned.
    given: usize,
    /// End of the data that was read.
    filled: usize,
    /// True if the next data belongs to a line that is too long.
    is_within_long: bool,
    /// Number of lines read, including those too long.
    pub(super) lines: u64,
    /// Number of lines that were too long.
    pub(super) too_long: u64,
}

/// Block of whole lines.
pub(super) struct LogBlock<'a> {
    /// Number of its first line, from 1.
    pub(super) first: u64,
    pub(super) text: &'a [u8],
}

/// Number of line breaks in the text.
pub(super) fn line_ends(text: &[u8]) -> u64 {
    memchr_iter(b'\n', text).count() as u64
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(from: R) -> Self {
        Self {
            from,
            buffer: vec![0; LONGEST_LINE],
            given: 0,
            filled: 0,
            is_within_long: false,
            lines: 0,
            too_long: 0,
        }
    }

    /// Next lines; none at the end. Only the last line may lack its line break.
    pub(super) fn next(&mut self) -> io::Result<Option<LogBlock<'_>>> {
        self.buffer.copy_within(self.given..self.filled, 0);
        self.filled -= self.given;
        self.given = 0;
        loop {
            let before = self.filled;
            let read = self.read()?;
            self.filled += read;
            let lines = memrchr(b'\n', &self.buffer[before..self.filled]).map(|at| before + at + 1);
            match lines {
                Some(end) => {
                    self.given = end;
                    let start = self.end_of_long(end);
                    if start < end {
                        return Ok(Some(self.block(start, end)));
                    }
                    self.buffer.copy_within(end..self.filled, 0);
                    self.filled -= end;
                    self.given = 0;
                }
                None if read == 0 => {
                    self.given = self.filled;
                    let has_line = self.filled > 0 && !self.is_within_long;
                    return Ok(has_line.then(|| self.block(0, self.filled)));
                }
                None if self.is_within_long => self.filled = 0,
                None if self.filled == self.buffer.len() => {
                    self.is_within_long = true;
                    self.lines += 1;
                    self.too_long += 1;
                    self.filled = 0;
                }
                None => {}
            }
        }
    }

    fn block(&mut self, start: usize, end: usize) -> LogBlock<'_> {
        let text = &self.buffer[start..end];
        let first = self.lines + 1;
        self.lines += line_ends(text) + u64::from(!text.ends_with(b"\n"));
        LogBlock { first, text }
    }

    fn read(&mut self) -> io::Result<usize> {
        loop {
            match self.from.read(&mut self.buffer[self.filled..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }

    /// Start of the first line to read, after the rest of one that is too long.
    fn end_of_long(&mut self, end: usize) -> usize {
        if !self.is_within_long {
            return 0;
        }
        self.is_within_long = false;
        memchr(b'\n', &self.buffer[..end]).map_or(end, |at| at + 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A reader that gives a few bytes at a time.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(buffer.len()).min(self.0.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn read(text: &[u8], step: usize) -> (Vec<u8>, u64) {
        let mut blocks = Blocks::new(Drip(text, step));
        let mut all = Vec::new();
        while let Some(block) = blocks.next().unwrap() {
            assert!(!block.text.is_empty());
            all.extend_from_slice(block.text);
        }
        assert!(blocks.next().unwrap().is_none());
        (all, blocks.too_long)
    }

    #[test]
    fn a_line_of_the_longest_length_is_read_and_a_longer_one_is_not() {
        let line = |length: usize| [vec![b'x'; length - 1], vec![b'\n']].concat();
        for step in [4096, 65536, usize::MAX] {
            let [short, fits, long] = [3, LONGEST_LINE, LONGEST_LINE + 1].map(line);
            let text = [&short[..], &fits, &long, &short, &long, &long, &fits].concat();
            assert!(read(&text, step) == ([&short[..], &fits, &short, &fits].concat(), 3), "{step}");
            assert!(read(&[&short[..], &vec![b'x'; LONGEST_LINE * 3]].concat(), step) == (short, 1));
        }
    }

    proptest! {
        #[test]
        fn blocks_are_the_stream(text in "[ab\n]{0,200}", step in 1..50usize) {
            prop_assert_eq!(read(text.as_bytes(), step), (text.clone().into_bytes(), 0));
        }
    }
}
