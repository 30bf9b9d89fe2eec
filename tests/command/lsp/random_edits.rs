//! Random edits never end the server, and end with the diagnostics of `check`.

use std::{cell::RefCell, fs, path::Path};

use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};

use super::editor::{Editor, position};
use crate::magespec;

const STARTS: [&str; 3] = [
    super::SPEC,
    include_str!("../../support/wide.toml"),
    include_str!("../../../examples/erp-bridge/integration.toml"),
];

/// Texts that are typed, pasted or cut off.
const PIECES: [&str; 20] = [
    "",
    "\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    "\n",
    "\r\n",
    "#",
    "'",
    "\"\"\"",
    "😀",
    "é",
    "[[acl]]\n",
    "id = \"Acme_Erp::x\"\n",
    "resources = [\"Magento_Sales::**\"]",
    "calls = [\"GET /V1/orders\"]",
    "\u{feff}",
    ".",
];

/// Edit: where it starts and ends, each in thousandths of the text, and the new text.
type Edit = (usize, usize, &'static str);

/// Requests between edits.
const METHODS: [&str; 17] = [
    "textDocument/completion",
    "textDocument/hover",
    "textDocument/codeAction",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "textDocument/inlayHint",
    "textDocument/codeLens",
    "textDocument/definition",
    "textDocument/implementation",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/prepareRename",
    "textDocument/rename",
    "workspace/executeCommand",
    "completionItem/resolve",
];

/// Answer to a request that has a reason why it is refused.
const REFUSED: i64 = -32803;

#[test]
fn random_edits_end_with_the_findings_of_check() {
    let piece = || prop::sample::select(&PIECES[..]);
    let cut =
        (0..1000_usize, 0..40_usize, piece()).prop_map(|(start, length, new)| (start, start + length, new));
    let typed = (0..1000_usize, piece()).prop_map(|(start, new)| (start, start, new));
    let edits = prop::collection::vec(prop_oneof![3 => typed, 1 => cut], 1..6);
    let cases = (0..STARTS.len(), edits, any::<bool>(), 0..METHODS.len());
    let dir = tempfile::tempdir().unwrap();
    let editor = RefCell::new(Editor::open(dir.path(), super::SPEC));
    let mut runner = TestRunner::new(ProptestConfig { cases: 40, ..ProptestConfig::default() });
    let test = |(start, edits, has_crlf, method): (usize, Vec<Edit>, bool, usize)| {
        let mut editor = editor.borrow_mut();
        let text = if has_crlf { STARTS[start].replace('\n', "\r\n") } else { STARTS[start].to_owned() };
        let text = edited(&mut editor, text, &edits, method);
        let found = seen(&editor.latest_diagnostics());
        let spec = dir.path().join("integration.toml");
        fs::write(&spec, &text).unwrap();
        let checked = checked(dir.path(), &text);
        fs::remove_file(&spec).unwrap();
        prop_assert_eq!(found, checked, "{}", text);
        Ok(())
    };
    runner.run(&cases, test).unwrap();
    assert_eq!(editor.into_inner().end(), Some(0));
}

/// Sends edits with requests between them. Returns the text that is left.
fn edited(editor: &mut Editor, mut text: String, edits: &[Edit], method: usize) -> String {
    editor.set_text(&text);
    for (at, (start, end, new)) in edits.iter().enumerate() {
        let place = |thousandths: &usize| {
            let place = text.floor_char_boundary(text.len() * thousandths.min(&1000) / 1000);
            // No position is between the characters of a line end.
            if text[..place].ends_with('\r') { place - 1 } else { place }
        };
        let (start, end) = (place(start), place(end));
        let range = json!({ "start": position(&text, start), "end": position(&text, end) });
        editor.change(json!([{ "range": range, "text": new }]));
        text.replace_range(start..end, new);
        let here = position(&text, start + new.len());
        let mut params = json!({
            "textDocument": { "uri": editor.uri }, "position": here,
            "range": { "start": position(&text, start), "end": here },
            "context": { "diagnostics": [], "triggerKind": 1, "includeDeclaration": true },
            "newName": "Acme_Erp::other", "options": { "tabSize": 2, "insertSpaces": true },
            "label": "x", "data": { "uri": editor.uri, "route": "/integration/0/resources/0", "text": "x" },
        });
        let method = METHODS[(at + method) % METHODS.len()];
        if method == "workspace/executeCommand" {
            params = json!({ "command": "magespec.diff", "arguments": [editor.uri] });
        }
        let answer = editor.request(method, params);
        assert!(answer["code"].is_null() || answer["code"] == REFUSED, "{answer}");
    }
    text
}

/// Rule, message and place of a finding.
type Seen = (String, String, u64, u64);

fn seen(diagnostics: &[Value]) -> Vec<Seen> {
    let seen = diagnostics.iter().map(|it| {
        let message = it["message"].as_str().unwrap().lines().next().unwrap().to_owned();
        let start = &it["range"]["start"];
        let at = |key: &str| start[key].as_u64().unwrap();
        (it["code"].as_str().unwrap().to_owned(), message, at("line"), at("character"))
    });
    seen.collect()
}

/// Findings of `check`, with columns as an editor counts them.
fn checked(dir: &Path, text: &str) -> Vec<Seen> {
    let ran = magespec(dir, &["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let lines: Vec<&str> = text.split('\n').collect();
    let findings = report["diagnostics"].as_array().unwrap().iter().map(|it| {
        let at = |key: &str| it[key].as_u64().unwrap();
        let (line, column) = (at("line") - 1, at("column") - 1);
        let line_text = lines.get(line as usize).copied().unwrap_or_default();
        let mark = usize::from(line == 0 && line_text.starts_with('\u{feff}'));
        let before: String = line_text.chars().take(column as usize + mark).collect();
        let it = |key: &str| it[key].as_str().unwrap().to_owned();
        (it("rule"), it("message"), line, before.encode_utf16().count() as u64)
    });
    findings.collect()
}
