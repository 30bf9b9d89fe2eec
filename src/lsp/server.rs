//! Messages of an editor, one after the other.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use crossbeam_channel::{RecvTimeoutError, SendTimeoutError, Sender};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, PublishDiagnosticsParams,
    TextDocumentContentChangeEvent, TextDocumentItem, Uri,
    notification::{self, Notification as _},
    request::{self, Request as _},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    connection::{Inbox, Incoming, Parent},
    diagnostics::diagnostic,
    documents::{EditorFeatures, EditorText, OpenModules, OpenSpec, Workspace, path},
    initialized,
    requests::{CANCELLED, Requests},
};
use crate::{diag::Failure, project::SPEC_FILE};

/// Time without a change after which a document is checked.
const QUIET: Duration = Duration::from_millis(60);

/// Time after which the server looks whether an editor that does not read is still there.
const PATIENCE: Duration = Duration::from_secs(2);

/// Files that the findings depend on besides the open ones.
const WATCHED: [&str; 4] = ["**/integration.toml", "**/integration.lock", "**/*.catalog", "**/etc/**/*.xml"];

/// Server of one editor.
pub(super) struct Server {
    sender: Sender<Message>,
    /// True once nothing more can be received.
    has_ended: Arc<AtomicBool>,
    phase: Phase,
    parent: Parent,
    workspace: Workspace,
    /// Open specs, by URI.
    documents: BTreeMap<String, OpenSpec>,
    /// Other open files.
    modules: OpenModules,
    /// Open TOML files that are no specs as far as they are written.
    strangers: BTreeMap<String, EditorText>,
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
    pub(super) fn new(sender: Sender<Message>, has_ended: Arc<AtomicBool>) -> Self {
        Self {
            sender,
            has_ended,
            phase: Phase::Starting,
            parent: Parent::default(),
            workspace: Workspace::default(),
            documents: BTreeMap::new(),
            modules: OpenModules::default(),
            strangers: BTreeMap::new(),
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
            return self.refuse(id, ErrorCode::RequestCanceled, CANCELLED);
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
                self.workspace.freshen();
                let (documents, workspace) = (&mut self.documents, &self.workspace);
                let mut requests = Requests { documents, modules: &self.modules, workspace, inbox };
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
            notification::Initialized::METHOD => self.watch()?,
            notification::DidOpenTextDocument::METHOD => {
                if let Some(params) = read::<DidOpenTextDocumentParams>(with_version(notification)) {
                    self.open(params.text_document);
                }
            }
            notification::DidChangeTextDocument::METHOD => {
                if let Some(params) = read::<DocumentChange>(notification) {
                    self.change(params)?;
                }
            }
            notification::DidCloseTextDocument::METHOD => {
                if let Some(params) = read::<DidCloseTextDocumentParams>(notification) {
                    self.close(params.text_document.uri)?;
                }
            }
            notification::DidSaveTextDocument::METHOD => {
                let saved = read::<DidSaveTextDocumentParams>(notification);
                self.check_all(&saved.map(|it| it.text_document.uri).into_iter().collect::<Vec<_>>());
            }
            notification::DidChangeWatchedFiles::METHOD => {
                let changes = read::<DidChangeWatchedFilesParams>(notification).map(|it| it.changes);
                let changed = changes.into_iter().flatten().map(|change| change.uri);
                self.check_all(&changed.collect::<Vec<_>>());
            }
            notification::DidChangeWorkspaceFolders::METHOD => {
                let Some(params) = read::<DidChangeWorkspaceFoldersParams>(notification) else {
                    return Ok(());
                };
                params.event.removed.iter().for_each(|folder| self.workspace.remove_folder(&folder.uri));
                params.event.added.iter().for_each(|folder| self.workspace.add_folder(&folder.uri));
                self.check_all(&[]);
            }
            _ => {}
        }
        Ok(())
    }

    /// Has the editor watch what the findings depend on, if it can.
    fn watch(&self) -> Result<(), Failure> {
        if !self.workspace.features.watches {
            return Ok(());
        }
        let watchers: Vec<Value> = WATCHED.iter().map(|glob| json!({ "globPattern": glob })).collect();
        let method = notification::DidChangeWatchedFiles::METHOD;
        let registration =
            json!({ "id": method, "method": method, "registerOptions": { "watchers": watchers } });
        let params = json!({ "registrations": [registration] });
        self.send(Request::new(
            RequestId::from(method.to_owned()),
            request::RegisterCapability::METHOD.to_owned(),
            params,
        ))
    }

    fn open(&mut self, document: TextDocumentItem) {
        let key = document.uri.as_str().to_owned();
        let name = path(&document.uri).and_then(|path| path.file_name().map(str::to_owned));
        if name.as_deref() == Some(SPEC_FILE)
            || document.language_id == "toml" && is_spec(name.is_some(), &document.text)
        {
            self.open_spec(document.uri, document.version, document.text);
        } else if document.language_id == "toml" {
            self.strangers.insert(key, EditorText::new(document.text));
        } else if self.modules.open(document) {
            self.due.insert(key, Instant::now());
        }
    }

