//! Request lines with characters that web servers pass on and hyper refuses.

use std::{
    io, mem,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The characters.
const REFUSED: &str = "\"<>`";

/// First of the characters for private use that stand for them.
const FIRST: u32 = 0xE000;

/// Length of a body that is not known.
const UNKNOWN: u64 = u64::MAX;

/// Length of the body behind the head that was handed on last, as hyper reads that head.
#[derive(Debug, Clone)]
pub(super) struct BodyLength(Arc<AtomicU64>);

impl Default for BodyLength {
    fn default() -> Self {
        Self(Arc::new(AtomicU64::new(UNKNOWN)))
    }
}

impl BodyLength {
    /// Notes the length; none for a body in chunks.
    pub(super) fn note(&self, length: Option<u64>) {
        self.0.store(length.unwrap_or(UNKNOWN), Ordering::SeqCst);
    }

    fn take(&self) -> Option<u64> {
        Some(self.0.swap(UNKNOWN, Ordering::SeqCst)).filter(|length| *length != UNKNOWN)
    }
}

/// Part of a request that the next byte belongs to.
#[derive(Debug, Clone, Copy)]
enum RequestPart {
    /// Empty lines before a request line.
    Start,
    /// Request line.
    Line,
    /// Line of a header, and whether nothing of it has come.
    Header { is_empty: bool },
    /// Bytes behind a head, until its body is known.
    Behind,
    /// Body, and the bytes of it that are left.
    Body(u64),
    /// Body whose end is not known, and all that follows it: nothing is changed any more.
    Rest,
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
}

impl<S> LenientStream<S> {
    pub(super) fn new(stream: S, length: BodyLength) -> Self {
        Self { stream, length, part: RequestPart::Start, read: Vec::new(), ready: Vec::new() }
    }

    /// Prepares some of the bytes that were read: up to the end of a head or of a body.
    fn prepare(&mut self) {
        if matches!(self.part, RequestPart::Behind) {
            self.part = self.length.take().map_or(RequestPart::Rest, RequestPart::Body);
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
            _ => self.prepare_head(),
        }
    }

    fn prepare_head(&mut self) {
        let read = mem::take(&mut self.read);
        for (place, &byte) in read.iter().enumerate() {
            self.part = match (self.part, byte) {
                (RequestPart::Start, b'\r' | b'\n') => RequestPart::Start,
                (RequestPart::Line, b'\n') | (RequestPart::Header { is_empty: false }, b'\n') => {
                    RequestPart::Header { is_empty: true }
                }
                (RequestPart::Header { is_empty: true }, b'\n') => RequestPart::Behind,
                (RequestPart::Header { is_empty }, _) => {
                    RequestPart::Header { is_empty: is_empty && byte == b'\r' }
                }
                _ => RequestPart::Line,
            };
            let is_line = matches!(self.part, RequestPart::Line);
            match disguise(char::from(byte)).filter(|_| is_line) {
                Some(other) => self.ready.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
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

impl<S: AsyncWrite + Unpin> AsyncWrite for LenientStream<S> {
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
        Pin::new(&mut self.stream).poll_shutdown(context)
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
