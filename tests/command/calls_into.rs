//! `magespec calls --into`: calls in logs, added to a spec.

use std::{fs, path::Path};

use super::{Ran, SPEC, calls::zipped, magespec};

const LOG: &str = r#"203.0.113.7 - - [01/Mar/2026:10:00:00 +0000] "GET /rest/V1/orders?x=1 HTTP/1.1" 200 512 "-" "AcmeERP/2.1"
203.0.113.7 - - [02/Mar/2026:10:00:01 +0000] "POST /rest/V1/order/17/ship HTTP/1.1" 200 5 "-" "AcmeERP/2.1"
203.0.113.7 - - [02/Mar/2026:10:00:03 +0000] "PUT /rest/all/V1/products/24-MB01 HTTP/1.1" 403 99 "-" "AcmeERP/2.1"
203.0.113.7 - - [02/Mar/2026:10:00:04 +0000] "OPTIONS /rest/V1/orders HTTP/1.1" 200 9 "-" "AcmeERP/2.1"
203.0.113.7 - - [02/Mar/2026:10:00:04 +0000] "HEAD /rest/V1/orders HTTP/1.1" 200 9 "-" "AcmeERP/2.1"
203.0.113.7 - - [02/Mar/2026:10:00:05 +0000] "POST /soap/default?services=salesOrderRepositoryV1 HTTP/1.1" 200 9 "-" "AcmeERP/2.1"
203.0.113.7 - - [02/Mar/2026:10:00:06 +0000] "POST /graphql HTTP/1.1" 200 9 "-" "AcmeERP/2.1"
203.0.113.7 - - [02/Mar/2026:10:00:07 +0000] "POST /graphql HTTP/1.1" 200 9 "-" "Mozilla/5.0"
"#;

const ADDED: &str = r#"calls = [
  "POST /V1/order/:orderId/ship", # 1 request
  "GET /V1/orders", # 1 request
  # "PUT /V1/products/:sku", # 1 request, refused with 401 or 403
]
"#;

fn add(dir: &Path, arguments: &[&str]) -> Ran {
    magespec(dir, &[&["calls", "access.log", "--into", "integration.toml"], arguments].concat())
}

fn project(spec: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("access.log"), LOG).unwrap();
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    dir
}

fn spec(dir: &Path) -> String {
    fs::read_to_string(dir.join("integration.toml")).unwrap()
}

#[test]
fn missing_calls_are_added_and_nothing_else_changes() {
    let dir = project(SPEC);
    let shown = add(dir.path(), &["--dry-run"]);
    assert_eq!((shown.status, spec(dir.path()).as_str()), (0, SPEC));
    assert!(shown.stdout.contains("+   \"GET /V1/orders\", # 1 request\n"), "{}", shown.stdout);
    let added = add(dir.path(), &[]);
    assert_eq!(added.status, 0, "{}", added.stderr);
    assert_eq!(spec(dir.path()), format!("{SPEC}{ADDED}"));
    assert!(
        added
            .stdout
            .contains("added to `Acme Warehouse` in integration.toml: 2 calls and 1 call as comments"),
        "{}",
        added.stdout
    );
    assert_eq!(magespec(dir.path(), &["check"]).status, 0);
    let again = add(dir.path(), &[]);
    assert!(again.stdout.contains("nothing to add"), "{}", again.stdout);
    assert_eq!(spec(dir.path()), format!("{SPEC}{ADDED}"));
}

#[test]
fn calls_that_are_there_stay_as_they_are() {
    let list = "calls = [\r\n\t\"GET   /V1/orders\", # mine\r\n\t\"GET /V1/invoices\"  # unused\r\n]\r\n";
    let before = format!("\u{feff}{}{list}# the end", SPEC.replace('\n', "\r\n"));
    let before = before.replace("GET   /V1", "GET /V1");
    let dir = project(&before);
    assert_eq!(add(dir.path(), &[]).status, 0);
    let new = "\t\"POST /V1/order/:orderId/ship\", # 1 request\r\n\t# \"PUT /V1/products/:sku\", # 1 request, refused with 401 or 403\r\n";
    let after =
        before.replace("invoices\"  #", "invoices\",  #").replace("unused\r\n", &format!("unused\r\n{new}"));
    assert_eq!(spec(dir.path()), after);
}

