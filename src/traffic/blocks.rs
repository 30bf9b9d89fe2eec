//! Splitter of a stream into blocks of whole lines.

use std::io::{self, ErrorKind, Read};

use memchr::{memchr, memchr_iter, memrchr};

/// Greatest length of a line in bytes, with its line break; longer ones are counted and skipped.
pub const LONGEST_LINE: usize = 256 * 1024;

/// Stream, split into blocks of whole lines.
pub(super) struct Blocks<R> {
    from: R,
    /// Start of a line whose end was not read yet.
    rest: Vec<u8>,
    /// True if the next data belongs to a line that is too long.
    is_within_long: bool,
    /// Number of lines read, including those too long.
    pub(super) lines: u64,
    /// Number of lines that were too long.
    pub(super) too_long: u64,
}

/// Block of whole lines.
#[derive(Debug, Default)]
pub(super) struct LogBlock {
    /// Number of its first line, from 1.
    pub(super) first: u64,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
}

impl LogBlock {
    pub(super) fn text(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }
}

/// Blocks that are searched at once. How many there are changes no count.
#[derive(Default)]
pub(super) struct Batch {
    blocks: [LogBlock; 8],
    filled: usize,
}

impl Batch {
    /// Reads the next blocks.
    pub(super) fn fill(&mut self, from: &mut Blocks<impl Read>) -> io::Result<()> {
        self.filled = 0;
        for block in &mut self.blocks {
            if !from.read(block)? {
                break;
            }
            self.filled += 1;
        }
        Ok(())
    }

    pub(super) fn blocks(&self) -> &[LogBlock] {
        &self.blocks[..self.filled]
    }

    /// Returns false at the end of the stream.
    pub(super) fn is_full(&self) -> bool {
        self.filled == self.blocks.len()
    }
}

/// Number of line breaks in the text.
pub(super) fn line_ends(text: &[u8]) -> u64 {
    memchr_iter(b'\n', text).count() as u64
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(from: R) -> Self {
        Self { from, rest: Vec::new(), is_within_long: false, lines: 0, too_long: 0 }
    }

    /// Reads the next lines into a block; returns false at the end. Only the last line may lack its line break.
    pub(super) fn read(&mut self, block: &mut LogBlock) -> io::Result<bool> {
        block.buffer.resize(LONGEST_LINE, 0);
        let buffer = &mut block.buffer;
        let mut filled = self.rest.len();
        buffer[..filled].copy_from_slice(&self.rest);
        self.rest.clear();
        loop {
            let before = filled;
            let read = self.fill(&mut buffer[filled..])?;
            filled += read;
            match memrchr(b'\n', &buffer[before..filled]).map(|at| before + at + 1) {
                Some(end) => {
                    let start = self.end_of_long(&buffer[..end]);
                    if start < end {
                        self.rest.extend_from_slice(&buffer[end..filled]);
                        (block.start, block.end) = (start, end);
                        break;
                    }
                    buffer.copy_within(end..filled, 0);
                    filled -= end;
                }
                None if read == 0 => {
                    (block.start, block.end) = (0, if self.is_within_long { 0 } else { filled });
                    break;
                }
                None if self.is_within_long => filled = 0,
                None if filled == buffer.len() => {
                    self.is_within_long = true;
                    self.lines += 1;
                    self.too_long += 1;
                    filled = 0;
                }
                None => {}
            }
        }
        block.first = self.lines + 1;
        let text = block.text();
        self.lines += line_ends(text) + u64::from(!text.is_empty() && !text.ends_with(b"\n"));
        Ok(!text.is_empty())
    }

    fn fill(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.from.read(buffer) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }

    /// Start of the first line to read, after the rest of one that is too long.
    fn end_of_long(&mut self, lines: &[u8]) -> usize {
        if !self.is_within_long {
            return 0;
        }
        self.is_within_long = false;
        memchr(b'\n', lines).map_or(lines.len(), |at| at + 1)
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
        let (mut all, mut block) = (Vec::new(), LogBlock::default());
        while blocks.read(&mut block).unwrap() {
            assert!(!block.text().is_empty());
            all.extend_from_slice(block.text());
        }
        assert!(!blocks.read(&mut block).unwrap());
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