    fn open_spec(&mut self, uri: Uri, version: i32, text: String) {
        let key = uri.as_str().to_owned();
        // An editor that watches no files tells nothing of those that are new.
        if !self.workspace.features.watches {
            self.workspace.outdate();
        }
        self.workspace.freshen();
        self.documents.insert(key.clone(), OpenSpec::new(uri, version, text, &self.workspace));
        self.due.insert(key, Instant::now());
    }

    fn change(&mut self, params: DocumentChange) -> Result<(), Failure> {
        let (uri, changes) = (params.text_document.uri, params.content_changes);
        let (key, version) = (uri.as_str().to_owned(), params.text_document.version);
        if let Some(mut text) = self.strangers.remove(&key) {
            changes.into_iter().for_each(|change| text.change(change));
            if is_spec(path(&uri).is_some(), text.as_str()) {
                self.open_spec(uri, version.unwrap_or_default(), text.into_string());
            } else {
                self.strangers.insert(key, text);
            }
            return Ok(());
        }
        let is_open = match self.documents.get_mut(&key) {
            Some(document) => {
                document.change(version, changes);
                true
            }
            None => self.modules.change(&uri, version, changes),
        };
        if is_open {
            self.due.insert(key, Instant::now() + QUIET);
        }
        Ok(())
    }

    fn close(&mut self, uri: Uri) -> Result<(), Failure> {
        self.due.remove(uri.as_str());
        self.strangers.remove(uri.as_str());
        if let Some(document) = self.documents.remove(uri.as_str()) {
            if self.workspace.forget(document.latest()) {
                self.check_specs(None);
            }
            return self.publish(PublishDiagnosticsParams::new(uri, Vec::new(), None));
        }
        let left = self.modules.close(&uri, &self.workspace);
        left.into_iter().try_for_each(|params| self.publish(params))
    }

    /// Checks all documents again: files that they depend on have changed, these or any others if none is named.
    fn check_all(&mut self, changed: &[Uri]) {
        self.workspace.outdate_for(changed);
        self.check_specs(None);
        let due = Instant::now() + QUIET;
        for key in self.modules.uris() {
            self.due.entry(key.clone()).or_insert(due);
        }
    }

    /// Checks the open specs again, except one.
    fn check_specs(&mut self, except: Option<&str>) {
        let due = Instant::now() + QUIET;
        for (key, document) in self.documents.iter_mut().filter(|(key, _)| Some(key.as_str()) != except) {
            document.outdate();
            self.due.entry(key.clone()).or_insert(due);
        }
    }

    /// Checks documents that are due, and publishes what is found unless they were changed meanwhile.
    fn check_due(&mut self, inbox: &mut Inbox) -> Result<(), Failure> {
        self.workspace.freshen();
        let now = Instant::now();
        let keys: Vec<String> =
            self.due.iter().filter(|(_, due)| **due <= now).map(|(key, _)| key.clone()).collect();
        let mut others = Vec::new();
        for key in keys {
            self.due.remove(&key);
            if inbox.changes(&key) {
                continue;
            }
            let Some(document) = self.documents.get_mut(&key) else {
                others.push(key);
                continue;
            };
            document.check(&self.workspace);
            if self.workspace.note(document.latest()) {
                self.check_specs(Some(&key));
            }
            let Some(document) = self.documents.get(&key).filter(|_| !inbox.changes(&key)) else { continue };
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
        for params in self.modules.check(&others, &self.workspace) {
            if !inbox.changes(params.uri.as_str()) {
                self.publish(params)?;
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
        let mut message = message.into();
        loop {
            message = match self.sender.send_timeout(message, PATIENCE) {
                Ok(()) => return Ok(()),
                Err(SendTimeoutError::Timeout(waiting)) if !self.is_alone() => waiting,
                Err(_) => return Err(Failure::new("the editor no longer reads")),
            };
        }
    }

    /// Returns true if the editor has gone without closing the pipe that it read from.
    fn is_alone(&self) -> bool {
        self.parent.is_gone() || self.has_ended.load(Ordering::Relaxed)
    }
}

/// Returns true if the text of a TOML file with another name, or of one that was never saved, is a spec.
fn is_spec(is_saved: bool, text: &str) -> bool {
    let has = |table: &str| text.lines().any(|line| line.trim_start().starts_with(table));
    let tables = ["[module]", "[target]", "[[integration]]"];
    if is_saved { tables.into_iter().all(has) } else { tables.into_iter().any(has) }
}

/// Change of a document. Editors before version 3.16 of the protocol may leave out the version.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DocumentChange {
    text_document: ChangedDocument,
    content_changes: Vec<TextDocumentContentChangeEvent>,
}

#[derive(Debug, Deserialize)]
struct ChangedDocument {
    uri: Uri,
    #[serde(default)]
    version: Option<i32>,
}

/// Notification of an opened document with a version, which some editors leave out.
fn with_version(mut notification: Notification) -> Notification {
    let document = notification.params.get_mut("textDocument").and_then(Value::as_object_mut);
    if let Some(document) = document.filter(|it| !it.get("version").is_some_and(Value::is_i64)) {
        document.insert("version".to_owned(), 0.into());
    }
    notification
}

/// Parameters of a notification; one that cannot be read is left out, as nobody waits for an answer.
fn read<P: DeserializeOwned>(notification: Notification) -> Option<P> {
    serde_json::from_value(notification.params).ok()
}
