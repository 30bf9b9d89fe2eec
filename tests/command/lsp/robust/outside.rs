//! Files outside of the workspace, which are neither read nor written.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::{Value, json};

use super::super::{
    SPEC,
    editor::{Editor, position_behind},
};
use crate::magespec;

fn sound() -> String {
    SPEC.replace(", \"Magento_Log::online\"", "").replace(" 😀", "")
}

/// Files below a directory with their contents.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.insert(path.display().to_string(), fs::read(&path).unwrap());
        }
    }
    files
}

/// Answers to all that shows or counts on files beside the spec.
fn answers(editor: &mut Editor, spec: &str) -> Vec<Value> {
    let uri = editor.uri.clone();
    let mut answers = Vec::new();
    for command in ["magespec.build", "magespec.diff", "magespec.plan"] {
        let params = json!({ "command": command, "arguments": [uri] });
        answers.push(editor.request("workspace/executeCommand", params));
    }
    for place in ["[modu", "name = \"Acme_", "[[integr", "name = \"Acme E"] {
        for method in ["definition", "implementation"] {
            answers.push(editor.behind(&format!("textDocument/{method}"), spec, place));
        }
    }
    let position = position_behind(spec, "name = \"Acme E");
    let params = json!({ "textDocument": { "uri": uri }, "position": position, "newName": "Other" });
    answers.push(editor.request("textDocument/rename", params));
    answers
}

