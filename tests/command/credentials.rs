//! `magespec credentials`, with a PHP that answers what a shop would.

#![cfg(unix)]

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use serde_json::{Value, json};

use super::{Ran, magespec, project};

/// Answers with `answer.json`, and keeps the program that it was given; with `after.json` if it changes something.
const PHP: &str = "cat > program
m=$(sed -n 's/.*\"marker\":\"\\([^\"]*\\)\".*/\\1/p' program | head -n 1)
f=answer.json
grep -q '\"change\":null' program || { cp program changing; f=after.json; }
grep -q '\"reveal\":\\[\\]' program || f=after.json
printf '%s%s%s\\n' \"$m\" \"$(cat $f)\" \"$m\"
";

fn consumer(id: u64, tokens: &[u64], last_call: Option<i64>) -> Value {
    let tokens: Vec<Value> =
        tokens.iter().map(|id| json!({ "id": id, "created_at": "2026-01-02 00:00:00" })).collect();
    json!({
        "id": id, "name": format!("Integration{id}"), "created_at": "2026-01-01 00:00:00", "updated_at": null,
        "tokens": tokens, "last_call": last_call,
    })
}

fn row(id: u64, name: &str, status: u8, has_handshake: bool, consumer: Value) -> Value {
    json!({
        "id": id, "name": name, "status": status, "setup_type": 1, "has_handshake": has_handshake,
        "created_at": "2026-01-01 00:00:00", "consumer": consumer, "secrets": null,
    })
}

fn shop() -> Value {
    json!({ "answer": {
        "integrations": [
            row(1, "Acme ERP", 1, false, consumer(1, &[7], Some(1_796_000_854))),
            row(2, "Acme WMS", 1, false, consumer(2, &[8, 9], None)),
            row(3, "Acme New", 0, false, consumer(3, &[], None)),
            row(4, "Acme Hand", 0, true, consumer(4, &[], None)),
            row(5, "Acme Reset", 2, false, consumer(5, &[], None)),
            row(6, "Acme Bare", 1, false, Value::Null),
            row(7, "Acme Revoked", 1, false, consumer(7, &[], None)),
        ],
        "unused": [consumer(11, &[12], None)],
        "remembered_minutes": 120,
    } })
}

fn dir() -> tempfile::TempDir {
    let dir = project();
    let mut after = shop();
    after["answer"]["integrations"][0]["secrets"] = json!({
        "consumer_key": "hidden-key", "consumer_secret": "hidden-1", "access_token": "hidden-2",
        "access_token_secret": "hidden-3",
    });
    fs::write(dir.path().join("php.sh"), PHP).unwrap();
    fs::write(dir.path().join("answer.json"), shop().to_string()).unwrap();
    fs::write(dir.path().join("after.json"), after.to_string()).unwrap();
    dir
}

/// Runs the command, which never prints a secret.
fn run(dir: &Path, arguments: &[&str]) -> Ran {
    let options = ["credentials", "--magento", "/shop", "--php", "sh php.sh"];
    let ran = magespec(dir, &[&options[..], arguments].concat());
    assert!(!format!("{}{}", ran.stdout, ran.stderr).contains("hidden"), "{}{}", ran.stdout, ran.stderr);
    ran
}

#[test]
fn integrations_are_listed_with_their_tokens() {
    let dir = dir();
    insta::assert_snapshot!("credentials", run(dir.path(), &[]).stdout);
    let one = run(dir.path(), &["--integration", "Acme ERP"]).stdout;
    assert!(
        one.starts_with("Acme ERP: active\n") && !one.contains("WMS") && !one.contains("consumer 11"),
        "{one}"
    );
    let unknown = run(dir.path(), &["--integration", "Acme EPR"]);
    assert_eq!(unknown.status, 1);
    assert!(unknown.stderr.contains("did you mean \"Acme ERP\"?"), "{}", unknown.stderr);
    let document: Value = serde_json::from_str(&run(dir.path(), &["--format", "json"]).stdout).unwrap();
    let unused = |at: usize| document["integrations"][at]["unused"].as_bool().unwrap();
    assert_eq!([unused(0), unused(1), unused(2)], [false, true, false]);
    assert_eq!(document["done"], Value::Null);
}

#[test]
fn secrets_are_in_a_file_of_their_owner_only() {
    let dir = dir();
    let file = dir.path().join("keys.json");
    assert_eq!(run(dir.path(), &["--reveal", "keys.json"]).status, 0);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let secrets: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(secrets.as_array().unwrap().len(), 1);
    assert_eq!(
        (&secrets[0]["integration"], &secrets[0]["access_token"]),
        (&json!("Acme ERP"), &json!("hidden-2"))
    );
    // Nothing is overwritten, and nothing is printed.
    let again = run(dir.path(), &["--rotate", "Acme ERP", "--reveal", "keys.json", "--yes"]);
    assert_eq!(again.status, 1);
    assert!(again.stderr.contains("keys.json: a file of that name is there"), "{}", again.stderr);
    assert!(!dir.path().join("changing").exists(), "the file is created before the change");
    assert_eq!(run(dir.path(), &["--reveal", "-"]).status, 1);
}

