//! Request lines with characters that web servers pass on and hyper refuses.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The characters.
const REFUSED: &str = "\"<>`";

/// First of the characters for private use that stand for them.
const FIRST: u32 = 0xE000;

/// Beginnings of requests on a connection.
#[derive(Debug, Clone, Default)]
pub(super) struct RequestStarts(Arc<AtomicBool>);

impl RequestStarts {
    /// Notes that a request was read to its end: a request line comes next.
    pub(super) fn expect(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn take(&self) -> bool {
        self.0.swap(false, Ordering::SeqCst)
    }
}

/// Connection whose request lines have other characters in place of those that hyper refuses.
#[derive(Debug)]
pub(super) struct LenientStream<S> {
    stream: S,
    starts: RequestStarts,
    /// True up to the end of a request line.
    is_in_line: bool,
    /// True if the line has begun: empty ones may come before it.
    has_begun: bool,
    /// Bytes that were read and not handed on.
    read: Vec<u8>,
}

impl<S> LenientStream<S> {
    pub(super) fn new(stream: S, starts: RequestStarts) -> Self {
        Self { stream, starts, is_in_line: true, has_begun: false, read: Vec::new() }
    }

    /// Takes bytes in, up to the end of a request line with other characters.
    fn take_in(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if byte == b'\n' && self.has_begun {
                self.is_in_line = false;
            }
            self.has_begun |= !matches!(byte, b'\r' | b'\n');
            match disguise(char::from(byte)).filter(|_| self.is_in_line) {
                Some(other) => self.read.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
                None => self.read.push(byte),
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
        if this.starts.take() {
            (this.is_in_line, this.has_begun) = (true, false);
        }
        if this.read.is_empty() {
            if !this.is_in_line {
                return Pin::new(&mut this.stream).poll_read(context, buffer);
            }
            let mut piece = vec![0; buffer.remaining()];
            let mut piece = ReadBuf::new(&mut piece);
            ready!(Pin::new(&mut this.stream).poll_read(context, &mut piece))?;
            this.take_in(piece.filled());
        }
        let count = this.read.len().min(buffer.remaining());
        buffer.put_slice(&this.read[..count]);
        this.read.drain(..count);
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
        let text = "\r\nGET /a`b\"?c=<>ä HTTP/1.1\r\nA: `\"<>\r\n\r\n`";
        for size in [1, 5, text.len()] {
            let mut stream = LenientStream::new((), RequestStarts::default());
            text.as_bytes().chunks(size).for_each(|piece| stream.take_in(piece));
            let read = String::from_utf8(stream.read).unwrap();
            assert!(read.ends_with("\r\nA: `\"<>\r\n\r\n`") && !read.starts_with("\r\nGET /a`"), "{read}");
            assert_eq!(as_sent(&read), text);
        }
    }
}