#[test]
fn output_outside_of_the_workspace_is_not_shown() {
    let dir = tempfile::tempdir().unwrap();
    let (inner, outer) = (dir.path().join("inner"), dir.path().join("outer"));
    fs::create_dir(&inner).unwrap();
    let spec = sound().replace("license =", "directory = \"../outer\"\nlicense =");
    fs::write(inner.join("integration.toml"), &spec).unwrap();
    let ran = magespec(dir.path(), &["build", "inner/integration.toml"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let file = outer.join("etc/integration.xml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("erp@acme.com", "topsecret@acme.com")).unwrap();
    let before = files(dir.path());
    let shown = |folder: &str| {
        let mut editor = Editor::start(dir.path());
        editor.initialize_in(folder);
        editor.uri = editor.uri_of("inner/integration.toml");
        editor.open_file("inner/integration.toml", "toml", &spec);
        let mut shown = answers(&mut editor, &spec);
        // A generated file leads back to its spec only if both may be read.
        let generated = json!({
            "textDocument": { "uri": editor.uri_of("outer/etc/integration.xml") },
            "position": { "line": 8, "character": 1 },
        });
        shown.push(editor.request("textDocument/definition", generated));
        assert_eq!(editor.end(), Some(0));
        Value::Array(shown).to_string()
    };
    let all = shown("");
    for known in ["topsecret@", "outer/etc/integration.xml", "renamed_from", "inner/integration.toml"] {
        assert!(all.contains(known), "{known} in {all}");
    }
    let few = shown("inner");
    for unknown in ["topsecret@", "outer/etc", "renamed_from = "] {
        assert!(!few.contains(unknown), "{unknown} in {few}");
    }
    assert!(few.contains("is not in an open folder: open it, too"), "{few}");
    assert!(files(dir.path()) == before);
}

#[test]
fn the_first_build_into_a_folder_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    let spec = sound().replace("license =", "directory = \"app/code/Acme/Erp\"\nlicense =");
    // Neither the folder of the second spec nor that of its output exists.
    for path in ["integration.toml", "new/folder/integration.toml"] {
        let mut editor = Editor::start(dir.path());
        editor.initialize();
        editor.uri = editor.uri_of(path);
        editor.open_file(path, "toml", &spec);
        for answer in &answers(&mut editor, &spec)[..3] {
            assert!(answer["text"].is_string(), "{path}: {answer}");
        }
        assert_eq!(editor.end(), Some(0));
    }
    let spec = spec.replace("app/code/Acme/Erp", "new/../../outer/new");
    let mut editor = Editor::open(dir.path(), &spec);
    let shown = Value::Array(answers(&mut editor, &spec)).to_string();
    assert!(shown.contains("is not in an open folder: open it, too"), "{shown}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_spec_in_no_file_has_no_files_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), sound()).unwrap();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    let mut editor = Editor::start(dir.path());
    editor.initialize_in("elsewhere");
    editor.uri = "untitled:Untitled-1".to_owned();
    let text = sound();
    editor.open_uri("untitled:Untitled-1", "toml", &text);
    let shown = answers(&mut editor, &text);
    for answer in &shown[..3] {
        assert!(answer["message"].as_str().unwrap().starts_with("save the spec first: "), "{answer}");
    }
    let shown = Value::Array(shown).to_string();
    assert!(!shown.contains("file://") && !shown.contains("renamed_from"), "{shown}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn without_a_folder_only_open_files_and_those_of_open_specs_are_read() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), sound()).unwrap();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    let mut editor = Editor::start(dir.path());
    editor.request("initialize", json!({ "capabilities": {} }));
    let uri = editor.uri_of("etc/integration.xml");
    let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 8, "character": 1 } });
    assert!(editor.request("textDocument/definition", params.clone()).is_null());
    let text = fs::read_to_string(dir.path().join("etc/integration.xml")).unwrap();
    editor.open_file("etc/integration.xml", "xml", &text);
    assert!(editor.request("textDocument/definition", params.clone()).is_null());
    editor.open_file("integration.toml", "toml", &sound());
    assert_eq!(editor.request("textDocument/definition", params)["uri"], editor.uri_of("integration.toml"));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn classes_outside_of_the_workspace_are_not_compared() {
    let dir = tempfile::tempdir().unwrap();
    let (inner, outer) = (dir.path().join("inner"), dir.path().join("outer"));
    fs::create_dir(&inner).unwrap();
    fs::create_dir_all(outer.join("Observer")).unwrap();
    // A class that no longer fits the spec is found where the module is.
    fs::write(outer.join("Observer/SendOrder.php"), "<?php class Other {}").unwrap();
    let spec = sound().replace("license =", "directory = \"../outer\"\nlicense =")
        + "[[observer]]\nname = \"send_order\"\nevent = \"sales_order_place_after\"\n";
    let found = |folder: &str| {
        let mut editor = Editor::start(dir.path());
        editor.initialize_in(folder);
        editor.uri = editor.uri_of("inner/integration.toml");
        editor.open_file("inner/integration.toml", "toml", &spec);
        let found = editor.diagnostics();
        assert_eq!(editor.end(), Some(0));
        found.iter().any(|it| it["message"].as_str().unwrap().contains("SendOrder.php"))
    };
    assert_eq!([found(""), found("inner")], [true, false]);
}

#[test]
#[cfg(unix)]
fn links_out_of_the_workspace_are_not_followed() {
    let dir = tempfile::tempdir().unwrap();
    let (inner, outer) = (dir.path().join("inner"), dir.path().join("outer"));
    fs::create_dir_all(inner.join("other")).unwrap();
    fs::create_dir(&outer).unwrap();
    let spec = sound();
    fs::write(outer.join("integration.toml"), &spec).unwrap();
    std::os::unix::fs::symlink(outer.join("integration.toml"), inner.join("other/integration.toml")).unwrap();
    let mut editor = Editor::open(&inner, &spec);
    assert!(editor.diagnostics().iter().all(|it| it["code"] != "duplicate-module"));
    assert_eq!(editor.end(), Some(0));
    // The same spec within the workspace has the name of the module, too.
    let mut editor = Editor::start(dir.path());
    editor.initialize();
    editor.open_file("inner/integration.toml", "toml", &spec);
    assert!(
        editor.diagnostics_of("inner/integration.toml").iter().any(|it| it["code"] == "duplicate-module")
    );
    assert_eq!(editor.end(), Some(0));
}
