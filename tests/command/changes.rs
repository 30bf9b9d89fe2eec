//! `magespec changes`: what callers and receivers must know of a change.

use std::{fs, path::Path};

use serde_json::Value;

use super::{Ran, magespec, support::command::git};

const SPEC: &str = include_str!("../../examples/erp-bridge/integration.toml");

const CHANGES: [(&str, &str); 7] = [
    ("GET /V1/acme-erp/orders/:incrementId\"", "GET /V1/acme-erp/order/:incrementId\""),
    ("body = { erpNumber = \"string\" }", "body = { erpNumber = \"int\" }"),
    ("grand_total = \"float\", erp_number", "grand_total = \"string\", note = \"string?\", erp_number"),
    ("path = \"connection/environment\"", "path = \"connection/stage\""),
    ("email = \"string\", group_id = \"int\"", "email = \"string\", website_id = \"int\""),
    ("  \"GET /V1/orders/:id\",\n", "  \"GET /V1/orders/:id\",\n  \"GET /V1/categories\",\n"),
    (
        "route = \"GET /V1/acme-erp/orders\"",
        "route = \"GET /V1/acme-erp/orders\"\ndeprecated = \"2099-06-01\"\nreplaced_by = \"GET /V1/orders\"",
    ),
];

/// A repository with the spec, tagged.
fn repository() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    git(dir.path(), &["init", "--quiet"]);
    git(dir.path(), &["add", "--all"]);
    git(dir.path(), &["commit", "--quiet", "-m", "x"]);
    git(dir.path(), &["tag", "v1.2"]);
    dir
}

fn changed(dir: &Path, changes: &[(&str, &str)], arguments: &[&str]) -> Ran {
    let spec = changes.iter().fold(SPEC.to_owned(), |spec, (from, to)| {
        assert!(spec.contains(from), "{from}");
        spec.replace(from, to)
    });
    fs::write(dir.join("integration.toml"), spec).unwrap();
    magespec(dir, &[&["changes", "--from", "git:v1.2"], arguments].concat())
}

/// `!code subject` of a change that breaks something, `code subject` of another.
fn codes(ran: &Ran) -> Vec<String> {
    let document: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stderr));
    let changes = document["modules"][0]["changes"].as_array().unwrap().iter();
    let code = |it: &Value| {
        let sign = if it["breaking"] == true { "!" } else { "" };
        format!("{sign}{} {}", it["code"].as_str().unwrap(), it["subject"].as_str().unwrap())
    };
    changes.map(code).collect()
}

#[test]
fn what_breaks_comes_first() {
    let dir = repository();
    let expected = [
        "!credentials-lost Acme ERP",
        "!route-gone GET /V1/acme-erp/orders/:incrementId",
        "!route-changed POST /V1/acme-erp/orders/:incrementId/confirm",
        "!data-changed ExportResultInterface",
        "!topic-changed customer.saved",
        "!setting-moved acme_erpbridge/connection/environment",
        "permissions-gained Acme ERP",
        "route-added GET /V1/acme-erp/order/:incrementId",
        "route-deprecated GET /V1/acme-erp/orders",
        "data-extended ExportResultInterface",
        "topic-extended customer.saved",
    ];
    assert_eq!(codes(&changed(dir.path(), &CHANGES, &["--format", "json"])), expected);
    assert_eq!(changed(dir.path(), &CHANGES, &["--exit-code"]).status, 2);
    insta::assert_snapshot!("changes_text", changed(dir.path(), &CHANGES, &["--format", "text"]).stdout);
    insta::assert_snapshot!(
        "changes_markdown",
        changed(dir.path(), &CHANGES, &["--format", "markdown"]).stdout
    );
}

#[test]
fn nothing_to_know() {
    let dir = repository();
    let ran = changed(dir.path(), &[("Read one order", "Read an order")], &["--exit-code"]);
    assert_eq!(ran.status, 0);
    assert!(ran.stdout.contains("Nothing that others need to know."), "{}", ran.stdout);
}

#[test]
fn permissions_that_close_a_route_break_it() {
    let dir = repository();
    let ran = changed(dir.path(), &[("  \"GET /V1/orders/:id\",\n", "")], &["--format", "json"]);
    let message = &serde_json::from_str::<Value>(&ran.stdout).unwrap()["modules"][0]["changes"][1]["message"];
    assert_eq!(codes(&ran), ["!credentials-lost Acme ERP", "!permissions-lost Acme ERP"]);
    let message = message.as_str().unwrap();
    assert!(message.starts_with("loses ") && message.contains(", GET /V1/orders/:id, "), "{message}");
}

#[test]
fn topics_and_integrations_come_and_go() {
    let dir = repository();
    let ran = changed(
        dir.path(),
        &[
            ("name = \"Acme ERP\"", "name = \"Acme WMS\""),
            ("topic = \"customer.saved\"", "topic = \"customer.changed\""),
        ],
        &["--format", "json"],
    );
    let expected = [
        "!topic-gone customer.saved",
        "integration-added Acme WMS",
        "integration-removed Acme ERP",
        "topic-added customer.changed",
    ];
    assert_eq!(codes(&ran), expected);
}

#[test]
fn renamed_and_retired_integrations_are_told_apart() {
    let dir = repository();
    let renamed = [("name = \"Acme ERP\"", "name = \"Acme WMS\"\nrenamed_from = \"Acme ERP\"")];
    let ran = changed(dir.path(), &renamed, &["--format", "json"]);
    assert_eq!(codes(&ran), ["integration-renamed Acme WMS"]);
    let retired = "[retired]\nintegrations = [\"Acme ERP\"]\n[[integration]]\nname = \"Acme WMS\"";
    let ran =
        changed(dir.path(), &[("[[integration]]\nname = \"Acme ERP\"", retired)], &["--format", "json"]);
    assert_eq!(codes(&ran), ["!credentials-lost Acme ERP", "integration-added Acme WMS"]);
}

#[test]
fn a_deprecated_route_ends_as_announced_is_postponed_or_kept() {
    let dir = tempfile::tempdir().unwrap();
    let route = "route = \"GET /V1/acme-erp/orders/:incrementId\"";
    let with = |keys: &str| SPEC.replace(route, &format!("{route}\n{keys}"));
    let codes_of = |before: &str, after: String| {
        fs::write(dir.path().join("before.toml"), with(before)).unwrap();
        fs::write(dir.path().join("integration.toml"), after).unwrap();
        let arguments = ["changes", "integration.toml", "--from", "before.toml", "--format", "json"];
        codes(&magespec(dir.path(), &arguments))
    };
    let name = "GET /V1/acme-erp/orders/:incrementId";
    let until = |day: &str| format!("deprecated = \"{day}\"");
    let gone = SPEC.replace(CHANGES[0].0, CHANGES[0].1);
    let new = "route-added GET /V1/acme-erp/order/:incrementId".to_owned();
    assert_eq!(codes_of(&until("2020-06-01"), gone.clone()), [format!("route-removed {name}"), new.clone()]);
    assert_eq!(codes_of(&until("2099-06-01"), gone), [format!("!route-gone {name}"), new]);
    let later = with(&until("2099-07-01"));
    assert_eq!(codes_of(&until("2099-06-01"), later.clone()), [format!("route-postponed {name}")]);
    assert_eq!(codes_of(&until("2099-08-01"), later), [format!("!route-changed {name}")]);
    assert_eq!(codes_of(&until("2099-06-01"), SPEC.to_owned()), [format!("route-kept {name}")]);
}
