//! Shape of the text: symbols, folding ranges, formatting, hints.

use serde_json::json;

use super::editor::{Editor, applied};

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

/// Lines that a range may change, of a text whose other lines need a change too.
#[test]
fn a_range_changes_no_line_outside_of_it() {
    let text =
        "[module]\nname=1\ndescription = 2\n\n\n\nversion=3\nlicense=4\n[target]\na=[ 1,\n2,\n3 ]\nb=5";
    // First and last position of the range, and the text after it.
    let cases = [
        ((1, 0), (1, 6), text.replace("name=1", "name = 1")),
        ((1, 3), (2, 0), text.replace("name=1", "name = 1")),
        ((2, 0), (2, 5), text.to_owned()),
        ((2, 0), (3, 0), text.to_owned()),
        ((6, 0), (6, 0), text.replace("version=3", "version = 3")),
        ((7, 2), (7, 4), text.replace("license=4", "license = 4")),
        ((9, 0), (11, 0), text.replace("a=[ 1,\n2,", "a = [\n  1,\n  2,")),
        ((12, 0), (12, 3), text.replace("b=5", "b = 5\n")),
    ];
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), text);
    for ((first, column), (last, end), expected) in cases {
        let range = json!({ "start": { "line": first, "character": column }, "end": { "line": last, "character": end } });
        let params = json!({
            "textDocument": { "uri": editor.uri }, "options": { "tabSize": 2, "insertSpaces": true }, "range": range
        });
        let edits = editor.request("textDocument/rangeFormatting", params);
        assert_eq!(applied(text, edits.as_array().unwrap()), expected, "{first}:{column}-{last}:{end}");
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn hints_say_what_calls_and_patterns_grant() {
    insta::assert_snapshot!(ask("textDocument/inlayHint", json!({ "range": lines(0, 99) })));
    let none = ask("textDocument/inlayHint", json!({ "range": lines(0, 5) }));
    assert!(none.ends_with("← result []\n"), "{none}");
}
