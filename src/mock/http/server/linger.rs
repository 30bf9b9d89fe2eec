//! Close of a connection whose request was not read to its end.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::{
    io::{AsyncRead, ReadBuf},
    time::{Sleep, sleep},
};

use crate::mock::http::limits::{LINGER_SIZE, LINGER_TIME};

/// Time for the client to read the answer: what it still sends is read and dropped. A connection that is closed with unread bytes
/// is reset, and the answer is lost.
#[derive(Debug)]
pub(super) struct Linger {
    end: Pin<Box<Sleep>>,
    left: usize,
}

impl Linger {
    pub(super) fn new() -> Self {
        Self { end: Box::pin(sleep(LINGER_TIME)), left: LINGER_SIZE }
    }

    /// Reads until the client closes the connection, or until the time or the size is used up.
    pub(super) fn poll<S: AsyncRead + Unpin>(
        &mut self,
        stream: &mut S,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        let mut piece = vec![0; 16 * 1024];
        while self.left > 0 && self.end.as_mut().poll(context).is_pending() {
            let mut piece = ReadBuf::new(&mut piece);
            ready!(Pin::new(&mut *stream).poll_read(context, &mut piece))?;
            let count = piece.filled().len();
            if count == 0 {
                break;
            }
            self.left = self.left.saturating_sub(count);
        }
        Poll::Ready(Ok(()))
    }
}