#[test]
fn one_of_several_integrations_is_named() {
    let second = "\n[[integration]]\nname = \"Acme WMS\"\nemail = \"wms@acme.com\"\n";
    let dir = project(&format!("{SPEC}{second}"));
    let unnamed = add(dir.path(), &[]);
    assert_eq!(unnamed.status, 1);
    assert!(
        unnamed.stderr.contains("--integration \"Acme Warehouse\" or --integration \"Acme WMS\""),
        "{}",
        unnamed.stderr
    );
    let unknown = add(dir.path(), &["--integration", "Acme WM"]);
    assert!(unknown.status == 1 && unknown.stderr.contains("Acme WMS"), "{}", unknown.stderr);
    assert_eq!(add(dir.path(), &["--integration", "Acme WMS"]).status, 0);
    assert_eq!(spec(dir.path()), format!("{SPEC}{second}{ADDED}"));
}

#[test]
fn calls_that_the_target_lacks_are_comments() {
    let before = SPEC.replace("2.4.2", ">=2.2.8 <2.3.1");
    let dir = project(&before);
    fs::write(dir.path().join("access.log"), "GET /rest/V1/inventory/sources\nGET /rest/V1/none\n").unwrap();
    assert_eq!(add(dir.path(), &[]).status, 0);
    let added = spec(dir.path());
    assert!(
        added.starts_with(&before)
            && added.contains("\n  # \"GET /V1/inventory/sources\", # 1 request; not in 2.2"),
        "{added}"
    );
    assert_eq!(magespec(dir.path(), &["check"]).status, 0);
    assert_eq!((add(dir.path(), &[]).status, spec(dir.path())), (0, added));
}

#[test]
fn a_broken_spec_is_left_alone() {
    let dir = project("[module\n");
    let ran = add(dir.path(), &[]);
    assert!(ran.status == 1 && ran.stderr.contains("toml-syntax"), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(spec(dir.path()), "[module\n");
    for arguments in [&["--check", "integration.toml"][..], &["--target", "2.4.7"]] {
        assert_eq!(add(dir.path(), arguments).status, 1, "{arguments:?}");
    }
    assert_eq!(magespec(dir.path(), &["calls", "access.log", "--dry-run"]).status, 1);
    let missing = magespec(dir.path(), &["calls", "access.log", "--into", "none.toml"]);
    assert!(missing.status == 1 && !dir.path().join("none.toml").exists());
}

#[test]
fn json_says_what_was_added() {
    let dir = project(SPEC);
    let ran = add(dir.path(), &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["added"]["calls"], serde_json::json!(["POST /V1/order/:orderId/ship", "GET /V1/orders"]));
    assert_eq!(json["added"]["comments"], serde_json::json!(["PUT /V1/products/:sku"]));
    assert_eq!(
        (&json["soap"], &json["graphql"], &json["left_out"]["options_or_head"]),
        (&1.into(), &2.into(), &2.into())
    );
}

#[test]
fn other_apis_are_counted_and_named() {
    let dir = project(SPEC);
    let ran = magespec(dir.path(), &["calls", "access.log", "--agent", "acme"]);
    assert_eq!(
        ran.stderr,
        "8 lines of 1 log: 5 requests to the REST API, 1 other line
1 request to SOAP (/soap/), which `calls` does not cover
1 request to GraphQL (/graphql), which `calls` does not cover
skipped: 2 with OPTIONS or HEAD
refused with 401 or 403: 1 request; a permission may be missing, or the token may be invalid
"
    );
}

#[test]
fn a_directory_is_the_access_logs_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let logs = dir.path().join("logs");
    fs::create_dir(&logs).unwrap();
    let empty = magespec(dir.path(), &["calls", "logs"]);
    assert!(empty.status == 1 && empty.stderr.contains("no log in logs"), "{}", empty.stderr);
    fs::write(logs.join("access.log"), "GET /rest/V1/orders\n").unwrap();
    fs::write(logs.join("access.log.1.gz"), zipped("GET /rest/V1/orders\nGET /rest/V1/invoices\n")).unwrap();
    fs::write(logs.join("error.log"), "upstream timed out, request: \"GET /rest/V1/orders\"\n").unwrap();
    fs::write(logs.join("php.log"), "GET /rest/V1/products\n").unwrap();
    let ran = magespec(dir.path(), &["calls", "logs"]);
    assert_eq!(
        ran.stdout,
        "calls = [\n  \"GET /V1/invoices\", # 1 request\n  \"GET /V1/orders\", # 2 requests\n]\n"
    );
    assert!(ran.stderr.starts_with("3 lines of 2 logs: 3 requests"), "{}", ran.stderr);
}
