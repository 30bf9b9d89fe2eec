//! Diagnostics of several files: only those of open folders have any, and only as long as they belong to what is checked.

use std::fs;

use serde_json::{Value, json};

use super::{super::SPEC, INTEGRATION_XML, MODULE_XML};
use crate::lsp::editor::Editor;

fn sound() -> String {
    SPEC.replace(" 😀", "").replace(", \"Magento_Log::online\"", "")
}

/// Writes a module without a spec.
fn module(etc: &std::path::Path) {
    fs::create_dir_all(etc).unwrap();
    fs::write(etc.join("module.xml"), MODULE_XML).unwrap();
    fs::write(etc.join("integration.xml"), INTEGRATION_XML).unwrap();
}

#[test]
fn a_module_that_gets_a_spec_has_no_findings_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    module(&dir.path().join("old/etc"));
    for ends in ["gets a spec", "is closed", "gets a spec and is closed"] {
        let mut editor = Editor::start(dir.path());
        editor.initialize();
        for name in ["old/etc/integration.xml", "old/etc/module.xml"] {
            let text = if name.ends_with("module.xml") { MODULE_XML } else { INTEGRATION_XML };
            editor.open_file(name, "xml", text);
        }
        let uri = editor.uri_of("old/etc/integration.xml");
        editor.settle();
        assert!(
            editor.shown_rules[&uri].contains(&"unknown-resource".to_owned()),
            "{:?}",
            editor.shown_rules
        );
        if ends.starts_with("gets") {
            fs::write(dir.path().join("old/integration.toml"), sound()).unwrap();
            if ends == "gets a spec" {
                editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
            }
        }
        if ends.ends_with("closed") {
            for name in ["old/etc/integration.xml", "old/etc/module.xml"] {
                let document = json!({ "uri": editor.uri_of(name) });
                editor.notify("textDocument/didClose", json!({ "textDocument": document }));
            }
        }
        editor.settle();
        assert!(
            !editor.shown_rules.keys().any(|uri| uri.contains("/old/")),
            "{ends}: {:?}",
            editor.shown_rules
        );
        assert_eq!(editor.end(), Some(0));
        let _ = fs::remove_file(dir.path().join("old/integration.toml"));
    }
}

#[test]
fn modules_outside_of_the_open_folders_are_not_checked() {
    let dir = tempfile::tempdir().unwrap();
    module(&dir.path().join("old/etc"));
    fs::create_dir(dir.path().join("open")).unwrap();
    for (folder, is_checked) in [("open", false), ("old", true), ("", true)] {
        let mut editor = Editor::start(dir.path());
        editor.initialize_in(folder);
        editor.open_file("old/etc/integration.xml", "xml", INTEGRATION_XML);
        editor.settle();
        let has_any = editor.shown_rules.keys().any(|uri| uri.contains("/old/"));
        assert_eq!(has_any, is_checked, "{folder}: {:?}", editor.shown_rules);
        assert_eq!(editor.end(), Some(0));
    }
}

#[test]
#[cfg(unix)]
fn a_folder_behind_a_link_is_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let real = dir.path().join("real");
    module(&real.join("src/etc"));
    module(&real.join("old/etc"));
    let package = json!({
        "name": "acme/module-old", "type": "magento2-module",
        "autoload": { "files": ["src/registration.php"], "psr-4": { "Acme\\Old\\": "src/" } },
    });
    fs::write(real.join("composer.json"), package.to_string()).unwrap();
    fs::write(real.join("src/registration.php"), "<?php").unwrap();
    fs::write(real.join("integration.toml"), sound()).unwrap();
    std::os::unix::fs::symlink(&real, dir.path().join("link")).unwrap();
    let mut shown = Vec::new();
    for folder in ["real", "link"] {
        let mut editor = Editor::start(dir.path());
        editor.initialize_in(folder);
        for file in ["src/etc/integration.xml", "old/etc/integration.xml"] {
            editor.open_file(&format!("{folder}/{file}"), "xml", INTEGRATION_XML);
        }
        editor.settle();
        let rules = editor.shown_rules.iter().filter(|(uri, _)| uri.ends_with(".xml"));
        shown.push(rules.map(|(uri, rules)| (uri.replace(folder, "x"), rules.clone())).collect::<Vec<_>>());
        assert_eq!(editor.end(), Some(0));
    }
    // The module with a spec above it has no findings, the other one has some, under the name that the editor gave it.
    assert!(!shown[0].is_empty() && shown[0].iter().all(|(uri, _)| uri.contains("/x/old/")), "{shown:?}");
    assert_eq!(shown[0], shown[1]);
}

