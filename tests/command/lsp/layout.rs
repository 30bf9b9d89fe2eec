//! Shape of the text: symbols, folding ranges, formatting, hints.

use serde_json::json;

use super::editor::Editor;

const UNTIDY: &str = "[module]
name = \"Acme_Erp\"
description=\"Lets the ERP read orders 😀\"
version = \"1.0.0\"
license = \"proprietary\"


[target]
magento = \"2.4.7\"
# What the ERP does.
[[integration]]
name = \"Acme ERP\"
email = \"erp@acme.com\"
calls = [ \"GET /V1/orders\", # 😀
 \"POST /V1/acme/orders\" ]
resources = [\"Magento_Sales::*invoice*\", \"!Magento_Sales::invoice\"]

[[acl]]
id = \"Acme_Erp::erp\"
title = \"Acme ERP\"
parent = \"Magento_Backend::admin\"

[[service]]
name = \"OrderExport\"

[[service.method]]
name = \"export\"
route = \"POST /V1/acme/orders\"
acl = \"Acme_Erp::erp\"
";

fn ask(method: &str, more: serde_json::Value) -> String {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), UNTIDY);
    let mut params = json!({ "textDocument": { "uri": editor.uri } });
    params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    editor.request(method, params);
    let transcript = editor.transcript();
    assert_eq!(editor.end(), Some(0));
    transcript
}

fn lines(first: u32, last: u32) -> serde_json::Value {
    json!({ "start": { "line": first, "character": 0 }, "end": { "line": last, "character": 0 } })
}

#[test]
fn symbols_are_the_tables_within_each_other() {
    insta::assert_snapshot!(ask("textDocument/documentSymbol", json!({})));
}

#[test]
fn tables_lists_and_comments_fold() {
    insta::assert_snapshot!(ask("textDocument/foldingRange", json!({})));
}

#[test]
fn formatting_replaces_the_lines_that_differ() {
    let options = json!({ "tabSize": 8, "insertSpaces": false });
    insta::assert_snapshot!(ask("textDocument/formatting", json!({ "options": options })));
}

#[test]
fn formatting_of_a_range_leaves_the_rest() {
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let asked = ask("textDocument/rangeFormatting", json!({ "options": options, "range": lines(2, 3) }));
    insta::assert_snapshot!(asked);
}

#[test]
fn hints_say_what_calls_and_patterns_grant() {
    insta::assert_snapshot!(ask("textDocument/inlayHint", json!({ "range": lines(0, 99) })));
    let none = ask("textDocument/inlayHint", json!({ "range": lines(0, 5) }));
    assert!(none.ends_with("← result []\n"), "{none}");
}
