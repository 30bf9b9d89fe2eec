//! Runs that fail.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{document, magespec, project};

/// A project with files that cannot be used.
fn broken() -> TempDir {
    let dir = project();
    let write = |name: &str, bytes: &[u8]| fs::write(dir.path().join(name), bytes).unwrap();
    write("broken.toml", b"[module]\nname = \n");
    write("utf16.toml", b"\xff\xfea\0");
    write("bad.catalog", b"nonsense\n");
    write("bad.log", b"one line about /rest/V1 only\n");
    write("file", b"");
    dir
}

/// Command lines that fail before they have anything to print, and the file that they name.
const FAILURES: [(&str, Option<&str>); 36] = [
    ("check --bogus", None),
    ("check --deny", None),
    ("check --catalog bad.catalog", Some("bad.catalog")),
    ("check --magento /nonexistent", Some("/nonexistent")),
    ("check nope.toml", Some("nope.toml")),
    ("check utf16.toml", Some("utf16.toml")),
    ("build --out file", Some("file")),
    ("build --dry-run nope.toml", Some("nope.toml")),
    ("build --force nope", None),
    ("build --dry-run --check", None),
    ("diff nope.toml", Some("nope.toml")),
    ("diff --catalog nope.catalog", Some("nope.catalog")),
    ("plan --from nope", Some("nope")),
    ("plan --from git:HEAD", None),
    ("plan --upgrade 2.4.8 2.4.7", None),
    ("plan --live /nonexistent", None),
    ("plan --php php", None),
    ("access utf16.toml", Some("utf16.toml")),
    ("acl --under Magento_Sales::nope", None),
    ("acl --target 2.4", None),
    ("acl --changed 2.4.7 later", None),
    ("routes --magento /nonexistent", Some("/nonexistent")),
    ("routes --catalog nope.catalog", Some("nope.catalog")),
    ("routes --granted-by nope.toml", Some("nope.toml")),
    ("catalog --diff nope.catalog bad.catalog", Some("nope.catalog")),
    ("catalog", None),
    ("calls nope.log", Some("nope.log")),
    ("calls bad.log", Some("bad.log")),
    ("calls bad.log --check nope.toml", Some("nope.toml")),
    ("import /nonexistent", Some("/nonexistent")),
    ("import .", None),
    ("status --magento /nonexistent", None),
    ("explain nope", None),
    ("install", None),
    ("schema", None),
    ("lint", None),
];

#[test]
fn each_failure_is_a_document_with_an_error() {
    for (line, file) in FAILURES {
        let dir = broken();
        let (status, document) = document(dir.path(), &format!("{line} --format json"));
        assert_eq!(status, 1, "{line}");
        assert_eq!(document["version"], 1, "{line}");
        let error = &document["error"];
        assert!(!error["message"].as_str().unwrap().is_empty(), "{line}: {document:#}");
        assert_eq!(error["file"].as_str(), file, "{line}: {document:#}");
    }
}

#[test]
fn an_error_has_its_place_and_the_others_follow() {
    let dir = broken();
    for command in ["check", "build", "diff", "plan", "access", "routes --granted-by"] {
        let (_, document) = document(dir.path(), &format!("{command} broken.toml --format json"));
        let error = &document["error"];
        let place = ["kind", "file", "line", "column", "rule"].map(|key| error[key].clone());
        assert_eq!(json!(place), json!(["finding", "broken.toml", 2, 8, "toml-syntax"]), "{command}");
    }
    let (_, document) = document(dir.path(), "access nope.toml broken.toml integration.toml --format=json");
    assert_eq!(document["error"]["file"], "nope.toml");
    assert_eq!(document["error"]["further"][0]["file"], "broken.toml");
    assert_eq!(document["integrations"].as_array().unwrap().len(), 1);
}

#[test]
fn the_line_of_a_log_is_named() {
    let dir = broken();
    let (_, document) = document(dir.path(), "calls bad.log --format json");
    assert_eq!((&document["error"]["line"], &document["error"]["column"]), (&json!(1), &Value::Null));
}

#[test]
fn wrong_arguments_are_an_error_with_its_tip() {
    let dir = broken();
    let (_, document) = document(dir.path(), "buidl --format json");
    let expected = json!({
        "version": 1,
        "error": {
            "kind": "arguments", "message": "unrecognized subcommand 'buidl'",
            "file": null, "line": null, "column": null, "rule": null,
            "help": "a similar subcommand exists: 'build'", "further": [],
        },
    });
    assert_eq!(document, expected);
}

#[test]
fn success_and_differences_are_without_an_error() {
    let dir = project();
    for (line, status) in [("check", 0), ("build --check", 2), ("diff --exit-code", 2), ("plan", 0)] {
        let (ended, document) = document(dir.path(), &format!("{line} --format json"));
        assert_eq!((ended, document.get("error")), (status, None), "{line}");
    }
}

#[test]
fn conflicts_are_an_error_unless_they_are_asked_for() {
    let dir = project();
    fs::write(dir.path().join("README.md"), "mine").unwrap();
    let (status, built) = document(dir.path(), "build --format json");
    assert_eq!((status, &built["error"]["file"]), (1, &json!("README.md")), "{built:#}");
    let (status, checked) = document(dir.path(), "build --check --format json");
    assert_eq!((status, checked.get("error")), (2, None));
}

#[test]
fn sarif_and_annotations_tell_of_failures_in_their_own_form() {
    let dir = broken();
    let (status, sarif) = document(dir.path(), "check --catalog bad.catalog --format sarif");
    assert_eq!((status, &sarif["version"]), (1, &json!("2.1.0")));
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notification = &invocation["toolExecutionNotifications"][0];
    let place = &notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(place, "bad.catalog", "{sarif:#}");
    let ran = magespec(dir.path(), &["check", "--catalog", "bad.catalog", "--format", "github"]);
    assert!(ran.stdout.starts_with("::error file=bad.catalog::cannot read the catalog"), "{}", ran.stdout);
    assert_eq!(ran.stdout.lines().count(), 1);
    let ran = magespec(dir.path(), &["check", "--bogus", "--format", "github"]);
    assert!(ran.stdout.starts_with("::error::unexpected argument '--bogus' found"), "{}", ran.stdout);
}

#[test]
fn people_still_read_the_reason() {
    let dir = broken();
    let ran = magespec(dir.path(), &["calls", "nope.log", "--format", "json"]);
    assert_eq!(ran.stderr, "error: cannot read nope.log: no such file\n");
    let ran = magespec(dir.path(), &["calls", "nope.log"]);
    assert_eq!(ran.stdout, "");
}