#[test]
fn a_change_is_shown_and_confirmed() {
    let dir = dir();
    let rotate = ["--rotate", "Acme ERP", "--reveal", "keys.json"];
    let unconfirmed = run(dir.path(), &rotate);
    assert_eq!(unconfirmed.status, 1);
    assert!(unconfirmed.stderr.contains("--yes is required"), "{}", unconfirmed.stderr);
    assert_eq!(run(dir.path(), &[&rotate[..], &["--dry-run"]].concat()).status, 0);
    assert!(!dir.path().join("changing").exists() && !dir.path().join("keys.json").exists());
    let ran = run(dir.path(), &[&rotate[..], &["--yes"]].concat());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    insta::assert_snapshot!("credentials_rotated", ran.stdout);
    let program = fs::read_to_string(dir.path().join("changing")).unwrap();
    let asked = r#""change":{"integration":1,"name":"Acme ERP","tokens":[7],"kind":"add-token"}"#;
    assert!(program.contains(asked), "{}", program.lines().nth(1).unwrap());
    assert!(program.contains(r#""reveal":[1]"#));
    assert!(fs::read_to_string(dir.path().join("keys.json")).unwrap().contains("hidden-key"));
}

#[test]
fn each_change_asks_for_what_it_does() {
    for (arguments, asked) in [
        (&["--activate", "Acme New"][..], r#""name":"Acme New","tokens":[],"kind":"activate""#),
        (&["--activate", "Acme Reset"], r#""name":"Acme Reset","tokens":[],"kind":"activate""#),
        (
            &["--finish", "Acme WMS"],
            r#""integration":2,"name":"Acme WMS","tokens":[8,9],"kind":"delete-tokens","delete":[8]"#,
        ),
        (&["--cancel", "Acme WMS"], r#""tokens":[8,9],"kind":"delete-tokens","delete":[9]"#),
        (&["--rotate", "Acme ERP", "--in-place", "--reveal", "k.json"], r#""kind":"replace-key""#),
    ] {
        let dir = dir();
        let ran = run(dir.path(), &[arguments, &["--yes"]].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let program = fs::read_to_string(dir.path().join("changing")).unwrap();
        assert!(program.contains(asked), "{asked}: {}", program.lines().nth(1).unwrap());
    }
}

#[test]
fn a_change_is_in_the_document() {
    let dir = dir();
    let document = |arguments: &[&str]| {
        let ran = run(dir.path(), &[arguments, &["--format", "json"]].concat());
        serde_json::from_str::<Value>(&ran.stdout).unwrap()["done"].clone()
    };
    assert_eq!(document(&["--finish", "Acme WMS", "--dry-run"]), Value::Null);
    let done = json!({ "integration": "Acme WMS", "change": "finished" });
    assert_eq!(document(&["--finish", "Acme WMS", "--yes"]), done);
}

#[test]
fn a_change_that_does_not_fit_is_refused() {
    for (arguments, why) in [
        (&["--activate", "Acme ERP"][..], "is active already"),
        (&["--activate", "Acme Hand"], "has an endpoint and an identity link"),
        (&["--activate", "Acme Bare"], "has no OAuth consumer"),
        (&["--rotate", "Acme New", "--reveal", "k.json"], "is not active: `magespec credentials --activate"),
        (
            &["--rotate", "Acme Revoked", "--reveal", "k.json"],
            "has no access token: `magespec credentials --activate",
        ),
        (&["--rotate", "Acme WMS", "--reveal", "k.json"], "has 2 access tokens"),
        (&["--rotate", "Acme WMS", "--in-place", "--reveal", "k.json"], "has 2 access tokens"),
        (&["--finish", "Acme ERP"], "is not being rotated"),
        (&["--cancel", "Acme ERP"], "is not being rotated"),
        (&["--rotate", "Acme ERP"], "--reveal <FILE>"),
        (&["--rotate", "Acme ERP", "--finish", "Acme ERP", "--reveal", "k.json"], "cannot be used with"),
    ] {
        let dir = dir();
        let ran = run(dir.path(), &[arguments, &["--yes"]].concat());
        assert_eq!(ran.status, 1, "{arguments:?}");
        assert!(ran.stderr.contains(why), "{arguments:?}: {}", ran.stderr);
        assert!(
            !dir.path().join("changing").exists() && !dir.path().join("k.json").exists(),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_failed_change_says_what_state_is_left() {
    let dir = dir();
    let failure = json!({ "failure": { "kind": "exception", "message": "RuntimeException: integration 2 changed meanwhile" } });
    fs::write(dir.path().join("after.json"), failure.to_string()).unwrap();
    let ran = run(dir.path(), &["--finish", "Acme WMS", "--yes"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr.contains("nothing was changed: ") && ran.stderr.contains("changed meanwhile"),
        "{}",
        ran.stderr
    );
    fs::write(dir.path().join("after.json"), "no document").unwrap();
    let ran = run(dir.path(), &["--rotate", "Acme ERP", "--reveal", "k.json", "--yes"]);
    assert!(ran.stderr.contains("the change may have been made"), "{}", ran.stderr);
    assert!(ran.stderr.contains("`magespec credentials` shows the state"), "{}", ran.stderr);
    assert!(!dir.path().join("k.json").exists());
}
