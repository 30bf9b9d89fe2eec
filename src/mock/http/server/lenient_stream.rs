//! Connections whose bytes are changed where hyper would not answer as a web server does.

use std::{
    io, mem,
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::{
    body_length::{BodyLength, NotedLength},
    chunks::{ChunkStep, Chunks},
    header_line::HeaderLine,
    linger::Linger,
    request_line::disguise,
};

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
        self.enter_body();
        match self.part {
            RequestPart::Rest => self.ready.append(&mut self.read),
            RequestPart::Body(left) => {
                let count = usize::try_from(left).map_or(self.read.len(), |left| left.min(self.read.len()));
                self.ready.extend_from_slice(&self.read[..count]);
                self.read.drain(..count);
                self.part = RequestPart::Body(left - count as u64);
            }
            RequestPart::Chunks(chunks) => self.prepare_chunks(chunks),
            _ => self.prepare_head(),
        }
    }

    /// Goes from a head to its body, once hyper has read the length, and from the end of a body to the next request.
    fn enter_body(&mut self) {
        if matches!(self.part, RequestPart::Behind) {
            self.part = match self.length.take() {
                NotedLength::Known(length) => RequestPart::Body(length),
                NotedLength::InChunks => RequestPart::Chunks(Chunks::new()),
                NotedLength::Unknown => RequestPart::Rest,
            };
        }
        if matches!(self.part, RequestPart::Body(0)) {
            self.part = RequestPart::Start;
        }
    }

    /// Prepares bytes up to the end of a chunked body. The size of a chunk that goes beyond the limit gets a `?`, which makes hyper
    /// refuse it.
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
                self.length.exceed();
            }
            let is_refused = matches!(step, ChunkStep::TooLarge | ChunkStep::BeyondNumbers);
            self.ready.push(if is_refused { b'?' } else { byte });
            self.read.extend_from_slice(&read[place + 1..]);
            return;
        }
        self.part = RequestPart::Chunks(chunks);
    }

    /// Returns true if the last request was read to its end.
    fn is_between_requests(&mut self) -> bool {
        self.enter_body();
        self.read.is_empty() && self.ready.is_empty() && matches!(self.part, RequestPart::Start)
    }

    fn prepare_head(&mut self) {
        let read = mem::take(&mut self.read);
        for (place, &byte) in read.iter().enumerate() {
            if let RequestPart::Header(line) = self.part {
                self.ready.extend_from_slice(line.addition(byte));
            }
            self.part = match (self.part, byte) {
                (RequestPart::Start, b'\r' | b'\n') => RequestPart::Start,
                (RequestPart::Header(HeaderLine { count: 0, .. }), b'\n') => RequestPart::Behind,
                (RequestPart::Line, b'\n') => RequestPart::Header(HeaderLine::FIRST),
                (RequestPart::Header(line), b'\n') => RequestPart::Header(line.next()),
                (RequestPart::Header(line), _) => RequestPart::Header(line.with(byte)),
                _ => RequestPart::Line,
            };
            let is_line = matches!(self.part, RequestPart::Line);
            let is_replaced = matches!(self.part, RequestPart::Header(line) if line.is_replaced(byte));
            match disguise(char::from(byte)).filter(|_| is_line) {
                Some(other) => self.ready.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
                None if is_replaced => self.ready.push(b'?'),
                None => self.ready.push(byte),
            }
            if matches!(self.part, RequestPart::Behind) {
                self.read.extend_from_slice(&read[place + 1..]);
                return;
            }
        }
    }
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
    use crate::mock::http::server::request_line::as_sent;

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
