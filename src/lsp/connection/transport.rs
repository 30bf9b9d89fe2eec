//! Standard input and output as channels of messages.

use std::{
    io::{self, BufRead, Read as _},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use crossbeam_channel::{Receiver, Sender, bounded};
use lsp_server::{Message, RequestId};
use serde_json::Value;

/// Number of messages that wait in a channel.
const WAITING: usize = 1024;

/// Longest line in front of a message.
const LONGEST_HEADER: u64 = 4096;

/// Largest message: more than that with a spec of 4 MiB, each byte escaped.
const LARGEST_MESSAGE: u64 = 64 << 20;

/// Channels of an editor.
pub(in crate::lsp) struct Transport {
    pub(in crate::lsp) receiver: Receiver<Incoming>,
    pub(in crate::lsp) sender: Sender<Message>,
    /// True once nothing more can be received.
    pub(in crate::lsp) has_ended: Arc<AtomicBool>,
    /// Closed when the sender was dropped and all is written that was sent, or the editor has closed its end.
    pub(in crate::lsp) written: Receiver<()>,
}

/// Message that was received.
pub(in crate::lsp) enum Incoming {
    Message(Message),
    /// Request that does not follow the protocol.
    Malformed(RequestId),
}

impl Transport {
    /// Starts a thread that reads standard input and one that writes, with a function that writes all at once.
    ///
    /// # Errors
    /// System that cannot start threads.
    pub(in crate::lsp) fn open(write: fn(&[u8]) -> io::Result<()>) -> io::Result<Self> {
        let (sender, to_write) = bounded::<Message>(WAITING);
        let (writing, written) = bounded::<()>(0);
        thread::Builder::new().spawn(move || {
            let _open = writing;
            // The sender finds the channel closed if this fails.
            let _ = to_write.into_iter().try_for_each(|message| {
                let mut bytes = Vec::new();
                message.write(&mut bytes)?;
                write(&bytes)
            });
        })?;
        let (received, receiver) = bounded(WAITING);
        let has_ended = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&has_ended);
        thread::Builder::new().spawn(move || {
            let mut input = io::stdin().lock();
            while let Ok(Some(body)) = next_body(&mut input) {
                if parse(&body).is_some_and(|it| received.send(it).is_err()) {
                    break;
                }
            }
            ended.store(true, Ordering::Relaxed);
        })?;
        Ok(Self { receiver, sender, has_ended, written })
    }
}

/// Parses a message; none if nobody waits for an answer to it.
fn parse(body: &[u8]) -> Option<Incoming> {
    if let Ok(message) = serde_json::from_slice(body) {
        return Some(Incoming::Message(message));
    }
    let value: Value = serde_json::from_slice(body).ok()?;
    let id = serde_json::from_value(value.get("id")?.clone()).ok()?;
    value.get("method").map(|_| Incoming::Malformed(id))
}

/// Reads the next message; empty for one that is too large or has no length. None at the end.
fn next_body(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let header = String::from_utf8_lossy(&line);
        match header.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse::<u64>().unwrap_or(0);
            }
            None if header.trim_end().is_empty() => break,
            _ => {}
        }
    }
    let mut body = Vec::new();
    let mut rest = input.by_ref().take(length);
    if length > LARGEST_MESSAGE {
        io::copy(&mut rest, &mut io::sink())?;
    } else {
        rest.read_to_end(&mut body)?;
    }
    Ok(Some(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_whatever_stands_between_them() {
        let mut input: &[u8] =
            b"Content-Length: 2\r\nContent-Type: x\r\n\r\n{}garbage\n\ncontent-length:3\n\nabc\
Content-Length: x\r\n\r\nContent-Length: 9\r\n\r\ncut";
        let mut next = || next_body(&mut input).unwrap().map(|body| String::from_utf8(body).unwrap());
        let read: Vec<String> = std::iter::from_fn(&mut next).collect();
        assert_eq!(read, ["{}", "", "abc", "", "cut"]);
    }

    #[test]
    fn requests_of_any_form_are_known_by_their_number() {
        let is = |text: &str| match parse(text.as_bytes()) {
            Some(Incoming::Message(_)) => "message".to_owned(),
            Some(Incoming::Malformed(id)) => format!("malformed {id}"),
            None => "nothing".to_owned(),
        };
        assert_eq!(is(r#"{"jsonrpc":"2.0","id":1,"method":"shutdown"}"#), "message");
        assert_eq!(is(r#"{"jsonrpc":"2.0","id":2,"method":7}"#), "malformed 2");
        assert_eq!(is(r#"{"jsonrpc":"2.0","method":7}"#), "nothing");
        assert_eq!(is("{"), "nothing");
        assert_eq!(is(&"[".repeat(100_000)), "nothing");
    }
}
