//! Messages in any order, texts of any kind, editors that go.

use std::fs;
#[cfg(unix)]
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::{
    SPEC,
    editor::{Editor, framed},
};

#[test]
fn the_server_ends_with_its_editor() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    assert_eq!(editor.request("no/such", json!({}))["code"], -32601);
    assert_eq!(editor.request("textDocument/hover", json!({ "x": 1 }))["code"], -32602);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.server.wait().unwrap().code(), Some(1));
    assert_eq!(Editor::open(dir.path(), SPEC).die(), Some(1));
    let mut editor = Editor::start(dir.path());
    editor.notify("exit", Value::Null);
    assert_eq!(editor.server.wait().unwrap().code(), Some(1));
}

#[test]
#[cfg(unix)]
fn the_server_ends_with_the_process_of_its_editor() {
    let dir = tempfile::tempdir().unwrap();
    let mut parent = Command::new("sleep").arg("600").stdout(Stdio::null()).spawn().unwrap();
    let mut editor = Editor::start(dir.path());
    editor.request("initialize", json!({ "capabilities": {}, "processId": parent.id() }));
    parent.kill().unwrap();
    parent.wait().unwrap();
    // The pipe is still open.
    assert_eq!(editor.server.wait().unwrap().code(), Some(1));
    // A process that cannot be seen from here, as from a container, is not waited for.
    let mut editor = Editor::start(dir.path());
    editor.request("initialize", json!({ "capabilities": {}, "processId": parent.id() }));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn messages_may_come_in_any_order() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::start(dir.path());
    let uri = editor.uri.clone();
    let document = json!({ "uri": uri });
    let hover = json!({ "textDocument": document, "position": { "line": 1, "character": 1 } });
    assert_eq!(editor.request("textDocument/hover", hover.clone())["code"], -32002);
    editor.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [] }));
    editor.write("garbage\r\n\r\nContent-Length: 6\r\n\r\n{\"id\":");
    editor.write("Content-Length: -1\n\nContent-Length: 2\r\n\r\n[]");
    // Neither `initialized` nor parameters.
    editor.request("initialize", Value::Null);
    assert_eq!(editor.request("initialize", json!({}))["code"], -32600);
    assert!(editor.request("textDocument/hover", hover.clone()).is_null());
    editor.notify("textDocument/didClose", json!({ "textDocument": document }));
    editor.notify("textDocument/didChange", json!({ "textDocument": 5 }));
    editor.notify("$/unknown", json!(null));
    editor.write(&framed(&json!({ "jsonrpc": "2.0", "id": 70, "method": 7 })));
    assert_eq!(editor.answer(70)["code"], -32600);
    editor.write(&framed(&json!({ "jsonrpc": "2.0", "id": 71, "result": null })));
    editor.open_file("integration.toml", "toml", SPEC);
    editor.open_file("integration.toml", "toml", "\n[module]");
    assert!(editor.request("textDocument/hover", hover.clone())["contents"].is_object());
    assert!(editor.request("shutdown", Value::Null).is_null());
    assert_eq!(editor.request("textDocument/hover", hover)["code"], -32600);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.server.wait().unwrap().code(), Some(0));
}

