//! Messages of an editor, one after the other.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use crossbeam_channel::{RecvTimeoutError, Sender};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, PublishDiagnosticsParams, TextDocumentItem,
    notification::{self, Notification as _},
    request::{self, Request as _},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    connection::{Inbox, Incoming, Parent},
    diagnostics::diagnostic,
    documents::{EditorFeatures, OpenModules, OpenSpec, Workspace},
    initialized,
    requests::Requests,
};
use crate::diag::Failure;

/// Time without a change after which a document is checked.
const QUIET: Duration = Duration::from_millis(60);

/// Server of one editor.
pub(super) struct Server {
    sender: Sender<Message>,
    phase: Phase,
    parent: Parent,
    workspace: Workspace,
    /// Open specs, by URI.
    documents: BTreeMap<String, OpenSpec>,
    /// Other open files.
    modules: OpenModules,
    /// Documents that changed since they were checked, with the moment at which they will be.
    due: BTreeMap<String, Instant>,
}

/// Part of the session that the editor has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Starting,
    Running,
    ShutDown,
}

impl Server {
    pub(super) fn new(sender: Sender<Message>) -> Self {
        Self {
            sender,
            phase: Phase::Starting,
            parent: Parent::default(),
            workspace: Workspace::default(),
            documents: BTreeMap::new(),
            modules: OpenModules::default(),
            due: BTreeMap::new(),
        }
    }

    /// Answers until the editor asks to end, or goes. Returns true if it asked to shut down first.
    ///
    /// # Errors
    /// Editor that does not read.
    pub(super) fn run(&mut self, inbox: &mut Inbox) -> Result<bool, Failure> {
        loop {
            let next = self.due.values().min().copied();
            if next.is_some_and(|due| due <= Instant::now()) {
                self.check_due(inbox)?;
                continue;
            }
            match inbox.next(next.into_iter().chain(self.parent.next_look()).min()) {
                Ok(Incoming::Message(Message::Request(request))) => self.answer(request, inbox)?,
                Ok(Incoming::Message(Message::Notification(notification))) => {
                    if notification.method == notification::Exit::METHOD {
                        return Ok(self.phase == Phase::ShutDown);
                    }
                    self.note(notification)?;
                }
                Ok(Incoming::Message(Message::Response(_))) => {}
                Ok(Incoming::Malformed(id)) => {
                    self.refuse(id, ErrorCode::InvalidRequest, "the request has no method")?;
                }
                Err(RecvTimeoutError::Timeout) if self.parent.is_gone() => return Ok(false),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(self.phase == Phase::ShutDown),
            }
        }
    }

    fn answer(&mut self, request: Request, inbox: &mut Inbox) -> Result<(), Failure> {
        let id = request.id.clone();
        if inbox.cancels(&id) {
            return self.refuse(id, ErrorCode::RequestCanceled, "the editor cancelled the request");
        }
        match (self.phase, request.method.as_str()) {
            (Phase::Starting, request::Initialize::METHOD) => {
                self.phase = Phase::Running;
                self.initialize(&request.params);
                self.send(Response::new_ok(id, initialized()))
            }
            (Phase::Starting, _) => {
                self.refuse(id, ErrorCode::ServerNotInitialized, "the first request is `initialize`")
            }
            (_, request::Initialize::METHOD) => {
                self.refuse(id, ErrorCode::InvalidRequest, "the server is initialized already")
            }
            (Phase::Running, request::Shutdown::METHOD) => {
                self.phase = Phase::ShutDown;
                self.send(Response::new_ok(id, ()))
            }
            (Phase::Running, _) => {
                let mut requests = Requests { documents: &mut self.documents, workspace: &self.workspace };
                let response = requests.answer(request);
                self.send(response)
            }
            (Phase::ShutDown, _) => self.refuse(id, ErrorCode::InvalidRequest, "the server is shut down"),
        }
    }

    /// Takes from the parameters of `initialize` what is needed of them, whatever else an editor may send.
    fn initialize(&mut self, params: &Value) {
        let folders = params.get("workspaceFolders").and_then(Value::as_array);
        let folders: Vec<&Value> = folders.into_iter().flatten().filter_map(|it| it.get("uri")).collect();
        let root = params.get("rootUri").filter(|_| folders.is_empty());
        for uri in folders.into_iter().chain(root).filter_map(|uri| uri.as_str()?.parse().ok()) {
            self.workspace.add_folder(&uri);
        }
        self.workspace.features = EditorFeatures::of(params.get("capabilities").unwrap_or(&Value::Null));
        self.parent = Parent::of(params.get("processId").and_then(Value::as_i64));
    }

