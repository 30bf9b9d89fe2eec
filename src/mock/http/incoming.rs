//! Answers of other systems, read piece by piece.

use std::borrow::Cow;

use super::limits::{LARGEST_ANSWER, MOST_INTERIM};
use crate::mock::HttpAnswer;

/// Answer that is being read. It goes over each byte once, however small the pieces are.
#[derive(Debug, Default)]
pub(super) struct IncomingAnswer {
    bytes: Vec<u8>,
    /// Offset behind what has been parsed.
    parsed: usize,
    /// Offset up to which a mark was looked for.
    searched: usize,
    /// Number of heads such as 100 Continue.
    interim: usize,
    head: Option<HttpAnswer>,
    part: IncomingPart,
}

/// Part of an answer that comes next.
#[derive(Debug, Clone, Copy, Default)]
enum IncomingPart {
    #[default]
    Head,
    /// Body of a length.
    Body(usize),
    /// Body up to the end of the connection.
    Rest,
    ChunkSize,
    Chunk(usize),
    Trailers,
}

/// Bytes that are not HTTP/1.1, or too many.
#[derive(Debug)]
pub(super) struct WrongAnswer;

/// Result of a step.
enum IncomingStep {
    Further,
    Partial,
    Complete,
}

impl IncomingAnswer {
    /// Reads the next piece. Returns the answer once it is complete.
    pub(super) fn read(&mut self, piece: &[u8]) -> Result<Option<HttpAnswer>, WrongAnswer> {
        self.bytes.extend_from_slice(piece);
        if self.bytes.len() as u64 > LARGEST_ANSWER {
            return Err(WrongAnswer);
        }
        loop {
            match self.step()? {
                IncomingStep::Further => {}
                IncomingStep::Partial => return Ok(None),
                IncomingStep::Complete => return Ok(self.head.take()),
            }
        }
    }

    /// Ends the answer with the connection. None if it is not complete.
    pub(super) fn close(mut self) -> Option<HttpAnswer> {
        let IncomingPart::Rest = self.part else { return None };
        let mut answer = self.head?;
        answer.body = self.bytes.split_off(self.parsed);
        Some(answer)
    }

    fn step(&mut self) -> Result<IncomingStep, WrongAnswer> {
        match self.part {
            IncomingPart::Head => self.head(),
            IncomingPart::Body(size) => {
                Ok(self.take(size, 0).map_or(IncomingStep::Partial, |_| IncomingStep::Complete))
            }
            IncomingPart::Rest => Ok(IncomingStep::Partial),
            IncomingPart::ChunkSize => {
                let Some(line) = self.up_to(b"\r\n") else { return Ok(IncomingStep::Partial) };
                let size = line.split(';').next().unwrap_or_default().trim();
                let size = usize::from_str_radix(size, 16).ok().filter(|size| is_allowed(*size));
                self.part = match size.ok_or(WrongAnswer)? {
                    0 => IncomingPart::Trailers,
                    size => IncomingPart::Chunk(size),
                };
                Ok(IncomingStep::Further)
            }
            IncomingPart::Chunk(size) => {
                let Some(end) = self.take(size, 2) else { return Ok(IncomingStep::Partial) };
                if end != *b"\r\n" {
                    return Err(WrongAnswer);
                }
                self.part = IncomingPart::ChunkSize;
                Ok(IncomingStep::Further)
            }
            // They end with an empty line.
            IncomingPart::Trailers => Ok(match self.up_to(b"\r\n") {
                Some(line) if line.is_empty() => IncomingStep::Complete,
                Some(_) => IncomingStep::Further,
                None => IncomingStep::Partial,
            }),
        }
    }

