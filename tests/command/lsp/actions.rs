//! Code actions, each applied and checked again.

mod forms;
mod suggestions;

use serde_json::{Value, json};

use super::{
    SPEC,
    editor::{Editor, applied},
};

/// Takes an action at the first place of `written`, and returns the text after it and the rules that are left.
fn taken(editor: &mut Editor, text: &str, written: &str, title: &str) -> (String, Vec<String>) {
    editor.set_text(text);
    let actions = editor.actions(text, written);
    let action = actions.iter().find(|action| action["title"] == title);
    let action = action.unwrap_or_else(|| {
        let titles: Vec<&Value> = actions.iter().map(|action| &action["title"]).collect();
        panic!("no {title:?} in {titles:#?}")
    });
    let edits = action["edit"]["changes"][&editor.uri].as_array().unwrap().clone();
    let text = applied(text, &edits);
    editor.set_text(&text);
    let found = editor.latest_diagnostics();
    let rules = found.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect();
    (text, rules)
}

fn sound() -> String {
    SPEC.replace(" 😀", "").replace(", \"Magento_Log::online\"", "")
}

#[test]
fn a_finding_is_gone_after_its_action() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &sound());
    let secret = sound()
        + "[settings]\nlabel = \"Acme ERP\"\n[[setting]]\npath = \"api/key\"\ntype = \"text\"\n"
        + "default = \"sk_live_4eC39HqLyjWDarjtT1zdp7dc\" # of the shop\nlabel = \"Key\"\n";
    let old = sound().replace("2.4.7", ">=2.3.0 <2.4.9") + "calls = [\"GET /V1/inventory/sources\"]\n";
    let older = old.replace(">=2.3.0", ">=2.2.0");
    let undeclared = sound()
        + "[[service]]\nname = \"Sync\"\n[[service.method]]\nname = \"run\"\n"
        + "route = \"POST /V1/acme-erp/sync\"\nacl = \"Acme_Erp::sync_now\"\n";
    let levels = SPEC.replace(" 😀", "");
    let cases = [
        // Text, place, title, rule, and what the text has afterwards.
        (
            levels.as_str(),
            "Magento_Log::on",
            "Replace with \"Magento_Customer::online\"",
            "unknown-resource",
            "Magento_Customer::online",
        ),
        (
            levels.as_str(),
            "Magento_Log::on",
            "Allow unknown-resource in this spec",
            "unknown-resource",
            "\n\n[rules]\nunknown-resource = \"allow\"\n",
        ),
        (
            &format!("{levels}[rules]\nunknown-resource = \"warn\"\n"),
            "Magento_Log::on",
            "Allow unknown-resource in this spec",
            "unknown-resource",
            "[rules]\nunknown-resource = \"allow\"\n",
        ),
        (
            &format!("{levels}[rules] # few\nurl-not-https = \"deny\"\n"),
            "Magento_Log::on",
            "Allow unknown-resource in this spec",
            "unknown-resource",
            "[rules] # few\nurl-not-https = \"deny\"\nunknown-resource = \"allow\"\n",
        ),
        (
            &secret,
            "sk_live",
            "Move to a secret setting: remove the default and encrypt the value",
            "secret-in-spec",
            "path = \"api/key\"\ntype = \"secret\"\nlabel = \"Key\"\n",
        ),
        (
            &older,
            "GET /V1/inventory",
            "Narrow the target to magento = \">=2.3.0 <2.4.9\"",
            "route-not-in-every-release",
            "magento = \">=2.3.0 <2.4.9\"",
        ),
        (
            &undeclared,
            "Acme_Erp::sync",
            "Declare Acme_Erp::sync_now in [[acl]]",
            "unknown-resource",
            "\n\n[[acl]]\nid = \"Acme_Erp::sync_now\"\ntitle = \"Sync now\"\nparent = \"Magento_Backend::admin\"\n",
        ),
    ];
    for (text, place, title, rule, written) in cases {
        editor.set_text(text);
        let before = editor.latest_diagnostics();
        assert!(before.iter().any(|it| it["code"] == rule), "{rule} in {before:#?}");
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let (after, rules) = taken(&mut editor, &text, place, title);
            assert!(!rules.iter().any(|left| left == rule), "{rule} in {rules:?} of {after}");
            assert!(rules.iter().all(|left| left != "toml-syntax"), "{after}");
            assert!(after.replace("\r\n", "\n").contains(written), "{after}");
            assert_eq!(
                after.matches('\n').count() == after.matches("\r\n").count(),
                text.contains('\r'),
                "{after:?}"
            );
        }
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn entries_are_written_in_other_ways() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &sound());
    let with = |resources: &str, calls: &str| {
        sound().replace(
            "resources = [\"Magento_Sales::actions_view\"]",
            &format!("resources = {resources}\ncalls = {calls}"),
        )
    };
    let one = with(
        "[\"Magento_Sales::*invoice*\", \"!Magento_Sales::ship\"]",
        "[\"POST /V1/order/:orderId/ship\"]",
    );
    let two = "Replace with the 2 ids it stands for";
    let (after, _) = taken(&mut editor, &one, "::*inv", two);
    assert!(after.contains("resources = [\"Magento_Sales::invoice\", \"Magento_Sales::sales_invoice\", \"!Magento_Sales::ship\"]"), "{after}");
    let lines = with("[\n  # read\n  \"Magento_Sales::*invoice*\", # all\n]", "[]");
    let (after, _) = taken(&mut editor, &lines, "::*inv", two);
    assert!(
        after.contains("# read\n  \"Magento_Sales::invoice\",\n  \"Magento_Sales::sales_invoice\", # all\n]"),
        "{after}"
    );
    let (after, rules) = taken(&mut editor, &one, "/ship", "Add `why`");
    assert!(
        after.contains("calls = [{ route = \"POST /V1/order/:orderId/ship\", why = \"TODO\" }]"),
        "{after}"
    );
    assert!(rules.iter().all(|rule| rule != "invalid-value"));
    let permission = "Request the permission this route needs instead: Magento_Sales::ship";
    let plain = with("[\"Magento_Sales::actions_view\"]", "[\"POST /V1/order/:orderId/ship\"] # all");
    let (after, rules) = taken(&mut editor, &plain, "/ship", permission);
    assert!(
        after.contains(
            "resources = [\n  \"Magento_Sales::actions_view\",\n  \"Magento_Sales::ship\", # all\n]\n"
        ) && !after.contains("calls"),
        "{after}"
    );
    assert!(!rules.iter().any(|rule| rule == "implied-resource"), "{rules:?}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn all_fixes_are_applied_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let text = sound().replace(
        "[\"Magento_Sales::actions_view\"]",
        "[\"Magento_Log::online\", \"Magento_Sales::actions_view\", \"Magento_Sales::actions_view\"]",
    );
    let mut editor = Editor::open(dir.path(), &text);
    let (after, rules) = taken(&mut editor, &text, "[module", "Apply all 2 fixes");
    assert!(
        after.contains("resources = [\"Magento_Customer::online\", \"Magento_Sales::actions_view\"]"),
        "{after}"
    );
    assert!(
        !rules.iter().any(|rule| rule == "unknown-resource" || rule == "duplicate-resource"),
        "{rules:?}"
    );
    let position = json!({ "line": 0, "character": 0 });
    let params = json!({
        "textDocument": { "uri": editor.uri }, "range": { "start": position, "end": position },
        "context": { "diagnostics": [], "only": ["quickfix"] },
    });
    editor.set_text(&text);
    assert_eq!(editor.request("textDocument/codeAction", params), json!([]));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn an_action_is_written_down() {
    let dir = tempfile::tempdir().unwrap();
    let text = SPEC.replace(" 😀", "");
    let mut editor = Editor::open(dir.path(), &text);
    editor.actions(&text, "Magento_Log::on");
    insta::assert_snapshot!(editor.transcript());
    assert_eq!(editor.end(), Some(0));
}
