//! An editor with a running server, as tests play it.

use std::{
    collections::{BTreeMap, VecDeque},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

/// Editor with a running server.
pub(super) struct Editor {
    pub(super) server: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    id: i64,
    version: i64,
    dir: PathBuf,
    /// The spec.
    pub(super) uri: String,
    /// Notifications that came before the answer to a request.
    notifications: VecDeque<Value>,
    /// Rules of the diagnostics that each file has, by URI; files without any are left out.
    pub(super) shown_rules: BTreeMap<String, Vec<String>>,
    /// Requests and answers.
    transcript: String,
    /// Most items of a list that the transcript shows.
    pub(super) shown: usize,
}

impl Editor {
    /// Starts the server and opens a text as a spec in the directory.
    pub(super) fn open(dir: &Path, text: &str) -> Self {
        let mut editor = Self::start(dir);
        editor.initialize();
        editor.open_file("integration.toml", "toml", text);
        editor.transcript.clear();
        editor
    }

    pub(super) fn start(dir: &Path) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_magespec"))
            .arg("lsp")
            .current_dir(dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = server.stdin.take();
        let output = BufReader::new(server.stdout.take().unwrap());
        let uri = format!("file://{}/integration.toml", dir.display());
        Self {
            server,
            input,
            output,
            id: 0,
            version: 0,
            dir: dir.to_owned(),
            uri,
            notifications: VecDeque::new(),
            shown_rules: BTreeMap::new(),
            transcript: String::new(),
            shown: usize::MAX,
        }
    }

    /// Opens the directory as the folder of the editor.
    pub(super) fn initialize(&mut self) -> Value {
        self.initialize_in("")
    }

    /// Opens a folder in the directory.
    pub(super) fn initialize_in(&mut self, folder: &str) -> Value {
        self.initialize_with(folder, "markdown")
    }

    /// Opens a folder in the directory, as an editor that shows one format.
    pub(super) fn initialize_with(&mut self, folder: &str, format: &str) -> Value {
        let folder = json!({ "uri": self.uri_of(folder), "name": "module" });
        let tags = json!({ "valueSet": [1] });
        let item = json!({ "snippetSupport": true, "tagSupport": tags, "documentationFormat": [format] });
        let features =
            json!({ "completion": { "completionItem": item }, "hover": { "contentFormat": [format] } });
        let capabilities = json!({ "textDocument": features });
        let result = self.request(
            "initialize",
            json!({ "capabilities": capabilities, "processId": null, "rootUri": null, "workspaceFolders": [folder] }),
        );
        self.notify("initialized", json!({}));
        result
    }

    pub(super) fn uri_of(&self, path: &str) -> String {
        format!("file://{}/{path}", self.dir.display()).trim_end_matches('/').to_owned()
    }

    pub(super) fn open_file(&mut self, path: &str, language: &str, text: &str) {
        let uri = self.uri_of(path);
        self.open_uri(&uri, language, text);
    }

    pub(super) fn open_uri(&mut self, uri: &str, language: &str, text: &str) {
        self.version += 1;
        let document = json!({ "uri": uri, "languageId": language, "version": self.version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces the whole text of the spec.
    pub(super) fn set_text(&mut self, text: &str) {
        self.change(json!([{ "text": text }]));
    }

    /// Changes the spec. Returns the new version.
    pub(super) fn change(&mut self, changes: Value) -> i64 {
        self.version += 1;
        let document = json!({ "uri": self.uri, "version": self.version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
        self.version
    }

    fn send(&mut self, message: &Value) {
        self.write(&framed(message));
    }

    pub(super) fn write(&mut self, text: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(text.as_bytes()).unwrap();
        input.flush().unwrap();
    }

    pub(super) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Result of a request, or its error.
    pub(super) fn request(&mut self, method: &str, params: Value) -> Value {
        self.id += 1;
        let id = self.id;
        self.note("→", method, &params);
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.answer(id)
    }

    /// Answer to a request.
    pub(super) fn answer(&mut self, id: i64) -> Value {
        loop {
            let message = self.receive();
            if message["id"] == id && message["method"].is_null() {
                let key = if message["error"].is_null() { "result" } else { "error" };
                self.note("←", key, &message[key]);
                return message[key].clone();
            }
            self.notifications.push_back(message);
        }
    }

    pub(super) fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "the server has ended");
            match line.trim_end() {
                "" => break,
                header => {
                    if let Some(text) = header.strip_prefix("Content-Length: ") {
                        length = text.parse().unwrap();
                    }
                }
            }
        }
        let mut text = vec![0; length];
        self.output.read_exact(&mut text).unwrap();
        let message: Value = serde_json::from_slice(&text).unwrap();
        if message["method"] == "textDocument/publishDiagnostics" {
            let (uri, found) =
                (&message["params"]["uri"], message["params"]["diagnostics"].as_array().unwrap());
            let rules = found.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
            self.shown_rules.insert(uri.as_str().unwrap().to_owned(), rules);
            self.shown_rules.retain(|_, rules| !rules.is_empty());
        }
        message
    }

    /// Waits until all is checked that was opened or changed before.
    pub(super) fn settle(&mut self) {
        self.version += 1;
        let uri = self.uri_of("settled/integration.toml");
        let document = json!({ "uri": uri, "languageId": "toml", "version": self.version, "text": "" });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
        // What is changed is checked after all that was due before; a check may have made others due.
        let kept = std::mem::replace(&mut self.uri, uri);
        for _ in 0..3 {
            self.set_text("=");
            while !self.is_published(self.version) {}
        }
        self.uri = kept;
    }

    /// Receives a message. Returns true for the diagnostics of a version.
    fn is_published(&mut self, version: i64) -> bool {
        let message = self.receive();
        message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == version
    }

    /// Diagnostics of the next check of the spec.
    pub(super) fn diagnostics(&mut self) -> Vec<Value> {
        let uri = self.uri.clone();
        self.published(|params| params["uri"] == uri)
    }

    /// Diagnostics of the present version of the spec.
    pub(super) fn latest_diagnostics(&mut self) -> Vec<Value> {
        let (uri, version) = (self.uri.clone(), self.version);
        self.published(|params| params["uri"] == uri && params["version"] == version)
    }

    /// Diagnostics of a file.
    pub(super) fn diagnostics_of(&mut self, path: &str) -> Vec<Value> {
        let uri = self.uri_of(path);
        self.published(|params| params["uri"] == uri)
    }

    fn published(&mut self, is_it: impl Fn(&Value) -> bool) -> Vec<Value> {
        loop {
            let message = self.next_notification();
            if message["method"] == "textDocument/publishDiagnostics" && is_it(&message["params"]) {
                return message["params"]["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    /// Request at the first place of a text in the spec, behind it.
    pub(super) fn behind(&mut self, method: &str, text: &str, written: &str) -> Value {
        let position = position_behind(text, written);
        let uri = self.uri.clone();
        self.request(method, json!({ "textDocument": { "uri": uri }, "position": position }))
    }

    /// Actions at the first place of a text in the spec.
    pub(super) fn actions(&mut self, text: &str, written: &str) -> Vec<Value> {
        let position = position_behind(text, written);
        let range = json!({ "start": position, "end": position });
        let document = json!({ "uri": self.uri });
        let params = json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
        self.request("textDocument/codeAction", params).as_array().unwrap().clone()
    }

    /// Ends the server. Returns its exit status.
    pub(super) fn end(mut self) -> Option<i32> {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.server.wait().unwrap().code()
    }

    /// Goes without a word.
    pub(super) fn die(self) -> Option<i32> {
        let Self { mut server, input, .. } = self;
        drop(input);
        server.wait().unwrap().code()
    }

    /// Closes the input of the server, and keeps its output open unread.
    pub(super) fn hang_up(&mut self) {
        self.input = None;
    }

    /// Next message that is not an answer.
    pub(super) fn next_notification(&mut self) -> Value {
        self.notifications.pop_front().unwrap_or_else(|| self.receive())
    }

    /// Requests and answers since the last call.
    pub(super) fn transcript(&mut self) -> String {
        std::mem::take(&mut self.transcript)
    }

    /// Adds a message to the transcript.
    pub(super) fn note(&mut self, direction: &str, name: &str, message: &Value) {
        let dir = format!("file://{}", self.dir.display());
        let message = serde_json::to_string_pretty(&short(message, self.shown)).unwrap();
        self.transcript += &format!("{direction} {name} {}\n", message.replace(&dir, "file:///dir"));
    }
}

/// Message with its header.
pub(super) fn framed(message: &Value) -> String {
    let text = message.to_string();
    format!("Content-Length: {}\r\n\r\n{text}", text.len())
}

/// Position behind the first place of a text.
pub(super) fn position_behind(text: &str, written: &str) -> Value {
    let end = text.find(written).unwrap_or_else(|| panic!("no {written} in {text}")) + written.len();
    position(text, end)
}

/// Position of an offset, with its column in UTF-16.
pub(super) fn position(text: &str, offset: usize) -> Value {
    let line = text[..offset].matches('\n').count();
    let column = text[..offset].rsplit('\n').next().unwrap().encode_utf16().count();
    json!({ "line": line, "character": column })
}

/// Offset of a position.
fn offset(text: &str, position: &Value) -> usize {
    let line = position["line"].as_u64().unwrap() as usize;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut units = position["character"].as_u64().unwrap() as usize;
    let mut offset = start;
    for c in text[start..].chars().take_while(|c| *c != '\n') {
        if units < c.len_utf16() {
            break;
        }
        units -= c.len_utf16();
        offset += c.len_utf8();
    }
    offset
}

/// Text after edits.
pub(super) fn applied(text: &str, edits: &[Value]) -> String {
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| {
            let at = |end: &str| offset(text, &edit["range"][end]);
            (at("start"), at("end"), edit["newText"].as_str().unwrap())
        })
        .collect();
    // Of several insertions at one place the first comes first.
    edits.sort_by_key(|(start, ..)| *start);
    let mut applied = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        applied.replace_range(start..end, new);
    }
    applied
}

/// Value with the first items of long lists only.
fn short(value: &Value, most: usize) -> Value {
    match value {
        Value::Array(items) => {
            let more = items.len().saturating_sub(most);
            let shown = items[..items.len() - more].iter().map(|item| short(item, most));
            shown.chain((more > 0).then(|| json!(format!("… {more} more")))).collect()
        }
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), short(value, most))).collect()
        }
        other => other.clone(),
    }
}
