//! Generated files that are open and not saved.

use std::fs;

use serde_json::{Value, json};

use super::{SPEC, built};
use crate::lsp::editor::{Editor, position_behind};

/// Place that a request leads to, as the last two parts of the path and the line.
fn place(answer: &Value) -> (String, u64) {
    let location = if answer.is_array() { &answer[0] } else { answer };
    let uri = location["uri"].as_str().unwrap_or_else(|| panic!("{answer}"));
    let name = uri.rsplit('/').next().unwrap().to_owned();
    (name, location["range"]["start"]["line"].as_u64().unwrap())
}

fn declared(editor: &mut Editor, text: &str) -> Value {
    let position = position_behind(text, "id=\"Acme_Erp::re");
    let uri = editor.uri_of("etc/acl.xml");
    let params = json!({ "textDocument": { "uri": uri }, "position": position });
    editor.request("textDocument/definition", params)
}

#[test]
fn open_files_count_as_they_are_in_the_editor() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = built(dir.path());
    let text = fs::read_to_string(dir.path().join("etc/acl.xml")).unwrap();
    let origin = declared(&mut editor, &text);
    assert_eq!(place(&origin).0, "integration.toml");
    let implementation = |editor: &mut Editor| {
        let answer = editor.behind("textDocument/implementation", SPEC, "id = \"Acme_Erp::read");
        place(&answer)
    };
    let saved = implementation(&mut editor);
    assert_eq!(saved.0, "acl.xml");
    let longer = text.replacen("<resources>", "<!-- a -->\n<!-- b -->\n<!-- c -->\n<resources>", 1);
    editor.open_file("etc/acl.xml", "xml", &longer);
    assert_eq!(declared(&mut editor, &longer), origin);
    assert_eq!(implementation(&mut editor), ("acl.xml".to_owned(), saved.1 + 3));
    let uri = editor.uri_of("etc/acl.xml");
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(implementation(&mut editor), saved);
    assert_eq!(editor.end(), Some(0));
}