    fn note(&mut self, notification: Notification) -> Result<(), Failure> {
        if self.phase != Phase::Running {
            return Ok(());
        }
        match notification.method.as_str() {
            notification::DidOpenTextDocument::METHOD => {
                let Some(params) = read::<DidOpenTextDocumentParams>(notification) else { return Ok(()) };
                let document = params.text_document;
                let key = document.uri.as_str().to_owned();
                self.workspace.refresh();
                if is_spec(&document) {
                    let open = OpenSpec::new(document.uri, document.version, document.text, &self.workspace);
                    self.documents.insert(key.clone(), open);
                    self.due.insert(key, Instant::now());
                } else if self.modules.open(document) {
                    self.due.insert(key, Instant::now());
                }
            }
            notification::DidChangeTextDocument::METHOD => {
                let Some(params) = read::<DidChangeTextDocumentParams>(notification) else { return Ok(()) };
                let (uri, version) = (params.text_document.uri, params.text_document.version);
                let is_open = match self.documents.get_mut(uri.as_str()) {
                    Some(document) => {
                        document.change(version, params.content_changes);
                        true
                    }
                    None => self.modules.change(&uri, version, params.content_changes),
                };
                if is_open {
                    self.due.insert(uri.as_str().to_owned(), Instant::now() + QUIET);
                }
            }
            notification::DidCloseTextDocument::METHOD => {
                let Some(params) = read::<DidCloseTextDocumentParams>(notification) else { return Ok(()) };
                let uri = params.text_document.uri;
                self.due.remove(uri.as_str());
                if self.documents.remove(uri.as_str()).is_some() {
                    self.publish(PublishDiagnosticsParams::new(uri, Vec::new(), None))?;
                } else {
                    let left = self.modules.close(&uri, &self.workspace);
                    left.into_iter().try_for_each(|params| self.publish(params))?;
                }
            }
            notification::DidSaveTextDocument::METHOD | notification::DidChangeWatchedFiles::METHOD => {
                self.check_all();
            }
            notification::DidChangeWorkspaceFolders::METHOD => {
                let Some(params) = read::<DidChangeWorkspaceFoldersParams>(notification) else {
                    return Ok(());
                };
                params.event.removed.iter().for_each(|folder| self.workspace.remove_folder(&folder.uri));
                params.event.added.iter().for_each(|folder| self.workspace.add_folder(&folder.uri));
                self.check_all();
            }
            _ => {}
        }
        Ok(())
    }

    /// Checks all documents again: files that they depend on may have changed.
    fn check_all(&mut self) {
        self.workspace.refresh();
        let due = Instant::now() + QUIET;
        for (key, document) in &mut self.documents {
            document.outdate();
            self.due.entry(key.clone()).or_insert(due);
        }
        for key in self.modules.uris() {
            self.due.entry(key.clone()).or_insert(due);
        }
    }

    /// Checks documents that are due, and publishes what is found unless they were changed meanwhile.
    fn check_due(&mut self, inbox: &mut Inbox) -> Result<(), Failure> {
        let now = Instant::now();
        let keys: Vec<String> =
            self.due.iter().filter(|(_, due)| **due <= now).map(|(key, _)| key.clone()).collect();
        for key in keys {
            self.due.remove(&key);
            if inbox.changes(&key) {
                continue;
            }
            let Some(document) = self.documents.get_mut(&key) else {
                let found = self.modules.check(&key, &self.workspace);
                if !inbox.changes(&key) {
                    found.into_iter().try_for_each(|params| self.publish(params))?;
                }
                continue;
            };
            document.check(&self.workspace);
            if inbox.changes(&key) {
                continue;
            }
            let findings = document.latest().report.diagnostics.iter();
            let findings = findings.map(|finding| diagnostic(document.uri(), document.text(), finding));
            let (uri, version) = (document.uri().clone(), document.version());
            let params = PublishDiagnosticsParams::new(uri, findings.collect(), Some(version));
            self.publish(params)?;
            // Names for `renamed_from` take a while to read, so that is done while the editor waits for nothing.
            let document = self.documents.get(&key).filter(|_| inbox.is_empty());
            if let Some(document) = document.filter(|it| it.text().as_str().contains("renamed_from")) {
                document.earlier_names(&self.workspace);
            }
        }
        Ok(())
    }

    fn publish(&self, params: PublishDiagnosticsParams) -> Result<(), Failure> {
        self.send(Notification::new(notification::PublishDiagnostics::METHOD.to_owned(), params))
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, why: &str) -> Result<(), Failure> {
        self.send(Response::new_err(id, code as i32, why.to_owned()))
    }

    fn send(&self, message: impl Into<Message>) -> Result<(), Failure> {
        self.sender.send(message.into()).map_err(|_| Failure::new("the editor no longer reads"))
    }
}

/// Returns true for a spec: by its name, or by its tables if it is not saved or has another name.
fn is_spec(document: &TextDocumentItem) -> bool {
    let uri = document.uri.as_str();
    let has = |table: &str| document.text.lines().any(|line| line.trim_start().starts_with(table));
    uri.ends_with("integration.toml")
        || document.language_id == "toml"
            && (!uri.starts_with("file:") || has("[module]") && has("[target]") && has("[[integration]]"))
}

/// Parameters of a notification; one that cannot be read is left out, as nobody waits for an answer.
fn read<P: DeserializeOwned>(notification: Notification) -> Option<P> {
    serde_json::from_value(notification.params).ok()
}
