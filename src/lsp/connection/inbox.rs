//! Messages that were received and wait for their turn.

use std::{collections::VecDeque, time::Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError};
use lsp_server::{Message, RequestId};
use lsp_types::notification::{Cancel, DidChangeTextDocument, Notification as _};

use super::transport::Incoming;

/// Number of messages that are looked at before their turn.
const AHEAD: usize = 4096;

/// Messages that were received and wait for their turn.
pub(in crate::lsp) struct Inbox {
    receiver: Receiver<Incoming>,
    waiting: VecDeque<Incoming>,
}

impl Inbox {
    pub(in crate::lsp) fn new(receiver: Receiver<Incoming>) -> Self {
        Self { receiver, waiting: VecDeque::new() }
    }

    /// Takes the next message.
    ///
    /// # Errors
    /// No message until the given moment, or editor that is gone.
    pub(in crate::lsp) fn next(&mut self, until: Option<Instant>) -> Result<Incoming, RecvTimeoutError> {
        self.look_ahead();
        match (self.waiting.pop_front(), until) {
            (Some(message), _) => Ok(message),
            (None, Some(until)) => self.receiver.recv_deadline(until),
            (None, None) => self.receiver.recv().map_err(RecvTimeoutError::from),
        }
    }

    /// Returns true if no message waits.
    pub(in crate::lsp) fn is_empty(&mut self) -> bool {
        self.look_ahead();
        self.waiting.is_empty()
    }

    /// Returns true if the editor cancelled a request meanwhile.
    pub(in crate::lsp) fn cancels(&mut self, request: &RequestId) -> bool {
        self.look_ahead();
        self.notifications(Cancel::METHOD).any(|params| {
            let id = params.get("id").cloned().unwrap_or_default();
            serde_json::from_value::<RequestId>(id).is_ok_and(|id| id == *request)
        })
    }

    /// Returns true if a document was changed meanwhile.
    pub(in crate::lsp) fn changes(&mut self, uri: &str) -> bool {
        self.look_ahead();
        self.notifications(DidChangeTextDocument::METHOD)
            .any(|params| params.pointer("/textDocument/uri").is_some_and(|other| other == uri))
    }

    fn look_ahead(&mut self) {
        let room = AHEAD.saturating_sub(self.waiting.len());
        self.waiting.extend(self.receiver.try_iter().take(room));
    }

    /// Parameters of the notifications that wait.
    fn notifications(&self, method: &str) -> impl Iterator<Item = &serde_json::Value> {
        self.waiting.iter().filter_map(move |message| match message {
            Incoming::Message(Message::Notification(it)) if it.method == method => Some(&it.params),
            _ => None,
        })
    }
}
