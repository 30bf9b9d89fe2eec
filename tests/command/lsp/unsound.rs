//! Requests while a spec has errors, or is not TOML at all.

use serde_json::{Value, json};

use super::editor::{Editor, position_behind};
use crate::support::base::acme_erp;

const SPEC: &str = acme_erp!(
    "[[integration]]
name = \"Acme ERP\"
email = \"erp@acme.com\"
calls = [\"GET /V1/orders\", { route = \"GET /V1/acme/orders\" }]
resources = [\"Acme_Erp::erp\", \"Magento_Sales::*invoice*\"]

[[acl]]
id = \"Acme_Erp::erp\"
title = \"Acme ERP\"
parent = \"Magento_Backend::admin\"

[[service]]
name = \"OrderExport\"

[[service.method]]
name = \"export\"
route = \"GET /V1/acme/orders\"
acl = \"Acme_Erp::erp\"

[settings]
label = \"Acme ERP\"

[[setting]]
path = \"connection/mode\"
type = \"select\"
options = { live = \"Live\" }
"
);

/// Names of all symbols, those within others behind them.
fn names(symbols: &Value) -> Vec<String> {
    let each = symbols.as_array().into_iter().flatten();
    each.flat_map(|it| [vec![it["name"].as_str().unwrap().to_owned()], names(&it["children"])].concat())
        .collect()
}

fn symbols(editor: &mut Editor) -> Vec<String> {
    let params = json!({ "textDocument": { "uri": editor.uri } });
    names(&editor.request("textDocument/documentSymbol", params))
}

/// Labels of hints with their lines.
fn hints(editor: &mut Editor) -> Vec<(u64, String)> {
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let hints = editor
        .request("textDocument/inlayHint", json!({ "textDocument": { "uri": editor.uri }, "range": range }));
    let hints = hints.as_array().unwrap_or_else(|| panic!("no hints: {hints}")).iter();
    hints
        .map(|it| (it["position"]["line"].as_u64().unwrap(), it["label"].as_str().unwrap().to_owned()))
        .collect()
}

/// Lines of the references to the name behind a text.
fn references(editor: &mut Editor, text: &str, written: &str) -> Vec<u64> {
    let position = position_behind(text, written);
    let document = json!({ "uri": editor.uri });
    let context = json!({ "includeDeclaration": true });
    let params = json!({ "textDocument": document, "position": position, "context": context });
    let found = editor.request("textDocument/references", params);
    let found = found.as_array().unwrap_or_else(|| panic!("no references: {found}")).iter();
    found.map(|it| it["range"]["start"]["line"].as_u64().unwrap()).collect()
}

#[test]
fn names_and_hints_stay_while_the_text_is_not_toml() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    let all = symbols(&mut editor);
    assert_eq!(
        all,
        [
            "Acme_Erp",
            "target",
            "Acme ERP",
            "Acme_Erp::erp",
            "OrderExport",
            "export",
            "settings",
            "connection/mode"
        ]
    );
    let granted = hints(&mut editor);
    let labels = granted.iter().map(|(line, label)| (*line, label.as_str())).collect::<Vec<_>>();
    assert_eq!(
        labels[..2],
        [(12, "Magento_Sales::actions_view"), (12, "Acme_Erp::erp")],
        "of each call behind it"
    );
    assert!(labels[2].1.ends_with("ids"), "{labels:?}");
    // A value that is missing, a string without its end, a key without a value, a header without its end.
    for broken in ["version = \n", "license = \"propr", "sequence\n", "[[cr\n"] {
        let text = SPEC.replace("license = \"proprietary\"\n\n", &format!("{broken}\n"));
        editor.set_text(&text);
        assert_eq!(
            symbols(&mut editor).iter().filter(|name| all.contains(name)).count(),
            all.len(),
            "{broken}"
        );
        let shift = text.lines().position(|line| line.starts_with("calls")).unwrap() as u64;
        let moved: Vec<_> = granted.iter().map(|(line, label)| (line + shift - 12, label.clone())).collect();
        assert_eq!(hints(&mut editor), moved, "{broken}");
        let used = references(&mut editor, &text, "acl = \"Acme_Erp::");
        assert_eq!(used, [13, 16, 26].map(|line| line + shift - 12), "{broken}");
    }
    // An entry more in front of the others: each has its own hint, the new one none.
    let text = SPEC
        .replace("calls = [", "calls = [\"GET /V1/products\", ")
        .replace("version = \"1.0.0\"", "version = ");
    editor.set_text(&text);
    assert_eq!(hints(&mut editor), granted);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_rename_is_not_refused_for_an_error_that_was_there() {
    // The error names what is renamed: a setting without options, a resource within itself, an id without a parent.
    let cases = [
        (SPEC.replace("options = { live = \"Live\" }\n", ""), "path = \"connection/mo", "connection/kind"),
        (SPEC.replace("Magento_Backend::admin", "Acme_Erp::erp"), "id = \"Acme_Erp::", "Acme_Erp::all"),
        (SPEC.replace("Magento_Backend::admin", "Acme_Erp::none"), "id = \"Acme_Erp::", "Acme_Erp::all"),
    ];
    for (text, written, name) in cases {
        let dir = tempfile::tempdir().unwrap();
        let mut editor = Editor::open(dir.path(), &text);
        let errors = editor.diagnostics().iter().filter(|it| it["severity"] == 1).count();
        assert_ne!(errors, 0, "{text}");
        let position = position_behind(&text, written);
        let document = json!({ "uri": editor.uri });
        let params = json!({ "textDocument": document, "position": position, "newName": name });
        let edit = editor.request("textDocument/rename", params);
        assert!(edit["changes"].is_object(), "{edit}");
        // Another error is still a reason.
        let taken = json!({ "textDocument": document, "position": position, "newName": "no name" });
        assert!(editor.request("textDocument/rename", taken)["message"].is_string());
        assert_eq!(editor.end(), Some(0));
    }
}
