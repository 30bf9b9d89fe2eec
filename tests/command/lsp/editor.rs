//! Editor that drives the server over standard input and output.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

/// Editor with a running server.
pub(super) struct Editor {
    pub(super) server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    id: i64,
    pub(super) uri: String,
    /// Requests and answers, without the URI of the directory.
    transcript: String,
    dir: String,
}

impl Editor {
    /// Starts the server and opens a text as a spec in the directory.
    pub(super) fn open(dir: &Path, text: &str) -> Self {
        let mut editor = Self::start(dir);
        editor.request("initialize", json!({ "capabilities": {}, "processId": null, "rootUri": null }));
        editor.notify("initialized", json!({}));
        let document = json!({ "uri": editor.uri, "languageId": "toml", "version": 1, "text": text });
        editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
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
        let input = server.stdin.take().unwrap();
        let output = BufReader::new(server.stdout.take().unwrap());
        let uri = format!("file://{}/integration.toml", dir.display());
        let dir = format!("file://{}", dir.display());
        Self { server, input, output, id: 0, uri, transcript: String::new(), dir }
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    pub(super) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Result of a request. Notifications that come before it are left out.
    pub(super) fn request(&mut self, method: &str, params: Value) -> Value {
        self.id += 1;
        let id = self.id;
        self.note("→", method, &params);
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["id"] == id && message["method"].is_null() {
                let answer = if message["error"].is_null() { "result" } else { "error" };
                self.note("←", answer, &message[answer]);
                return message[answer].clone();
            }
        }
    }

    pub(super) fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.output.read_line(&mut line).unwrap();
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
        serde_json::from_slice(&text).unwrap()
    }

    /// Diagnostics of the next check.
    pub(super) fn diagnostics(&mut self) -> Vec<Value> {
        loop {
            let message = self.receive();
            if message["method"] == "textDocument/publishDiagnostics" {
                return message["params"]["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    /// Request at the first place of a text, behind it.
    pub(super) fn behind(&mut self, method: &str, text: &str, written: &str) -> Value {
        let end = text.find(written).unwrap() + written.len();
        let line = text[..end].matches('\n').count();
        let column = text[..end].rsplit('\n').next().unwrap().encode_utf16().count();
        let position = json!({ "line": line, "character": column });
        let uri = self.uri.clone();
        self.request(method, json!({ "textDocument": { "uri": uri }, "position": position }))
    }

    /// Adds a message to the transcript.
    fn note(&mut self, direction: &str, name: &str, message: &Value) {
        let message = serde_json::to_string_pretty(message).unwrap().replace(&self.dir, "file:///dir");
        self.transcript += &format!("{direction} {name} {message}\n");
    }

    /// Requests and answers since the last call.
    pub(super) fn transcript(&mut self) -> String {
        std::mem::take(&mut self.transcript)
    }

    /// Goes without a word.
    pub(super) fn die(self) -> Option<i32> {
        let Self { mut server, input, .. } = self;
        drop(input);
        server.wait().unwrap().code()
    }

    pub(super) fn end(mut self) -> Option<i32> {
        self.request("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.server.wait().unwrap().code()
    }
}
