//! Messages in any order, texts of any kind, editors that go.

mod outside;

#[cfg(unix)]
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

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
fn actions_end_with_the_text_that_they_are_for() {
    let dir = tempfile::tempdir().unwrap();
    let unknown: String = (0..60).map(|at| format!("\"Magento_Sales::shap{at}\", ")).collect();
    let text = SPEC.replace("resources = [", &format!("resources = [\"magento_sales::ship\", {unknown}"));
    let mut editor = Editor::open(dir.path(), &text);
    editor.diagnostics();
    let document = json!({ "uri": editor.uri });
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let params = json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
    let request = |id: i64| {
        let message =
            json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/codeAction", "params": params });
        framed(&message)
    };
    // Those at the start of the range, and all fixes at once.
    editor.write(&request(100));
    let found = editor.answer(100);
    let titles: Vec<&str> = found.as_array().unwrap().iter().filter_map(|it| it["title"].as_str()).collect();
    assert!(titles.contains(&"Replace with \"Magento_Sales::ship\"") && titles.len() <= 43, "{titles:#?}");
    let changed = json!({ "uri": editor.uri, "version": 9 });
    let change = json!({ "textDocument": changed, "contentChanges": [{ "text": text + " " }] });
    let edit = json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": change });
    editor.write(&[request(101), framed(&edit), request(102)].concat());
    assert_eq!(editor.answer(101)["code"], -32801);
    assert!(editor.answer(102).is_array());
    let cancel = json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 103 } });
    editor.write(&[request(103), framed(&cancel)].concat());
    assert_eq!(editor.answer(103)["code"], -32800);
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

/// Waits for the end of a server whose output nobody reads. True if it ended.
fn ends(editor: &mut Editor) -> bool {
    let until = Instant::now() + Duration::from_secs(120);
    while Instant::now() < until {
        if editor.server.try_wait().unwrap().is_some() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    editor.server.kill().unwrap();
    false
}

/// Requests whose answers no pipe holds.
fn many_completions(editor: &Editor) -> String {
    let position = json!({ "line": 12, "character": 15 });
    let params = json!({ "textDocument": { "uri": editor.uri }, "position": position });
    let request = |id: usize| {
        framed(&json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/completion", "params": params }))
    };
    (1000..1040).map(request).collect()
}

#[test]
fn the_server_ends_though_nobody_reads_its_answers() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    editor.write(&many_completions(&editor));
    editor.write(&framed(&json!({ "jsonrpc": "2.0", "id": 9999, "method": "shutdown" })));
    editor.notify("exit", Value::Null);
    assert!(ends(&mut editor));
    let mut editor = Editor::open(dir.path(), SPEC);
    editor.write(&many_completions(&editor));
    editor.hang_up();
    assert!(ends(&mut editor));
}

#[test]
#[cfg(unix)]
fn the_server_ends_with_an_editor_that_had_long_stopped_reading() {
    let dir = tempfile::tempdir().unwrap();
    let mut parent = Command::new("sleep").arg("600").stdout(Stdio::null()).spawn().unwrap();
    let mut editor = Editor::start(dir.path());
    editor.request("initialize", json!({ "capabilities": {}, "processId": parent.id() }));
    editor.open_file("integration.toml", "toml", SPEC);
    editor.write(&many_completions(&editor));
    let small = |id: usize| framed(&json!({ "jsonrpc": "2.0", "id": id, "method": "no/such" }));
    editor.write(&(2000..3300).map(small).collect::<String>());
    parent.kill().unwrap();
    parent.wait().unwrap();
    assert!(ends(&mut editor));
}

#[test]
fn versions_may_be_missing() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::start(dir.path());
    editor.initialize();
    let uri = editor.uri.clone();
    let document = json!({ "uri": uri, "languageId": "toml", "version": null, "text": SPEC });
    editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
    assert!(editor.diagnostics().iter().any(|it| it["code"] == "unknown-resource"));
    for document in [json!({ "uri": uri, "version": null }), json!({ "uri": uri })] {
        let changes = json!([{ "text": "[module]\nname = 1\n" }]);
        editor
            .notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
        assert!(editor.diagnostics().iter().all(|it| it["code"] != "unknown-resource"));
        editor.set_text(SPEC);
        assert!(editor.latest_diagnostics().iter().any(|it| it["code"] == "unknown-resource"));
    }
    assert_eq!(editor.end(), Some(0));
}
