//! Request lines with characters that web servers pass on and hyper refuses.

use std::{
    io, mem,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::{
    chunks::{ChunkStep, Chunks},
    linger::Linger,
};

/// The characters.
const REFUSED: &str = "\"<>`";

/// First of the characters for private use that stand for them.
const FIRST: u32 = 0xE000;

/// Length of a body in chunks.
const IN_CHUNKS: u64 = u64::MAX - 1;

/// Length of a body that is not known.
const UNKNOWN: u64 = u64::MAX;

/// Digits of a `Content-Length` that no number of nginx has; hyper refuses it as too large, not as wrong.
const MOST_DIGITS: usize = 19;

/// Headers that say how long a body is. A second one in a head is refused; hyper drops some of them.
const CONTENT_LENGTH: &[u8] = b"content-length:";
const TRANSFER_ENCODING: &[u8] = b"transfer-encoding:";

/// Length of the body behind the head that was handed on last, as hyper reads that head.
#[derive(Debug, Clone)]
pub(super) struct BodyLength {
    length: Arc<AtomicU64>,
    is_exceeded: Arc<AtomicBool>,
}

impl Default for BodyLength {
    fn default() -> Self {
        Self { length: Arc::new(AtomicU64::new(UNKNOWN)), is_exceeded: Arc::default() }
    }
}

impl BodyLength {
    /// Notes the length; none for a body in chunks.
    pub(super) fn note(&self, length: Option<u64>) {
        self.length.store(length.unwrap_or(IN_CHUNKS), Ordering::SeqCst);
    }

    /// Returns true if a chunk was larger than a body may be.
    pub(super) fn is_exceeded(&self) -> bool {
        self.is_exceeded.load(Ordering::SeqCst)
    }

    fn take(&self) -> RequestPart {
        match self.length.swap(UNKNOWN, Ordering::SeqCst) {
            UNKNOWN => RequestPart::Rest,
            IN_CHUNKS => RequestPart::Chunks(Chunks::new()),
            length => RequestPart::Body(length),
        }
    }
}

/// Part of a request that the next byte belongs to.
#[derive(Debug, Clone, Copy)]
enum RequestPart {
    /// Empty lines before a request line.
    Start,
    /// Request line.
    Line,
    /// Line of a header.
    Header(HeaderLine),
    /// Bytes behind a head, until its body is known.
    Behind,
    /// Body, and the bytes of it that are left.
    Body(u64),
    /// Body in chunks.
    Chunks(Chunks),
    /// Body whose end is not known, and all that follows it: nothing is changed any more.
    Rest,
}

/// Part of the line of a header that has come.
#[derive(Debug, Clone, Copy, Default)]
struct HeaderLine {
    /// Bytes but for the end of the line.
    count: usize,
    /// True as long as it may be, or is, `Content-Length`.
    is_length: bool,
    /// True as long as it may be, or is, `Transfer-Encoding`.
    is_encoding: bool,
    /// Digits behind leading zeros.
    digits: usize,
    /// True behind a line with one of the two.
    is_behind_length: bool,
}

impl HeaderLine {
    const FIRST: Self =
        Self { count: 0, is_length: true, is_encoding: true, digits: 0, is_behind_length: false };

    fn next(self) -> Self {
        let is_length = self.is_length && self.count >= CONTENT_LENGTH.len();
        let is_encoding = self.is_encoding && self.count >= TRANSFER_ENCODING.len();
        Self { is_behind_length: self.is_behind_length || is_length || is_encoding, ..Self::FIRST }
    }

    fn with(self, byte: u8) -> Self {
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

    /// Returns true if its last byte is a digit too many, or the colon of a second length.
    fn is_refused(self, last: u8) -> bool {
        let is_named = self.is_length && self.count == CONTENT_LENGTH.len()
            || self.is_encoding && self.count == TRANSFER_ENCODING.len();
        last.is_ascii_digit() && self.digits > MOST_DIGITS || is_named && self.is_behind_length
    }
}

/// Connection that replaces the characters in request lines that hyper refuses.
///
/// It hands on no byte behind a head before hyper has read that head and the length of the body is known, so that nothing else
/// is taken for a request line.
#[derive(Debug)]
pub(super) struct LenientStream<S> {
    stream: S,
    length: BodyLength,
    part: RequestPart,
    /// Bytes as they were read.
    read: Vec<u8>,
    /// Bytes to hand on.
    ready: Vec<u8>,
    linger: Option<Linger>,
}

impl<S> LenientStream<S> {
    pub(super) fn new(stream: S, length: BodyLength) -> Self {
        Self { stream, length, part: RequestPart::Start, read: Vec::new(), ready: Vec::new(), linger: None }
    }

    /// Prepares some of the bytes that were read: up to the end of a head or of a body.
    fn prepare(&mut self) {
        if matches!(self.part, RequestPart::Behind) {
            self.part = self.length.take();
        }
        if let RequestPart::Body(0) = self.part {
            self.part = RequestPart::Start;
        }
        match self.part {
            RequestPart::Rest => self.ready.append(&mut self.read),
            RequestPart::Body(left) => {
                let count = usize::try_from(left).map_or(self.read.len(), |left| left.min(self.read.len()));
                self.ready.extend(self.read.drain(..count));
                self.part = RequestPart::Body(left - count as u64);
            }
            RequestPart::Chunks(chunks) => self.prepare_chunks(chunks),
            _ => self.prepare_head(),
        }
    }

    /// Prepares bytes up to the end of a body in chunks. A sign that is none of a size ends one that is too large.
    fn prepare_chunks(&mut self, mut chunks: Chunks) {
        let read = mem::take(&mut self.read);
        for (place, &byte) in read.iter().enumerate() {
            let step = chunks.step(byte);
            if step == ChunkStep::Further {
                self.ready.push(byte);
                continue;
            }
            self.part = if step == ChunkStep::End { RequestPart::Start } else { RequestPart::Rest };
            if step == ChunkStep::TooLarge {
                self.length.is_exceeded.store(true, Ordering::SeqCst);
            }
            let is_ended = matches!(step, ChunkStep::TooLarge | ChunkStep::BeyondNumbers);
            self.ready.push(if is_ended { b'?' } else { byte });
            self.read.extend_from_slice(&read[place + 1..]);
            return;
        }
        self.part = RequestPart::Chunks(chunks);
    }

    /// Returns true if the last request was read to its end.
    fn is_between_requests(&mut self) -> bool {
        if matches!(self.part, RequestPart::Behind) {
            self.part = self.length.take();
        }
        self.read.is_empty()
            && self.ready.is_empty()
            && matches!(self.part, RequestPart::Start | RequestPart::Body(0))
    }

    fn prepare_head(&mut self) {
        let read = mem::take(&mut self.read);
        for (place, &byte) in read.iter().enumerate() {
            self.part = match (self.part, byte) {
                (RequestPart::Start, b'\r' | b'\n') => RequestPart::Start,
                (RequestPart::Header(HeaderLine { count: 0, .. }), b'\n') => RequestPart::Behind,
                (RequestPart::Line, b'\n') => RequestPart::Header(HeaderLine::FIRST),
                (RequestPart::Header(line), b'\n') => RequestPart::Header(line.next()),
                (RequestPart::Header(line), _) => RequestPart::Header(line.with(byte)),
                _ => RequestPart::Line,
            };
            let is_line = matches!(self.part, RequestPart::Line);
            let is_refused = matches!(self.part, RequestPart::Header(line) if line.is_refused(byte));
            match disguise(char::from(byte)).filter(|_| is_line) {
                Some(other) => self.ready.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
                None if is_refused => self.ready.push(b'?'),
                None => self.ready.push(byte),
            }
            if matches!(self.part, RequestPart::Behind) {
                self.read.extend_from_slice(&read[place + 1..]);
                return;
            }
        }
    }
}

/// Target of a request as it was sent.
pub(super) fn as_sent(target: &str) -> String {
    let sent = |it: char| {
        let code = u32::from(it).checked_sub(FIRST).and_then(char::from_u32);
        code.filter(|code| REFUSED.contains(*code)).unwrap_or(it)
    };
    target.chars().map(sent).collect()
}

fn disguise(sent: char) -> Option<char> {
    if REFUSED.contains(sent) { char::from_u32(FIRST + u32::from(sent)) } else { None }
}

impl<S: AsyncRead + Unpin> AsyncRead for LenientStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.ready.is_empty() {
            if this.read.is_empty() {
                let mut piece = vec![0; buffer.remaining()];
                let mut piece = ReadBuf::new(&mut piece);
                ready!(Pin::new(&mut this.stream).poll_read(context, &mut piece))?;
                this.read.extend_from_slice(piece.filled());
            }
            this.prepare();
        }
        let count = this.ready.len().min(buffer.remaining());
        buffer.put_slice(&this.ready[..count]);
        this.ready.drain(..count);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for LenientStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.linger.is_none() {
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
            if this.is_between_requests() {
                return Poll::Ready(Ok(()));
            }
        }
        this.linger.get_or_insert_with(Linger::new).poll(&mut this.stream, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn request_lines_alone_are_changed_and_change_back() {
        let text = "\r\nGET /a`b\"?c=<>ä HTTP/1.1\r\nA: `\"<>\r\n\r\n<`\n\n`>";
        for size in [1, 5, text.len()] {
            for (length, is_changed) in [(Some(4), true), (Some(6), false), (Some(9), false), (None, false)] {
                let known = BodyLength::default();
                let mut stream = LenientStream::new((), known.clone());
                for piece in text.as_bytes().chunks(size) {
                    stream.read.extend_from_slice(piece);
                    while !stream.read.is_empty() {
                        stream.prepare();
                        if matches!(stream.part, RequestPart::Behind) {
                            known.note(length);
                        }
                    }
                }
                let read = String::from_utf8(stream.ready).unwrap();
                assert!(read.contains("\r\nA: `\"<>\r\n\r\n<`\n\n"), "{read}");
                assert!(!read.starts_with("\r\nGET /a`"), "{read}");
                assert_eq!(!read.ends_with("`>"), is_changed, "{length:?}: {read}");
                assert_eq!(as_sent(&read), text);
            }
        }
    }
}
