//! The language server, driven over standard input and output as an editor does.

mod commands;
mod editor;
mod layout;
mod navigation;

use serde_json::{Value, json};

use super::magespec;
use editor::Editor;

const SPEC: &str = "[module]
name = \"Acme_Erp\"
description = \"Lets the ERP read orders\"
version = \"1.0.0\"
license = \"proprietary\"

[target]
magento = \"2.4.7\"

[[integration]]
name = \"Acme ERP 😀\"
email = \"erp@acme.com\"
resources = [\"Magento_Sales::actions_view\", \"Magento_Log::online\"]
";

fn labels(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect()
}

#[test]
fn diagnostics_are_the_findings_of_check() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    let found = editor.diagnostics();
    std::fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    let checked: Value =
        serde_json::from_str(&magespec(dir.path(), &["check", "--format", "json"]).stdout).unwrap();
    let rules = |all: &[Value], key: &str| -> Vec<String> {
        all.iter().map(|it| it[key].as_str().unwrap().to_owned()).collect()
    };
    let expected = rules(checked["diagnostics"].as_array().unwrap(), "rule");
    assert_eq!(rules(&found, "code"), expected);
    let unknown = found.iter().find(|it| it["code"] == "unknown-resource").unwrap();
    assert_eq!(unknown["severity"], 1);
    assert_eq!(unknown["range"]["start"], json!({ "line": 12, "character": 44 }));
    assert!(
        unknown["codeDescription"]["href"].as_str().unwrap().ends_with("/docs/rules/unknown-resource.md")
    );
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_change_is_checked_before_it_is_saved() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    assert!(editor.diagnostics().iter().any(|it| it["code"] == "unknown-resource"));
    let range = json!({ "start": { "line": 12, "character": 42 }, "end": { "line": 12, "character": 65 } });
    let uri = editor.uri.clone();
    editor.notify(
        "textDocument/didChange",
        json!({
            "textDocument": { "uri": uri, "version": 2 },
            "contentChanges": [{ "range": range, "text": "" }],
        }),
    );
    assert!(editor.diagnostics().iter().all(|it| it["code"] != "unknown-resource"));
    assert!(!dir.path().join("integration.toml").exists());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn values_are_completed_from_the_catalog() {
    let dir = tempfile::tempdir().unwrap();
    let complete = |text: &str, written: &str| {
        let mut editor = Editor::open(dir.path(), text);
        let list = editor.behind("textDocument/completion", text, written);
        assert_eq!(editor.end(), Some(0));
        list
    };
    let typed = SPEC.replace("Magento_Log::online", "view order");
    let list = complete(&typed, "view order");
    assert!(labels(&list).contains(&"Magento_Sales::actions_view"), "{list}");
    let edit = &list["items"][0]["textEdit"];
    assert_eq!(edit["range"]["start"], json!({ "line": 12, "character": 45 }));
    // The rest of the file is not even TOML.
    let typed = SPEC.replace(
        "resources = [\"Magento_Sales::actions_view\", \"Magento_Log::online\"]",
        "calls = [\"orders get",
    );
    assert!(labels(&complete(&typed, "orders get")).contains(&"GET /V1/orders/:id"));
    let typed = format!("{SPEC}[[observer]]\nname = \"x\"\nevent = \"sales_order_pl");
    let list = complete(&typed, "sales_order_pl");
    assert_eq!(labels(&list)[..2], ["sales_order_place_after", "sales_order_place_before"]);
    let typed = format!("{SPEC}[[cron]]\ngroup = ");
    assert_eq!(complete(&typed, "group = ")["items"][0]["textEdit"]["newText"], "\"consumers\"");
}

#[test]
fn keys_and_headers_are_completed_from_the_schema() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    let list = editor.behind("textDocument/completion", SPEC, "license = \"proprietary\"\n");
    let keys = labels(&list);
    assert!(keys.contains(&"package") && !keys.contains(&"name"), "{keys:?}");
    let uri = editor.uri.clone();
    let text = format!("{SPEC}\n[[");
    let change =
        json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": text }] });
    editor.notify("textDocument/didChange", change);
    let list = editor.behind("textDocument/completion", &text, "\n[[");
    assert!(list.is_null() || labels(&list).contains(&"integration"), "{list}");
    let list = editor.behind("textDocument/completion", &text, "]\n\n[[");
    assert!(labels(&list).contains(&"webhook"), "{list}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn hover_says_what_an_id_is_and_what_a_key_does() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    let hover = editor.behind("textDocument/hover", SPEC, "Magento_Sales::act");
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.starts_with("**Sales > Operations > Orders > Actions > View**"), "{text}");
    assert!(text.contains("in all releases of the target") && text.contains("- `GET /V1/orders`"), "{text}");
    let hover = editor.behind("textDocument/hover", SPEC, "resour");
    assert!(hover["contents"]["value"].as_str().unwrap().contains("ACL resources"), "{hover}");
    assert_eq!(
        editor.behind("textDocument/hover", "# x\n", "# x"),
        editor.behind("textDocument/hover", SPEC, "[mo")
    );
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn fixes_are_actions() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    let at = json!({ "line": 12, "character": 50 });
    let uri = editor.uri.clone();
    let actions = editor.request(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": uri }, "range": { "start": at, "end": at }, "context": { "diagnostics": [] } }),
    );
    let first = &actions[0];
    assert_eq!(first["title"], "Replace by \"Magento_Customer::online\"", "{actions}");
    assert_eq!(first["edit"]["changes"][&uri][0]["newText"], "\"Magento_Customer::online\"");
    let symbols = editor.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    let names: Vec<&str> =
        symbols.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Acme_Erp", "target", "Acme ERP 😀"]);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn the_server_ends_with_its_editor() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    assert_eq!(editor.request("no/such", json!({}))["code"], -32601);
    assert_eq!(editor.request("textDocument/hover", json!({ "x": 1 }))["code"], -32602);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.server.wait().unwrap().code(), Some(1));
    assert_eq!(Editor::open(dir.path(), SPEC).die(), Some(1));
}