#[test]
fn open_specs_are_compared_as_they_are_in_the_editor() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::start(dir.path());
    editor.initialize();
    let twice = |editor: &mut Editor| -> Vec<String> {
        editor.settle();
        let rules = editor.shown_rules.iter();
        let rules = rules.filter(|(_, rules)| rules.iter().any(|rule| rule == "duplicate-module"));
        rules.map(|(uri, _)| uri.rsplit('/').nth(1).unwrap_or(uri).to_owned()).collect()
    };
    // Neither is saved.
    editor.open_file("a/integration.toml", "toml", &sound());
    editor.open_file("b/integration.toml", "toml", &sound());
    assert_eq!(twice(&mut editor), ["a", "b"]);
    let other = sound().replace("Acme_Erp", "Acme_Other");
    editor.uri = editor.uri_of("b/integration.toml");
    editor.set_text(&other);
    assert!(twice(&mut editor).is_empty());
    editor.set_text(&sound());
    assert_eq!(twice(&mut editor), ["a", "b"]);
    // A spec with errors is nobody's rival.
    editor.set_text(&format!("{}=", sound()));
    assert!(twice(&mut editor).is_empty());
    editor.set_text(&sound());
    assert_eq!(twice(&mut editor), ["a", "b"]);
    let document = json!({ "uri": editor.uri });
    editor.notify("textDocument/didClose", json!({ "textDocument": document }));
    assert!(twice(&mut editor).is_empty());
    // What is saved does not count while it is open.
    for name in ["a", "b"] {
        fs::create_dir(dir.path().join(name)).unwrap();
        fs::write(dir.path().join(name).join("integration.toml"), sound()).unwrap();
    }
    editor.notify(
        "textDocument/didSave",
        json!({ "textDocument": { "uri": editor.uri_of("a/integration.toml") } }),
    );
    assert_eq!(twice(&mut editor), ["a"]);
    editor.open_file("b/integration.toml", "toml", &other);
    assert!(twice(&mut editor).is_empty());
    // A copy in no file, or under another name, is a draft: `check` of the directory would not find it.
    editor.open_uri("untitled:Untitled-1", "toml", &sound());
    editor.open_file("a/older.toml", "toml", &sound());
    assert!(twice(&mut editor).is_empty());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn specs_on_disk_follow_what_the_editor_watches() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::start(dir.path());
    let watched = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let folder = json!([{ "uri": editor.uri_of(""), "name": "specs" }]);
    editor.request("initialize", json!({ "capabilities": watched, "workspaceFolders": folder }));
    editor.notify("initialized", json!({}));
    editor.open_file("integration.toml", "toml", &sound());
    fs::create_dir(dir.path().join("b")).unwrap();
    let (spec, path) = (dir.path().join("b/integration.toml"), "b/integration.toml");
    let is_twice = |editor: &mut Editor, changed: &str| {
        let changes = json!([{ "uri": editor.uri_of(changed), "type": 2 }]);
        editor.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
        editor.settle();
        editor.shown_rules.values().flatten().any(|rule| rule == "duplicate-module")
    };
    assert!(!is_twice(&mut editor, path));
    fs::write(&spec, sound()).unwrap();
    assert!(is_twice(&mut editor, path), "new");
    fs::write(&spec, sound().replace("Acme_Erp", "Acme_Other")).unwrap();
    assert!(!is_twice(&mut editor, path), "renamed");
    fs::write(&spec, sound()).unwrap();
    assert!(is_twice(&mut editor, path), "renamed back");
    // A spec with errors is no rival, whether they are its own or those of a catalog.
    let shop = "magento = \">=2.4.4\"\ncatalog = \"shop.catalog\"";
    fs::write(&spec, sound().replace("magento = \"2.4.7\"", shop)).unwrap();
    assert!(!is_twice(&mut editor, path), "no catalog");
    fs::write(&spec, sound()).unwrap();
    assert!(is_twice(&mut editor, path), "no catalog needed");
    fs::remove_file(&spec).unwrap();
    assert!(!is_twice(&mut editor, path), "deleted");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn other_toml_files_are_no_specs() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::start(dir.path());
    editor.initialize();
    let cargo = "[package]\nname = \"x\"\n";
    for name in ["foo-integration.toml", "Cargo.toml"] {
        editor.open_file(name, "toml", cargo);
    }
    editor.open_uri("untitled:Cargo", "toml", cargo);
    editor.open_file("spec.toml", "toml", SPEC);
    editor.settle();
    let shown: Vec<&String> = editor.shown_rules.keys().filter(|uri| !uri.contains("settled")).collect();
    assert_eq!(shown, [&editor.uri_of("spec.toml")]);
    // It is a spec as soon as it has one of its tables.
    editor.uri = "untitled:Cargo".to_owned();
    let symbols = json!({ "textDocument": { "uri": editor.uri } });
    assert!(editor.request("textDocument/documentSymbol", symbols.clone()).is_null());
    let start = json!({ "line": 0, "character": 0 });
    editor.change(
        json!([{ "range": { "start": start, "end": { "line": 1, "character": 0 } }, "text": "[module]\n" }]),
    );
    assert!(editor.latest_diagnostics().iter().any(|it| it["code"] == "module-name"));
    assert_eq!(editor.request("textDocument/documentSymbol", symbols)[0]["name"], "x");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn an_editor_that_can_watches_what_the_findings_depend_on() {
    let dir = tempfile::tempdir().unwrap();
    for watches in [true, false] {
        let mut editor = Editor::start(dir.path());
        let watched = json!({ "didChangeWatchedFiles": { "dynamicRegistration": watches } });
        editor.request("initialize", json!({ "capabilities": { "workspace": watched } }));
        editor.notify("initialized", json!({}));
        editor.open_file("integration.toml", "toml", SPEC);
        let first = editor.next_notification();
        assert_eq!(first["method"] == "client/registerCapability", watches, "{first}");
        if watches {
            let registered = &first["params"]["registrations"][0];
            assert_eq!(registered["method"], "workspace/didChangeWatchedFiles");
            let watchers = registered["registerOptions"]["watchers"].as_array().unwrap();
            assert!(watchers.contains(&json!({ "globPattern": "**/integration.toml" })), "{watchers:?}");
            let result: Value = json!({ "jsonrpc": "2.0", "id": first["id"], "result": null });
            editor.write(&crate::lsp::editor::framed(&result));
        }
        assert_eq!(editor.end(), Some(0));
    }
}
