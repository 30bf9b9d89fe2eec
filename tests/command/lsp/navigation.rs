//! Names from one place to another: definitions, references, renaming, and generated files.

mod origins;
mod unsaved;

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{
    super::magespec,
    editor::{Editor, applied, position_behind},
};
use crate::support::base::acme_erp;

const SPEC: &str = acme_erp!(
    "[[integration]]
name = \"Acme ERP\"
email = \"erp@acme.com\"
calls = [\"GET /V1/acme/orders/7\"]
resources = [\"Magento_Sales::actions_view\", \"Acme_Erp::erp/**\"]

[[acl]]
id = \"Acme_Erp::erp\" # 😀
title = \"Acme ERP 😀\"
parent = \"Magento_Backend::admin\"
children = [{ title = \"Read 😀\", id = \"Acme_Erp::read\" }]

[[service]]
name = \"OrderExport\"

[[service.method]]
name = \"get\"
route = \"GET /V1/acme/orders/:id\"
acl = [\"Acme_Erp::read\"]
returns = \"Order[]\"

[[data]]
name = \"Order\"
fields = { increment_id = \"string\", parent = \"Order?\" }

[settings]
label = \"Acme ERP\"

[[setting]]
path = \"connection/enabled\"
type = \"yesno\"
default = true

[[setting]]
path = \"connection/url\"
type = \"url\"
depends = { \"connection/enabled\" = true }
"
);

/// Editor with the spec, and its module built.
fn built(dir: &Path) -> Editor {
    fs::write(dir.join("integration.toml"), SPEC).unwrap();
    let ran = magespec(dir, &["build"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    Editor::open(dir, SPEC)
}

/// Spec with an edit applied.
fn edited(edit: &Value, uri: &str) -> String {
    applied(SPEC, edit["changes"][uri].as_array().unwrap_or_else(|| panic!("{edit:#}")))
}

/// Lines that differ, the old ones first.
fn changed(after: &str) -> Vec<String> {
    let missing = |from: &str, other: &str, sign: &str| -> Vec<String> {
        let lines = from.lines().filter(|line| !other.lines().any(|it| it == *line));
        lines.map(|line| format!("{sign}{line}")).collect()
    };
    [missing(SPEC, after, "-"), missing(after, SPEC, "+")].concat()
}

/// Places of an answer, as file and text.
fn places(dir: &Path, answer: &Value) -> Vec<String> {
    let locations = answer.as_array().cloned().unwrap_or_else(|| vec![answer.clone()]);
    locations
        .iter()
        .map(|location| {
            let path = location["uri"].as_str().unwrap().strip_prefix("file://").unwrap();
            let text = fs::read_to_string(path).unwrap();
            let line = location["range"]["start"]["line"].as_u64().unwrap();
            let line = text.lines().nth(usize::try_from(line).unwrap()).unwrap_or_default().trim();
            format!("{}: {line}", Path::new(path).strip_prefix(dir).unwrap().display())
        })
        .collect()
}

#[test]
fn names_lead_to_their_declarations() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = built(dir.path());
    let mut definition = |written: &str| {
        let answer = editor.behind("textDocument/definition", SPEC, written);
        places(dir.path(), &answer)
    };
    assert_eq!(
        definition("acl = [\"Acme_Erp::re"),
        ["integration.toml: children = [{ title = \"Read 😀\", id = \"Acme_Erp::read\" }]"]
    );
    assert_eq!(definition("Acme_Erp::erp"), ["integration.toml: id = \"Acme_Erp::erp\" # 😀"]);
    assert_eq!(definition("GET /V1/acme"), ["integration.toml: route = \"GET /V1/acme/orders/:id\""]);
    assert_eq!(definition("returns = \"Or"), ["integration.toml: name = \"Order\""]);
    assert_eq!(definition("depends = { \"conn"), ["integration.toml: path = \"connection/enabled\""]);
    assert_eq!(definition("Magento_Sales::act"), Vec::<String>::new());
    let transcript = editor.transcript();
    insta::assert_snapshot!(transcript);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn tables_lead_to_generated_files_and_back() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = built(dir.path());
    let cases = [
        (
            "[[service.met",
            vec![
                "etc/webapi.xml: <route method=\"GET\" url=\"/V1/acme/orders/:id\">",
                "Api/OrderExportInterface.php: public function get(string $id): array;",
                "Model/OrderExport.php: public function get(string $id): array",
            ],
        ),
        (
            "[[data]]\nname = \"Ord",
            vec![
                "Api/Data/OrderInterface.php: interface OrderInterface",
                "Model/Data/Order.php: class Order implements OrderInterface",
                r#"etc/di.xml: <preference for="Acme\Erp\Api\Data\OrderInterface" type="Acme\Erp\Model\Data\Order"/>"#,
            ],
        ),
        (
            "id = \"Acme_Erp::read",
            vec![
                "etc/acl.xml: <resource id=\"Acme_Erp::read\" title=\"Read 😀\" translate=\"title\" sortOrder=\"10\"/>",
            ],
        ),
        (
            "path = \"connection/ur",
            vec![
                "etc/adminhtml/system.xml: <field id=\"url\" translate=\"label\" type=\"text\" sortOrder=\"20\" \
             showInDefault=\"1\" showInWebsite=\"1\" showInStore=\"0\" canRestore=\"1\">",
                "Model/Config.php: public function getUrl(?int $storeId = null): string",
                "Model/Config/Backend/HttpUrl.php: <?php",
            ],
        ),
        ("[[integration", vec!["etc/integration.xml: <integration name=\"Acme ERP\">"]),
    ];
    for (written, expected) in cases {
        let answer = editor.behind("textDocument/definition", SPEC, written);
        assert_eq!(places(dir.path(), &answer), expected, "{written}");
    }
    // The name of something else leads to the files of that.
    let answer = editor.behind("textDocument/implementation", SPEC, "acl = [\"Acme_Erp::re");
    assert!(places(dir.path(), &answer)[0].starts_with("etc/acl.xml: <resource id=\"Acme_Erp::read\""));
    let back = [
        ("etc/webapi.xml", "<resources>", "name = \"get\""),
        ("etc/acl.xml", "Acme_Erp::read", "children = [{ title = \"Read 😀\", id = \"Acme_Erp::read\" }]"),
        ("etc/adminhtml/system.xml", "<label>URL", "path = \"connection/url\""),
        ("etc/adminhtml/system.xml", "<label>Acme", "[settings]"),
        ("etc/integration.xml", "erp@acme.com", "name = \"Acme ERP\""),
        (
            "Api/Data/OrderInterface.php",
            "function getParent",
            "fields = { increment_id = \"string\", parent = \"Order?\" }",
        ),
        ("Model/OrderExport.php", "class ", "name = \"OrderExport\""),
        ("registration.php", "<?php", "name = \"Acme_Erp\""),
    ];
    for (file, written, expected) in back {
        let path = dir.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        let line =
            text[..text.find(written).unwrap_or_else(|| panic!("{file}: {text}"))].matches('\n').count();
        let answer = editor.request(
            "textDocument/definition",
            json!({
                "textDocument": { "uri": format!("file://{}", path.display()) },
                "position": { "line": line, "character": 1 },
            }),
        );
        assert_eq!(
            places(dir.path(), &answer),
            [format!("integration.toml: {expected}")],
            "{file} {written}"
        );
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn references_are_all_uses_of_a_name() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    let before = SPEC.find("Acme_Erp::read").unwrap();
    let line = SPEC[..before].matches('\n').count();
    let mut ask = |declaration: bool| {
        let uri = editor.uri.clone();
        let answer = editor.request(
            "textDocument/references",
            json!({
                "textDocument": { "uri": uri },
                "position": { "line": line, "character": 45 },
                "context": { "includeDeclaration": declaration },
            }),
        );
        answer.as_array().unwrap().len()
    };
    assert_eq!((ask(true), ask(false)), (2, 1));
    let highlights = editor.behind("textDocument/documentHighlight", SPEC, "returns = \"Or");
    assert_eq!(highlights.as_array().unwrap().len(), 3);
    insta::assert_snapshot!(editor.transcript());
    assert_eq!(editor.end(), Some(0));
}

/// Lines that a rename changes, or the reason why it is refused.
fn renamed(editor: &mut Editor, written: &str, name: &str) -> Vec<String> {
    let uri = editor.uri.clone();
    let position = position_behind(SPEC, written);
    let params = json!({ "textDocument": { "uri": uri }, "position": position, "newName": name });
    let answer = editor.request("textDocument/rename", params);
    match answer["message"].as_str() {
        Some(refusal) => vec![refusal.to_owned()],
        None => changed(&edited(&answer, &uri)),
    }
}

#[test]
fn what_was_built_keeps_its_former_name() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = built(dir.path());
    let prepared = editor.behind("textDocument/prepareRename", SPEC, "acl = [\"Acme_Erp::re");
    assert_eq!(prepared["placeholder"], "Acme_Erp::read");
    assert_eq!(
        renamed(&mut editor, "acl = [\"Acme_Erp::re", "Acme_Erp::export"),
        [
            "-children = [{ title = \"Read 😀\", id = \"Acme_Erp::read\" }]",
            "-acl = [\"Acme_Erp::read\"]",
            "+children = [{ title = \"Read 😀\", id = \"Acme_Erp::export\", renamed_from = \"Acme_Erp::read\" }]",
            "+acl = [\"Acme_Erp::export\"]",
        ]
    );
    // Only the id itself: those that begin with it are other resources.
    assert_eq!(
        renamed(&mut editor, "Acme_Erp::erp", "Acme_Erp::main"),
        [
            "-resources = [\"Magento_Sales::actions_view\", \"Acme_Erp::erp/**\"]",
            "-id = \"Acme_Erp::erp\" # 😀",
            "+resources = [\"Magento_Sales::actions_view\", \"Acme_Erp::main/**\"]",
            "+id = \"Acme_Erp::main\" # 😀",
            "+renamed_from = \"Acme_Erp::erp\"",
        ]
    );
    assert_eq!(
        renamed(&mut editor, "depends = { \"conn", "connection/active"),
        [
            "-path = \"connection/enabled\"",
            "-depends = { \"connection/enabled\" = true }",
            "+path = \"connection/active\"",
            "+renamed_from = \"acme_erp/connection/enabled\"",
            "+depends = { \"connection/active\" = true }",
        ]
    );
    insta::assert_snapshot!(editor.transcript());
    assert_eq!(
        renamed(&mut editor, "name = \"Acme E", "Acme"),
        ["-name = \"Acme ERP\"", "+name = \"Acme\"", "+renamed_from = \"Acme ERP\""]
    );
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_no_shop_can_have_has_no_former_name() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    assert_eq!(
        renamed(&mut editor, "returns = \"Or", "Shipment"),
        [
            "-returns = \"Order[]\"",
            "-name = \"Order\"",
            "-fields = { increment_id = \"string\", parent = \"Order?\" }",
            "+returns = \"Shipment[]\"",
            "+name = \"Shipment\"",
            "+fields = { increment_id = \"string\", parent = \"Shipment?\" }",
        ]
    );
    assert_eq!(
        renamed(&mut editor, "name = \"OrderEx", "Export"),
        ["-name = \"OrderExport\"", "+name = \"Export\""]
    );
    assert_eq!(
        renamed(&mut editor, "path = \"connection/ur", "connection/address"),
        ["-path = \"connection/url\"", "+path = \"connection/address\""]
    );
    assert_eq!(renamed(&mut editor, "name = \"ge", "read"), ["-name = \"get\"", "+name = \"read\""]);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn what_cannot_be_renamed_is_refused_with_the_reason() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), SPEC);
    for (written, name, reason) in [
        ("Magento_Sales::act", "Acme_Erp::x", "this spec does not declare `Magento_Sales::actions_view`"),
        ("name = \"Acme_E", "Acme_Crm", "`Acme_Erp` is in every class, table and permission of the module"),
        (
            "GET /V1/acme",
            "GET /V1/x",
            "callers know `GET /V1/acme/orders/:id`: add a second [[service.method]]",
        ),
        ("version = \"1", "2", "there is no name here that the spec declares"),
        (
            "Acme_Erp::erp",
            "Acme_Erp::read",
            "cannot rename `Acme_Erp::erp` to `Acme_Erp::read`: the spec declares the ACL resource `Acme_Erp::read` in line ",
        ),
        ("Acme_Erp::erp", "erp", "cannot rename `Acme_Erp::erp` to `erp`: "),
        ("returns = \"Or", "order", "cannot rename `Order` to `order`: "),
        ("returns = \"Or", "Or\"der", "a name with quotes"),
        (
            "path = \"connection/ur",
            "acme_erp/connection/enabled",
            "cannot rename `acme_erp/connection/url` to `connection/enabled`: the spec declares",
        ),
    ] {
        let refused = renamed(&mut editor, written, name);
        assert!(refused.len() == 1 && refused[0].starts_with(reason), "{written}: {refused:#?}");
    }
    let refused = editor.behind("textDocument/prepareRename", SPEC, "version = \"1");
    assert_eq!(refused["code"], -32803);
    assert_eq!(editor.end(), Some(0));
}

/// The spec with another text opened and something renamed.
fn renamed_in(text: &str, written: &str, name: &str) -> Value {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), text);
    let uri = editor.uri.clone();
    let position = position_behind(text, written);
    let params = json!({ "textDocument": { "uri": uri }, "position": position, "newName": name });
    let answer = editor.request("textDocument/rename", params);
    assert_eq!(editor.end(), Some(0));
    if answer["message"].is_null() { answer["changes"][&uri].clone() } else { answer["message"].clone() }
}

#[test]
fn patterns_and_former_names_are_minded() {
    let glob = SPEC.replace("Acme_Erp::erp/**", "Acme_Erp::*e*");
    let refused = renamed_in(&glob, "id = \"Acme_Erp::er", "Acme_Erp::main");
    assert!(
        refused.as_str().unwrap().contains("a pattern in `resources` matches one of them only"),
        "{refused}"
    );
    // Back to the former name, which is then no longer a former one.
    let former = SPEC.replace("# 😀\n", "# 😀\nrenamed_from = \"Acme_Erp::old\"\n");
    let edits = renamed_in(&former, "id = \"Acme_Erp::er", "Acme_Erp::old");
    let removed = edits.as_array().unwrap().iter().find(|edit| edit["newText"] == "").unwrap().clone();
    assert_eq!(removed["range"]["start"], json!({ "line": 17, "character": 0 }));
    assert_eq!(removed["range"]["end"], json!({ "line": 18, "character": 0 }));
    let faulty = SPEC.replace("license =", "license");
    let refused = renamed_in(&faulty, "id = \"Acme_Erp::er", "Acme_Erp::x");
    assert!(refused.as_str().unwrap().starts_with("correct the spec first: "), "{refused}");
}
