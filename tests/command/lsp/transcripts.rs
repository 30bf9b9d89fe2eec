//! Transcripts of what every session has: initialize, open, edit, cancel, end. Those of the other requests are beside their tests.

use serde_json::{Value, json};

use super::{
    SPEC,
    editor::{Editor, framed},
};

/// Notes the diagnostics of the present version.
fn note_diagnostics(editor: &mut Editor) {
    let found = editor.latest_diagnostics();
    editor.note("←", "textDocument/publishDiagnostics", &Value::Array(found));
}

#[test]
fn a_session_from_its_start_to_its_end() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::start(dir.path());
    editor.initialize();
    let uri = editor.uri.clone();
    let document = json!({ "uri": uri, "languageId": "toml", "version": 1, "text": SPEC });
    editor.note("→", "textDocument/didOpen", &json!({ "textDocument": document }));
    editor.open_file("integration.toml", "toml", SPEC);
    note_diagnostics(&mut editor);
    // The emoji in front of it is one character of two UTF-16 units on its line.
    let range = json!({ "start": { "line": 10, "character": 16 }, "end": { "line": 10, "character": 19 } });
    let changes = json!([{ "range": range, "text": "" }]);
    editor.note("→", "textDocument/didChange", &json!({ "contentChanges": changes }));
    editor.change(changes);
    note_diagnostics(&mut editor);
    let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 1 } });
    editor.note("→", "textDocument/hover", &params);
    editor.note("→", "$/cancelRequest", &json!({ "id": 90 }));
    let hover =
        framed(&json!({ "jsonrpc": "2.0", "id": 90, "method": "textDocument/hover", "params": params }));
    let cancel = framed(&json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 90 } }));
    // What comes first takes a while, so that the request waits when it is cancelled.
    let long = format!("{SPEC}{}", "[[acl]]\nid = \"Acme_Erp::x\"\ntitle = \"X\"\n".repeat(2000));
    let document = json!({ "uri": "untitled:x", "languageId": "toml", "version": 1, "text": long });
    let open = framed(&json!({
        "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document },
    }));
    editor.write(&[open, hover, cancel].concat());
    editor.answer(90);
    editor.request("shutdown", Value::Null);
    editor.note("→", "exit", &Value::Null);
    let transcript = editor.transcript().replace(env!("CARGO_PKG_VERSION"), "VERSION");
    insta::assert_snapshot!(transcript);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.server.wait().unwrap().code(), Some(0));
}

#[test]
fn a_rename_and_a_command() {
    let dir = tempfile::tempdir().unwrap();
    let text = SPEC.replace(" 😀", "").replace("\"Magento_Log::online\"", "\"Acme_Erp::sync\"")
        + "\n[[acl]]\nid = \"Acme_Erp::sync\"\ntitle = \"Sync\"\nparent = \"Magento_Backend::admin\"\n";
    let mut editor = Editor::open(dir.path(), &text);
    editor.latest_diagnostics();
    editor.behind("textDocument/prepareRename", &text, "id = \"Acme_Erp::sy");
    let position = super::editor::position_behind(&text, "id = \"Acme_Erp::sy");
    let document = json!({ "uri": editor.uri });
    let params = json!({ "textDocument": document, "position": position, "newName": "Acme_Erp::sync_now" });
    editor.request("textDocument/rename", params);
    let arguments = json!([editor.uri]);
    editor
        .request("workspace/executeCommand", json!({ "command": "magespec.build", "arguments": arguments }));
    insta::assert_snapshot!(editor.transcript());
    assert_eq!(editor.end(), Some(0));
}