#[test]
fn requests_are_cancelled_before_their_turn() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    editor.diagnostics();
    let uri = editor.uri.clone();
    let request = |id: i64| {
        let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 1 } });
        framed(&json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": params }))
    };
    let cancel = framed(&json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 101 } }));
    // What comes first takes a while, so that the others wait.
    let long = format!("{SPEC}{}", "[[acl]]\nid = \"Acme_Erp::x\"\ntitle = \"X\"\n".repeat(2000));
    let document = json!({ "uri": "untitled:x", "languageId": "toml", "version": 1, "text": long });
    let open = framed(&json!({
        "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document },
    }));
    editor.write(&[open, request(100), request(101), request(102), cancel].concat());
    assert!(editor.answer(100)["contents"].is_object());
    assert_eq!(editor.answer(101)["code"], -32800);
    assert!(editor.answer(102)["contents"].is_object());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn only_the_last_of_many_edits_is_checked() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    editor.diagnostics();
    let at = json!({ "line": 12, "character": 44 });
    for _ in 0..500 {
        editor.change(json!([{ "range": { "start": at, "end": at }, "text": "é😀" }]));
    }
    let end = json!({ "line": 12, "character": 44 + 3 * 500 });
    let last = editor.change(json!([{ "range": { "start": at, "end": end }, "text": "" }]));
    let mut checks = 0;
    let published = loop {
        let message = editor.next_notification();
        checks += 1;
        if message["params"]["version"] == last {
            break message;
        }
    };
    assert!(checks < 100, "{checks} checks of 501 edits");
    let found = published["params"]["diagnostics"].as_array().unwrap();
    assert!(found.iter().any(|it| it["code"] == "unknown-resource"), "{published}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn no_text_is_too_long_too_deep_or_too_strange() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    editor.diagnostics();
    let long = format!("{SPEC}# {}\n", "é".repeat((2 << 20) - 1000));
    let deep = format!("a = {}", "[".repeat(100_000));
    let tables = format!("a = {}", "{b = ".repeat(100_000));
    let dotted = format!("{}b = 1", "a.".repeat(100_000));
    let strange = "\u{feff}[module]\r\nname = \"\0\u{7f}\u{2028}😀\"\r[target]\r\n\r\r";
    for text in [&long, &deep, &tables, &dotted, strange, "", "\u{feff}", "=", "[[", "\"\"\"", "a = '''"] {
        editor.set_text(text);
        let uri = editor.uri.clone();
        let last = text.lines().count().saturating_sub(1);
        for method in ["completion", "hover"] {
            let position = json!({ "line": last, "character": 1_000_000 });
            let params = json!({ "textDocument": { "uri": uri }, "position": position });
            let answer = editor.request(&format!("textDocument/{method}"), params);
            assert!(answer["code"].is_null(), "{answer}");
        }
        editor.latest_diagnostics();
    }
    editor.set_text(&format!("{SPEC}# {}\n", "x".repeat(4 << 20)));
    let found = editor.latest_diagnostics();
    assert_eq!(found[0]["code"], "unreadable-file");
    assert!(found[0]["message"].as_str().unwrap().contains("larger than 4 MiB"), "{found:?}");
    editor.set_text(SPEC);
    assert!(editor.latest_diagnostics().iter().any(|it| it["code"] == "unknown-resource"));
    assert_eq!(editor.end(), Some(0));
}

#[test]
#[cfg(unix)]
fn links_out_of_the_workspace_are_not_followed() {
    let dir = tempfile::tempdir().unwrap();
    let (inner, outer) = (dir.path().join("inner"), dir.path().join("outer"));
    fs::create_dir_all(inner.join("other")).unwrap();
    fs::create_dir(&outer).unwrap();
    let spec = SPEC.replace(", \"Magento_Log::online\"", "").replace(" 😀", "");
    fs::write(outer.join("integration.toml"), &spec).unwrap();
    std::os::unix::fs::symlink(outer.join("integration.toml"), inner.join("other/integration.toml")).unwrap();
    let mut editor = Editor::open(&inner, &spec);
    assert!(editor.diagnostics().iter().all(|it| it["code"] != "duplicate-module"));
    assert_eq!(editor.end(), Some(0));
    // The same spec within the workspace has the name of the module, too.
    let mut editor = Editor::start(dir.path());
    editor.initialize();
    editor.open_file("inner/integration.toml", "toml", &spec);
    assert!(
        editor.diagnostics_of("inner/integration.toml").iter().any(|it| it["code"] == "duplicate-module")
    );
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn nothing_is_written_and_nothing_read_outside_of_the_workspace() {
    let dir = tempfile::tempdir().unwrap();
    let (inner, outer) = (dir.path().join("inner"), dir.path().join("outer"));
    fs::create_dir(&inner).unwrap();
    fs::create_dir_all(outer.join("Observer")).unwrap();
    // A class that no longer fits the spec is found where the module is.
    fs::write(outer.join("Observer/SendOrder.php"), "<?php class Other {}").unwrap();
    let spec = SPEC.replace("license =", "directory = \"../outer\"\nlicense =")
        + "[[observer]]\nname = \"send_order\"\nevent = \"sales_order_place_after\"\n";
    let spec = spec.replace(", \"Magento_Log::online\"", "").replace(" 😀", "");
    let found = |folder: &str| {
        let mut editor = Editor::start(dir.path());
        let folder = json!([{ "uri": editor.uri_of(folder), "name": "x" }]);
        editor.request("initialize", json!({ "capabilities": {}, "workspaceFolders": folder }));
        editor.uri = editor.uri_of("inner/integration.toml");
        editor.open_file("inner/integration.toml", "toml", &spec);
        let found = editor.diagnostics();
        assert_eq!(editor.end(), Some(0));
        found.iter().any(|it| it["message"].as_str().unwrap().contains("SendOrder.php"))
    };
    assert_eq!([found(""), found("inner")], [true, false]);
    assert_eq!(fs::read_dir(&inner).unwrap().count(), 0);
}
