//! Completion of `renamed_from` and `[retired]`: names that the module had before.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::{
    super::magespec,
    editor::{Editor, position},
};
use crate::support::{base::acme_erp, command::git};

const SPEC: &str = acme_erp!(
    "[[integration]]
name = \"Acme ERP\"
email = \"erp@acme.com\"
resources = [\"Acme_Erp::read\", \"Acme_Erp::sync\"]

[[acl]]
id = \"Acme_Erp::read\"
title = \"Read\"
parent = \"Magento_Backend::admin\"
children = [{ id = \"Acme_Erp::sync\", title = \"Sync\" }]

[settings]
label = \"Acme ERP\"

[[setting]]
path = \"connection/url\"
type = \"url\"

[[setting]]
path = \"connection/secret\"
type = \"secret\"

[[setting]]
path = \"connection/enabled\"
type = \"yesno\"

[[setting]]
path = \"connection/timeout\"
type = \"number\"
min = 1
max = 9

[webhooks]
url = \"connection/url\"
secret = \"connection/secret\"
enabled = \"connection/enabled\"
timeout = \"connection/timeout\"

[[webhook]]
topic = \"order.saved\"
event = \"sales_order_save_after\"
fields = { entity_id = \"int\" }

[[cron]]
name = \"pull_stock\"
schedule = \"*/15 * * * *\"
"
);

/// Present names, the names of the tables whose former names are asked for, and what is proposed.
const RENAMES: [(&str, &str, &str); 6] = [
    ("id = \"Acme_Erp::read\"", "id = \"Acme_Erp::look\"", "Acme_Erp::read"),
    ("path = \"connection/url\"", "path = \"connection/address\"", "acme_erp/connection/url"),
    ("topic = \"order.saved\"", "topic = \"order.stored\"", "order.saved"),
    ("name = \"pull_stock\"", "name = \"fetch_stock\"", "acme_erp_pull_stock"),
    ("name = \"Acme ERP\"", "name = \"Acme\"", "Acme ERP"),
    ("{ id = \"Acme_Erp::sync\"", "{ id = \"Acme_Erp::run\"", "Acme_Erp::sync"),
];

/// Labels and details of what is proposed at `|`.
fn proposed(editor: &mut Editor, marked: &str) -> Vec<(String, String)> {
    let offset = marked.find('|').unwrap();
    let text = marked.replacen('|', "", 1);
    editor.set_text(&text);
    let params = json!({ "textDocument": { "uri": editor.uri }, "position": position(&text, offset) });
    let list = editor.request("textDocument/completion", params);
    let items = list["items"].as_array().unwrap().iter();
    let part = |item: &Value, key: &str| item[key].as_str().unwrap_or_default().to_owned();
    items.map(|item| (part(item, "label"), part(item, "detail"))).collect()
}

/// Renames each thing in turn, and expects that its former name is proposed, and known from a state.
fn expect_each(dir: &Path, state: &str) {
    let mut editor = Editor::open(dir, SPEC);
    for (old, new, former) in RENAMES {
        let gap = if new.starts_with('{') { ", " } else { "\n" };
        let marked = SPEC.replacen(old, &format!("{new}{gap}renamed_from = \"|\""), 1);
        let found = proposed(&mut editor, &marked);
        assert_eq!(found, [(former.to_owned(), state.to_owned())], "{new}");
    }
    let marked = SPEC.replace("name = \"Acme ERP\"", "name = \"Acme\"") + "[retired]\nintegrations = [|]\n";
    assert_eq!(proposed(&mut editor, &marked)[0].0, "Acme ERP");
    // What is listed already, or still there, is no former name.
    let listed = SPEC.replace(
        "topic = \"order.saved\"",
        "topic = \"order.stored\"\nrenamed_from = [\"order.saved\", \"|\"]",
    );
    assert_eq!(proposed(&mut editor, &listed), []);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn former_names_are_those_of_the_generated_files() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    let ran = magespec(dir.path(), &["build"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    expect_each(dir.path(), "in the generated files");
}

#[test]
fn former_names_are_those_of_the_last_commit_and_of_the_saved_spec() {
    let dir = tempfile::tempdir().unwrap();
    let spec = dir.path().join("integration.toml");
    fs::write(&spec, SPEC).unwrap();
    expect_each(dir.path(), "in the saved spec");
    git(dir.path(), &["init", "-q"]);
    git(dir.path(), &["add", "."]);
    git(dir.path(), &["commit", "-q", "-m", "spec"]);
    fs::write(&spec, "").unwrap();
    expect_each(dir.path(), "in the last commit");
}

#[test]
fn a_repository_around_the_workspace_is_not_read() {
    let dir = tempfile::tempdir().unwrap();
    let inner = dir.path().join("inner");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("integration.toml"), SPEC).unwrap();
    git(dir.path(), &["init", "-q"]);
    git(dir.path(), &["add", "."]);
    git(dir.path(), &["commit", "-q", "-m", "spec"]);
    fs::write(inner.join("integration.toml"), "").unwrap();
    let mut editor = Editor::open(&inner, SPEC);
    let marked = SPEC.replace("\"order.saved\"", "\"order.stored\"\nrenamed_from = \"|\"");
    assert_eq!(proposed(&mut editor, &marked), []);
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn a_worktree_has_the_commits_of_its_repository_if_that_is_open() {
    let dir = tempfile::tempdir().unwrap();
    let main = dir.path().join("main");
    fs::create_dir(&main).unwrap();
    fs::write(main.join("integration.toml"), SPEC).unwrap();
    git(&main, &["init", "-q"]);
    git(&main, &["add", "."]);
    git(&main, &["commit", "-q", "-m", "spec"]);
    git(&main, &["worktree", "add", "-q", "../tree"]);
    fs::write(dir.path().join("tree/integration.toml"), "").unwrap();
    let marked = SPEC.replace("\"order.saved\"", "\"order.stored\"\nrenamed_from = \"|\"");
    for (folder, expected) in [("", "in the last commit"), ("tree", "")] {
        let mut editor = Editor::start(dir.path());
        editor.initialize_in(folder);
        editor.uri = editor.uri_of("tree/integration.toml");
        editor.open_file("tree/integration.toml", "toml", SPEC);
        let found = proposed(&mut editor, &marked);
        assert_eq!(found.first().map_or("", |(_, state)| state), expected, "{folder}");
        assert_eq!(editor.end(), Some(0));
    }
}

#[test]
fn former_names_follow_each_save_and_each_commit() {
    let dir = tempfile::tempdir().unwrap();
    let spec = dir.path().join("integration.toml");
    fs::write(&spec, "").unwrap();
    git(dir.path(), &["init", "-q"]);
    let mut editor = Editor::open(dir.path(), SPEC);
    let marked = SPEC.replace("\"order.saved\"", "\"order.now\"\nrenamed_from = \"|\"");
    let mut found = |topic: &str, is_committed: bool| {
        fs::write(&spec, SPEC.replace("order.saved", topic)).unwrap();
        if is_committed {
            git(dir.path(), &["add", "."]);
            git(dir.path(), &["commit", "-q", "-m", topic]);
        }
        editor.notify("textDocument/didSave", json!({ "textDocument": { "uri": editor.uri } }));
        proposed(&mut editor, &marked)
    };
    let of = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(name, state)| ((*name).to_owned(), (*state).to_owned())).collect()
    };
    assert_eq!(found("order.a", false), of(&[("order.a", "in the saved spec")]));
    assert_eq!(found("order.b", true), of(&[("order.b", "in the last commit")]));
    let both = [("order.b", "in the last commit"), ("order.c", "in the saved spec")];
    assert_eq!(found("order.c", false), of(&both));
    assert_eq!(editor.end(), Some(0));
}