    fn head(&mut self) -> Result<IncomingStep, WrongAnswer> {
        let Some(head) = self.up_to(b"\r\n\r\n") else {
            let begun = self.bytes.get(self.parsed..).unwrap_or_default();
            let is_http = begun.iter().zip(b"HTTP/1.").all(|(byte, expected)| byte == expected);
            return if is_http { Ok(IncomingStep::Partial) } else { Err(WrongAnswer) };
        };
        let mut lines = head.split("\r\n");
        let status =
            lines.next().and_then(|line| line.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok());
        let status: u16 = status.ok_or(WrongAnswer)?;
        // 100 Continue and 103 Early Hints come before the answer.
        if (100..200).contains(&status) {
            self.interim += 1;
            return if self.interim > MOST_INTERIM { Err(WrongAnswer) } else { Ok(IncomingStep::Further) };
        }
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers: Vec<(Cow<'static, str>, String)> =
            headers.map(|(name, value)| (name.trim().to_owned().into(), value.trim().to_owned())).collect();
        let answer = HttpAnswer { status, headers, body: Vec::new() };
        let is_chunked = |value: &str| value.to_ascii_lowercase().ends_with("chunked");
        self.part = if matches!(status, 204 | 304) {
            IncomingPart::Body(0)
        } else if answer.header("Transfer-Encoding").is_some_and(is_chunked) {
            IncomingPart::ChunkSize
        } else if let Some(length) = answer.header("Content-Length") {
            let length = length.parse().ok().filter(|length| is_allowed(*length));
            IncomingPart::Body(length.ok_or(WrongAnswer)?)
        } else {
            IncomingPart::Rest
        };
        self.head = Some(answer);
        Ok(IncomingStep::Further)
    }

    /// Text up to a mark, which is passed over.
    fn up_to(&mut self, mark: &[u8]) -> Option<String> {
        let from = self.searched.max(self.parsed);
        let Some(found) = memchr::memmem::find(self.bytes.get(from..)?, mark) else {
            // The mark may have begun.
            self.searched = (self.bytes.len() + 1).saturating_sub(mark.len());
            return None;
        };
        let text = String::from_utf8_lossy(self.bytes.get(self.parsed..from + found)?).into_owned();
        self.parsed = from + found + mark.len();
        Some(text)
    }

    /// Adds bytes to the body once they are all there. Returns `more` bytes behind them, which are passed over.
    fn take(&mut self, size: usize, more: usize) -> Option<Vec<u8>> {
        let end = self.parsed + size;
        let behind = self.bytes.get(end..end + more)?.to_vec();
        let (Some(answer), Some(data)) = (&mut self.head, self.bytes.get(self.parsed..end)) else {
            return None;
        };
        answer.body.extend_from_slice(data);
        self.parsed = end + more;
        Some(behind)
    }
}

fn is_allowed(size: usize) -> bool {
    size as u64 <= LARGEST_ANSWER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_chunks_in_small_pieces_are_read_once() {
        const CHUNKS: usize = 300_000;
        let answer = format!(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n",
            "8\r\n12345678\r\n".repeat(CHUNKS)
        );
        let mut incoming = IncomingAnswer::default();
        let mut pieces = answer.as_bytes().chunks(5);
        let answered = pieces.find_map(|piece| incoming.read(piece).unwrap()).unwrap();
        assert_eq!((answered.status, answered.body.len(), pieces.len()), (200, 8 * CHUNKS, 0));
    }

    #[test]
    fn heads_and_trailers_may_come_byte_by_byte() {
        let answer = "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
                      1;x=y\r\na\r\n0\r\nB: c\r\n\r\n";
        let mut incoming = IncomingAnswer::default();
        let mut pieces = answer.as_bytes().chunks(1);
        let answered = pieces.find_map(|piece| incoming.read(piece).unwrap()).unwrap();
        assert_eq!((answered.status, &*answered.body, pieces.len()), (200, &b"a"[..], 0));
    }

    #[test]
    fn answers_of_a_size_up_to_the_limit_are_read() {
        let largest = usize::try_from(LARGEST_ANSWER).unwrap();
        let with = |head: &str, size: usize| {
            let mut incoming = IncomingAnswer::default();
            let whole = format!("HTTP/1.1 200 OK\r\n{head}\r\n{}", "x".repeat(size));
            incoming.read(whole.as_bytes()).map(|answer| answer.or_else(|| incoming.close()))
        };
        let head = "HTTP/1.1 200 OK\r\n\r\n".len();
        assert_eq!(with("", largest - head).unwrap().unwrap().body.len(), largest - head);
        assert!(with("", largest - head + 1).is_err());
        for head in ["Content-Length: 4194305\r\n", "Content-Length: -1\r\n"] {
            assert!(with(head, 1).is_err(), "{head}");
        }
        for chunk in ["400001\r\n", "fffffffffffffffffff\r\n", "\r\n", "1\r\nab\r\n"] {
            let head = format!("Transfer-Encoding: chunked\r\n\r\n{chunk}");
            assert!(with(&head, 0).is_err(), "{head}");
        }
    }

    #[test]
    fn interim_heads_are_passed_over_up_to_ten() {
        let answered = |count: usize| {
            let interim = "HTTP/1.1 100\r\n\r\n".repeat(count);
            IncomingAnswer::default().read(format!("{interim}HTTP/1.1 204 x\r\n\r\n").as_bytes())
        };
        assert_eq!(answered(10).unwrap().unwrap().status, 204);
        assert!(answered(11).is_err() && answered(200_000).is_err());
    }
}
