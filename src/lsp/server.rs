//! Messages of an editor, one after the other.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use crossbeam_channel::RecvTimeoutError;
use lsp_server::{Connection, ErrorCode, Message, Notification, Response};
use lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    PublishDiagnosticsParams,
    notification::{self, Notification as _},
    request::{self, Request as _},
};
use serde::de::DeserializeOwned;

use super::{diagnostics::diagnostic, documents::OpenSpec, requests::Requests};
use crate::{diag::Failure, project::CatalogStore};

/// Time without a change after which a document is checked.
const QUIET: Duration = Duration::from_millis(60);

/// Server of one editor.
pub(super) struct Server<'a> {
    connection: &'a Connection,
    catalogs: CatalogStore,
    /// Open specs, by URI.
    documents: BTreeMap<String, OpenSpec>,
    /// Documents that changed since they were checked.
    changed: BTreeSet<String>,
}

impl<'a> Server<'a> {
    pub(super) fn new(connection: &'a Connection) -> Self {
        Self {
            connection,
            catalogs: CatalogStore::default(),
            documents: BTreeMap::new(),
            changed: BTreeSet::new(),
        }
    }

    /// Answers until the editor asks to end, or goes. Returns true if it asked to shut down first.
    ///
    /// # Errors
    /// Editor that does not read.
    pub(super) fn run(&mut self) -> Result<bool, Failure> {
        let mut is_shut_down = false;
        loop {
            let message = if self.changed.is_empty() {
                self.connection.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                self.connection.receiver.recv_timeout(QUIET)
            };
            match message {
                Ok(Message::Request(request)) if request.method == request::Shutdown::METHOD => {
                    is_shut_down = true;
                    self.send(Response::new_ok(request.id, ()))?;
                }
                Ok(Message::Request(request)) => {
                    let response = if is_shut_down {
                        Response::new_err(
                            request.id,
                            ErrorCode::InvalidRequest as i32,
                            "the server is shut down".to_owned(),
                        )
                    } else {
                        Requests { documents: &mut self.documents, catalogs: &self.catalogs }.answer(request)
                    };
                    self.send(response)?;
                }
                Ok(Message::Notification(notification))
                    if notification.method == notification::Exit::METHOD =>
                {
                    return Ok(is_shut_down);
                }
                Ok(Message::Notification(notification)) => self.note(notification)?,
                Ok(Message::Response(_)) => {}
                Err(RecvTimeoutError::Timeout) => self.check_changed()?,
                Err(RecvTimeoutError::Disconnected) => return Ok(is_shut_down),
            }
        }
    }

    fn note(&mut self, notification: Notification) -> Result<(), Failure> {
        match notification.method.as_str() {
            notification::DidOpenTextDocument::METHOD => {
                let Some(params) = read::<DidOpenTextDocumentParams>(notification) else { return Ok(()) };
                let document = params.text_document;
                let key = document.uri.as_str().to_owned();
                self.documents.insert(
                    key.clone(),
                    OpenSpec::new(document.uri, document.version, document.text, &self.catalogs),
                );
                self.changed.insert(key);
            }
            notification::DidChangeTextDocument::METHOD => {
                let Some(params) = read::<DidChangeTextDocumentParams>(notification) else { return Ok(()) };
                let key = params.text_document.uri.as_str();
                if let Some(document) = self.documents.get_mut(key) {
                    document.change(params.text_document.version, params.content_changes);
                    self.changed.insert(key.to_owned());
                }
            }
            notification::DidCloseTextDocument::METHOD => {
                let Some(params) = read::<DidCloseTextDocumentParams>(notification) else { return Ok(()) };
                let uri = params.text_document.uri;
                self.documents.remove(uri.as_str());
                self.changed.remove(uri.as_str());
                self.publish(PublishDiagnosticsParams::new(uri, Vec::new(), None))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn check_changed(&mut self) -> Result<(), Failure> {
        for key in std::mem::take(&mut self.changed) {
            let Some(document) = self.documents.get_mut(&key) else { continue };
            document.check(&self.catalogs);
            let findings = document.latest().report.diagnostics.iter();
            let findings = findings.map(|finding| diagnostic(document.uri(), document.text(), finding));
            let params = PublishDiagnosticsParams::new(
                document.uri().clone(),
                findings.collect(),
                Some(document.version()),
            );
            self.publish(params)?;
        }
        Ok(())
    }

    fn publish(&self, params: PublishDiagnosticsParams) -> Result<(), Failure> {
        self.send(Notification::new(notification::PublishDiagnostics::METHOD.to_owned(), params))
    }

    fn send(&self, message: impl Into<Message>) -> Result<(), Failure> {
        let sent = self.connection.sender.send(message.into());
        sent.map_err(|_| Failure::new("the editor no longer reads"))
    }
}

/// Parameters of a notification; one that cannot be read is left out, as nobody waits for an answer.
fn read<P: DeserializeOwned>(notification: Notification) -> Option<P> {
    serde_json::from_value(notification.params).ok()
}
