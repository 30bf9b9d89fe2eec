//! Commands above a spec: what they show, and that they write nothing.

use std::fs;

use serde_json::{Value, json};

use super::{super::magespec, SPEC, editor::Editor};

/// The spec of the other tests, without its error.
fn sound() -> String {
    SPEC.replace(", \"Magento_Log::online\"", "").replace(" 😀", "")
}

fn execute(editor: &mut Editor, command: &str) -> Value {
    let uri = editor.uri.clone();
    editor.request("workspace/executeCommand", json!({ "command": command, "arguments": [uri] }))
}

#[test]
fn lenses_stand_above_the_module() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &sound());
    let uri = editor.uri.clone();
    editor.request("textDocument/codeLens", json!({ "textDocument": { "uri": uri } }));
    insta::assert_snapshot!(editor.transcript());
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn commands_answer_with_documents_and_write_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &sound());
    let build = execute(&mut editor, "magespec.build");
    let text = build["text"].as_str().unwrap();
    assert!(text.contains("created     etc/integration.xml\n") && text.contains("to write "), "{text}");
    assert_eq!(build["canBuild"], true);
    let diff = execute(&mut editor, "magespec.diff");
    assert_eq!(diff["canBuild"], false);
    assert_eq!((&diff["title"], &diff["languageId"]), (&json!("diff integration.toml"), &json!("diff")));
    assert!(diff["text"].as_str().unwrap().contains("+    <integration name=\"Acme ERP\">\n"), "{diff}");
    let plan = execute(&mut editor, "magespec.plan");
    assert!(
        plan["languageId"] == "markdown" && plan["text"].as_str().unwrap().contains("Acme ERP"),
        "{plan}"
    );
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    assert_eq!(execute(&mut editor, "magespec.nothing")["code"], -32803);
    assert_eq!(editor.end(), Some(0));

    fs::write(dir.path().join("integration.toml"), sound()).unwrap();
    assert_eq!(magespec(dir.path(), &["build"]).status, 0);
    let mut editor = Editor::open(dir.path(), &sound());
    for command in ["magespec.build", "magespec.diff"] {
        let shown = execute(&mut editor, command);
        assert_eq!(
            (&shown["text"], &shown["canBuild"]),
            (&json!("The files on disk are up to date.\n"), &json!(false))
        );
    }
    fs::write(dir.path().join("etc/integration.xml"), "<mine/>").unwrap();
    let build = execute(&mut editor, "magespec.build");
    assert!(build["text"].as_str().unwrap().contains("stops at 1 conflict"), "{build}");
    assert_eq!(build["canBuild"], false);
    assert_eq!(editor.end(), Some(0));

    let mut editor = Editor::open(dir.path(), SPEC);
    let refused = execute(&mut editor, "magespec.diff");
    assert!(refused["message"].as_str().unwrap().starts_with("correct the spec first: "), "{refused}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_command_without_an_argument_is_for_the_only_spec() {
    let dir = tempfile::tempdir().unwrap();
    let mut editor = Editor::open(dir.path(), &sound());
    let command = json!({ "command": "magespec.plan" });
    let plan = editor.request("workspace/executeCommand", command.clone());
    assert_eq!(plan["title"], "plan integration.toml");
    let picked =
        editor.request("workspace/executeCommand", json!({ "command": "magespec.plan", "arguments": [] }));
    assert_eq!(picked["title"], "plan integration.toml");
    editor.open_file("other/integration.toml", "toml", &sound());
    let refused = editor.request("workspace/executeCommand", command);
    assert_eq!(refused["message"], "2 specs are open: pass the URI of one as the argument");
    let unknown = json!({ "command": "magespec.plan", "arguments": ["file:///a.toml"] });
    let refused = editor.request("workspace/executeCommand", unknown);
    assert_eq!(refused["message"], "open the spec first: `file:///a.toml` is not open");
    assert_eq!(editor.end(), Some(0));
}
