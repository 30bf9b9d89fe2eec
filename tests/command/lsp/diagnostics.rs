//! Findings as they come to an editor.

mod workspaces;

use serde_json::{Value, json};

use super::{
    SPEC,
    editor::{Editor, position},
};
use crate::magespec;

#[test]
fn a_wrong_level_leaves_a_rule_as_it_is_and_examples_are_of_this_module() {
    let dir = tempfile::tempdir().unwrap();
    let levels = "\n[rules]\nurl-not-https = \"off\"\n[[acl]]\nid = \"sync\"\ntitle = \"Sync\"\n";
    let text = SPEC.replace("resources =", "endpoint_url = \"http://acme.com/token\"\nresources =") + levels;
    let found = Editor::open(dir.path(), &text).diagnostics();
    let of = |rule: &str| found.iter().find(|it| it["code"] == rule).unwrap();
    assert_eq!(of("url-not-https")["severity"], 2);
    assert!(of("acl-id")["message"].as_str().unwrap().contains("\"Acme_Erp::sync\""), "{found:#?}");
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
    editor.change(json!([{ "range": range, "text": "" }]));
    assert!(editor.latest_diagnostics().iter().all(|it| it["code"] != "unknown-resource"));
    assert!(!dir.path().join("integration.toml").exists());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn findings_have_related_places_pages_and_tags() {
    let dir = tempfile::tempdir().unwrap();
    let text = SPEC.replace("\"Magento_Log::online\"", "\"Magento_Sales::actions_view\"")
        + "[[acl]]\nid = \"Acme_Erp::erp\"\ntitle = \"Acme ERP\"\nparent = \"Magento_Backend::admin\"\n"
        + "[[acl]]\nid = \"Acme_Erp::erp\"\ntitle = \"Again\"\nparent = \"Magento_Backend::admin\"\n";
    let mut editor = Editor::open(dir.path(), &text);
    let found = editor.diagnostics();
    let of = |rule: &str| found.iter().find(|it| it["code"] == rule).unwrap_or_else(|| panic!("{found:#?}"));
    assert_eq!(of("duplicate-resource")["tags"], json!([1]));
    let related = &of("acl-duplicate")["relatedInformation"];
    let places: Vec<&Value> =
        related.as_array().unwrap().iter().map(|it| &it["location"]["range"]["start"]["line"]).collect();
    assert!(places.contains(&&json!(14)), "{related}");
    for finding in &found {
        let page = finding["codeDescription"]["href"].as_str().unwrap();
        assert!(page.ends_with(&format!("/docs/rules/{}.md", finding["code"].as_str().unwrap())), "{page}");
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn specs_of_a_workspace_are_compared() {
    let dir = tempfile::tempdir().unwrap();
    let spec = SPEC.replace(" 😀", "").replace(", \"Magento_Log::online\"", "");
    for name in ["a", "b"] {
        std::fs::create_dir(dir.path().join(name)).unwrap();
        std::fs::write(dir.path().join(name).join("integration.toml"), &spec).unwrap();
    }
    let mut editor = Editor::start(dir.path());
    editor.initialize();
    editor.open_file("a/integration.toml", "toml", &spec);
    let found = editor.diagnostics_of("a/integration.toml");
    let twice =
        found.iter().find(|it| it["code"] == "duplicate-module").unwrap_or_else(|| panic!("{found:#?}"));
    let message = twice["message"].as_str().unwrap();
    assert!(message.starts_with("b/integration.toml also defines the module `Acme_Erp`"), "{message}");
    let other = spec.replace("Acme_Erp", "Acme_Other");
    std::fs::write(dir.path().join("b/integration.toml"), &other).unwrap();
    let saved = json!({ "textDocument": { "uri": editor.uri_of("a/integration.toml") } });
    editor.notify("textDocument/didSave", saved);
    assert!(editor.diagnostics_of("a/integration.toml").iter().all(|it| it["code"] != "duplicate-module"));
    // Two at once, one of them in no file.
    editor.open_file("b/integration.toml", "toml", &other);
    editor.diagnostics_of("b/integration.toml");
    editor.open_uri("untitled:new", "toml", "[module]\nname = \"acme\"\n");
    editor.uri = "untitled:new".to_owned();
    assert!(editor.diagnostics().iter().any(|it| it["code"] == "module-name"));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn columns_behind_a_byte_order_mark_are_the_editors() {
    let dir = tempfile::tempdir().unwrap();
    let etc = dir.path().join("etc");
    std::fs::create_dir_all(&etc).unwrap();
    std::fs::write(etc.join("module.xml"), MODULE_XML).unwrap();
    // Some editors keep the mark in the text, others do not.
    for mark in ["", "\u{feff}"] {
        let text = format!("{mark}{}", INTEGRATION_XML.replace('\n', ""));
        std::fs::write(etc.join("integration.xml"), &text).unwrap();
        let mut editor = Editor::start(dir.path());
        editor.initialize();
        editor.open_file("etc/integration.xml", "xml", &text);
        let found = editor.diagnostics_of("etc/integration.xml");
        let unknown = found.iter().find(|it| it["code"] == "unknown-resource").unwrap();
        let start = position(&text, text.find("\"Magento_Log::online").unwrap());
        assert_eq!(unknown["range"]["start"], start, "{mark:?}");
        assert_eq!(editor.end(), Some(0));
    }
}

#[test]
fn catalogs_that_a_spec_names_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let text = SPEC.replace("magento = \"2.4.7\"", "magento = \"2.4.7\"\ncatalog = \"shop.catalog\"");
    let mut editor = Editor::open(dir.path(), &text);
    let found = editor.diagnostics();
    let missing =
        found.iter().find(|it| it["code"] == "catalog-unreadable").unwrap_or_else(|| panic!("{found:#?}"));
    assert!(missing["message"].as_str().unwrap().contains("magespec catalog --magento ROOT -o shop.catalog"));
    std::fs::write(dir.path().join("shop.catalog"), "nothing").unwrap();
    editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    let found = editor.diagnostics();
    let other = found.iter().find(|it| it["code"] == "catalog-unreadable").unwrap();
    assert_ne!(other["message"], missing["message"]);
    assert_eq!(editor.end(), Some(0));
}

const MODULE_XML: &str = "<?xml version=\"1.0\"?>
<config xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
xsi:noNamespaceSchemaLocation=\"urn:magento:framework:Module/etc/module.xsd\">
    <module name=\"Acme_Old\"/>
</config>
";

const INTEGRATION_XML: &str = "<?xml version=\"1.0\"?>
<integrations xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
xsi:noNamespaceSchemaLocation=\"urn:magento:module:Magento_Integration:etc/integration/integration.xsd\">
    <integration name=\"Acme ERP 😀\">
        <email>erp@acme.com</email>
        <resources>
            <resource name=\"Magento_Log::online\"/>
        </resources>
    </integration>
</integrations>
";

#[test]
fn a_module_without_a_spec_is_checked_as_it_is_in_the_editor() {
    let dir = tempfile::tempdir().unwrap();
    let etc = dir.path().join("app/code/Acme/Old/etc");
    std::fs::create_dir_all(&etc).unwrap();
    std::fs::write(etc.join("module.xml"), MODULE_XML).unwrap();
    std::fs::write(etc.join("integration.xml"), INTEGRATION_XML).unwrap();
    let ran = magespec(dir.path(), &["check", "app/code/Acme/Old", "--format", "json"]);
    let checked: Value = serde_json::from_str(&ran.stdout).unwrap();
    let path = "app/code/Acme/Old/etc/integration.xml";
    let mut editor = Editor::start(dir.path());
    editor.initialize();
    editor.open_file(path, "xml", INTEGRATION_XML);
    let found = editor.diagnostics_of(path);
    let messages = |all: &[Value]| -> Vec<String> {
        let first = |it: &Value| it["message"].as_str().unwrap().lines().next().unwrap().to_owned();
        all.iter().map(first).collect()
    };
    let of_file = checked["diagnostics"].as_array().unwrap().iter().filter(|it| it["file"] == path);
    let of_file: Vec<Value> = of_file.cloned().collect();
    assert_eq!(messages(&found), messages(&of_file));
    let unknown = found.iter().find(|it| it["code"] == "unknown-resource").unwrap();
    assert_eq!(unknown["range"]["start"], json!({ "line": 5, "character": 27 }));
    // What is typed counts, not what is saved.
    let text = INTEGRATION_XML.replace("Magento_Log", "Magento_Customer");
    editor.uri = editor.uri_of(path);
    editor.set_text(&text);
    assert!(editor.latest_diagnostics().iter().all(|it| it["code"] != "unknown-resource"));
    // A fault of a file that is not open shows there, and goes when the last file is closed.
    let acl = "app/code/Acme/Old/etc/acl.xml";
    std::fs::write(dir.path().join(acl), "<config>").unwrap();
    editor.notify("textDocument/didSave", json!({ "textDocument": { "uri": editor.uri } }));
    assert_eq!(editor.diagnostics_of(acl)[0]["code"], "xml-unreadable");
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": editor.uri } }));
    assert_eq!(editor.diagnostics_of(acl), Vec::<Value>::new());
    // A module that is made from a spec has its findings there.
    std::fs::write(dir.path().join("app/code/Acme/Old/integration.toml"), SPEC).unwrap();
    editor.open_file(path, "xml", INTEGRATION_XML);
    editor.open_file("integration.toml", "toml", SPEC);
    editor.diagnostics_of("integration.toml");
    assert!(editor.request("textDocument/hover", json!({ "textDocument": { "uri": editor.uri_of(path) }, "position": { "line": 1, "character": 1 } })).is_null());
    assert_eq!(editor.end(), Some(0));
}
