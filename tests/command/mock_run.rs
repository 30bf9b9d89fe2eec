//! `magespec mock --run`: a command beside the shop, and the report on its calls in each format.

use std::{
    env,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use magespec::oauth::{CallUrl, Dialect, Outgoing, Secrets, SignatureMethod};
use serde_json::Value;

use super::{Ran, command, ran};
use crate::support::base::acme_erp;

pub(super) const SPEC: &str = acme_erp!(
    "[[integration]]
name = \"Acme ERP\"
email = \"erp@acme.com\"
resources = [\"Magento_Catalog::products\"]
calls = [\"GET /V1/orders/:id\", \"GET /V1/invoices\"]

[[integration]]
name = \"Acme <Shop> & Co\"
email = \"shop@acme.com\"
calls = [\"GET /V1/orders/:id\"]
"
);

/// Client of the shop, which `--run` starts: makes the calls that `CALLS` lists, with the credentials in its environment.
#[test]
#[ignore = "runs in another process"]
fn client() {
    let variable = |name: &str| env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
    let base = variable("MAGENTO_BASE_URL");
    let secrets = Secrets {
        consumer_key: variable("MAGENTO_CONSUMER_KEY"),
        consumer_secret: variable("MAGENTO_CONSUMER_SECRET"),
        access_token: Some(variable("MAGENTO_ACCESS_TOKEN")),
        access_token_secret: Some(variable("MAGENTO_ACCESS_TOKEN_SECRET")),
    };
    assert_eq!(variable("MAGENTO_ACME_ERP_CONSUMER_KEY"), secrets.consumer_key);
    assert_ne!(variable("MAGENTO_ACME__SHOP____CO_CONSUMER_KEY"), secrets.consumer_key);
    let calls = env::var("CALLS").unwrap_or_default();
    for (number, call) in calls.split(';').filter(|call| !call.is_empty()).enumerate() {
        let (method, target) = call.split_once(' ').unwrap();
        let url = CallUrl::parse(&format!("{base}{target}")).unwrap();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let header = if method.starts_with('-') {
            String::new()
        } else {
            let request = url.request(method, None);
            let sha256 = SignatureMethod::HmacSha256;
            let signed =
                Outgoing::sign(&request, &secrets, sha256, Dialect::Laminas, now, &format!("n{number}"));
            format!("Authorization: {}\r\n", signed.header())
        };
        let method = method.trim_start_matches('-');
        let mut stream = TcpStream::connect(base.strip_prefix("http://").unwrap()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let head =
            format!("{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{header}\r\n", url.host);
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        println!("{call}: {}", answer.lines().next().unwrap());
    }
    std::process::exit(env::var("STATUS").map_or(0, |status| status.parse().unwrap()));
}

/// Command line that starts the client.
pub(super) fn client_command() -> String {
    let program = env::current_exe().unwrap();
    format!("\"{}\" --exact mock_run::client --ignored --nocapture", program.display())
}

/// Runs the client beside a shop.
fn run(dir: &Path, arguments: &[&str], calls: &str, status: &str) -> Ran {
    std::fs::write(dir.join("integration.toml"), SPEC).unwrap();
    let client = client_command();
    let arguments = [&["mock", "--run", &client], arguments].concat();
    ran(command(dir, &arguments).env("CALLS", calls).env("STATUS", status).output().unwrap())
}

const ALLOWED: &str = "GET /rest/V1/orders/1;GET /rest/V1/invoices?searchCriteria=";

#[test]
fn the_exit_status_is_that_of_the_command_unless_the_contract_was_broken() {
    let dir = tempfile::tempdir().unwrap();
    for (arguments, calls, status, expected) in [
        (&[][..], ALLOWED, "0", 0),
        (&[], ALLOWED, "7", 7),
        // Permitted, but not listed.
        (&[], "GET /rest/V1/products/SKU-0001", "0", 0),
        (&["--strict"], "GET /rest/V1/products/SKU-0001", "0", 2),
        (&[], "GET /rest/V1/customers/1", "0", 2),
        (&[], "GET /rest/V1/nothing/here", "3", 2),
        (&[], "-GET /rest/V1/orders/1", "0", 2),
        // Magento has no such order: the contract holds.
        (&[], "GET /rest/V1/orders/999999", "0", 0),
    ] {
        let ran = run(dir.path(), arguments, calls, status);
        assert_eq!(ran.status, expected, "{calls}: {}{}", ran.stdout, ran.stderr);
        assert!(ran.stdout.contains("\nAcme ERP\n"), "{}", ran.stdout);
        assert!(
            ran.stderr.contains("note: Magento 2.4.7-p10 in production mode for integration.toml"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn output_and_input_pass_through_and_a_command_that_is_not_there_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    let echo = magespec(dir.path(), "echo one&& echo two >&2");
    assert_eq!(echo.status, 0, "{}", echo.stderr);
    assert!(echo.stdout.starts_with("one") && echo.stderr.contains("two"), "{}{}", echo.stdout, echo.stderr);
    let nothing = magespec(dir.path(), " ");
    assert_eq!(nothing.status, 1);
    assert!(!nothing.stderr.contains("note: Magento"), "{}", nothing.stderr);
    assert!(
        nothing.stderr.contains("--run: the command is empty; write `--run \"npm test\"`"),
        "{}",
        nothing.stderr
    );
    let unknown = magespec(dir.path(), "no-such-command-of-anybody");
    assert_ne!(unknown.status, 0);
    if cfg!(unix) {
        assert_eq!(unknown.status, 127);
        let reason = "error: --run: the shell finds no command for `no-such-command-of-anybody`";
        assert!(unknown.stderr.contains(reason), "{}", unknown.stderr);
    }
}

#[test]
fn the_report_has_no_secrets_of_the_command_or_of_paths() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    let call = "GET /rest/V1/x/token/hidden;GET /rest/sid=hidden/V1/x;POST /rest/V1/customers/1/password/resetLinkToken/hidden";
    for format in ["human", "json", "junit", "markdown"] {
        let line = format!("{} token=hidden", client_command());
        let command =
            command(dir.path(), &["mock", "--format", format, "--run", &line]).env("CALLS", call).output();
        let ran = ran(command.unwrap());
        let report = ran.stdout.split("HTTP/1.1").last().unwrap_or_default();
        assert!(report.contains("/rest/V1/x/token/…"), "{format}: {report}");
        assert!(!report.contains("hidden"), "{format}: {report}");
    }
}

fn magespec(dir: &Path, line: &str) -> Ran {
    super::magespec(dir, &["mock", "--run", line])
}

pub(super) const BROKEN: &str = "GET /rest/V1/orders/1;GET /rest/V1/orders/1;GET /rest/V1/products/SKU-0001;GET /rest/V1/customers/1;\
                      GET /rest/V1/nothing/here;GET /rest/V1/orders/999999;GET /rest/V1/directory/currency";

#[test]
fn the_json_report_is_alone_on_standard_output() {
    let dir = tempfile::tempdir().unwrap();
    let ran = run(dir.path(), &["--format", "json"], BROKEN, "4");
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{}", ran.stdout));
    assert_eq!((ran.status, &report["broken"], &report["run"]["status"]), (2, &true.into(), &4.into()));
    assert!(ran.stderr.contains("GET /rest/V1/orders/1: HTTP/1.1 200"), "{}", ran.stderr);
    let erp = &report["integrations"][0];
    assert_eq!(erp["name"], "Acme ERP");
    assert_eq!(erp["made"][0], serde_json::json!({ "call": "GET /V1/orders/:id", "count": 3 }));
    // An open route counts for who signed the call.
    assert_eq!(erp["unlisted"][0]["call"], "GET /V1/directory/currency");
    assert_eq!(erp["unlisted"][1]["call"], "GET /V1/products/:sku");
    assert_eq!(erp["never_made"], serde_json::json!(["GET /V1/invoices"]));
    assert_eq!(report["integrations"][1]["never_made"], serde_json::json!(["GET /V1/orders/:id"]));
    let refused = report["refused"].as_array().unwrap();
    let of = |call: &str| refused.iter().find(|it| it["call"] == call).unwrap();
    let customer = of("GET /V1/customers/:customerId");
    assert_eq!(customer["missing"], serde_json::json!(["Magento_Customer::customer"]), "{customer}");
    assert_eq!(of("GET /rest/V1/nothing/here")["status"], 404);
    assert_eq!(report["failed"][0]["status"], 404);
    assert_eq!(report["others"], serde_json::json!([]));
}

#[test]
fn a_refusal_names_the_releases_in_which_the_route_is() {
    let dir = tempfile::tempdir().unwrap();
    let arguments = ["--format", "json", "--magento", "2.2.7"];
    let ran = run(dir.path(), &arguments, "GET /rest/V1/inventory/sources?searchCriteria=", "0");
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let moved = report["refused"][0]["moved"].as_str().unwrap();
    assert!(moved.starts_with("GET /V1/inventory/sources is in 2.3.0.."), "{moved}");
    assert_eq!(ran.status, 2);
}

#[test]
fn every_format_goes_into_a_file() {
    let dir = tempfile::tempdir().unwrap();
    for (file, format, start) in [
        ("report.json", "json", "{\n  \"version\": 1,"),
        ("report.xml", "junit", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "),
        ("report.md", "markdown", "# Contract with Magento 2.4.7-p10\n"),
        ("report.txt", "human", "Acme ERP\n"),
    ] {
        let ran = run(dir.path(), &["--report", file], BROKEN, "0");
        assert_eq!(ran.status, 2);
        assert!(
            ran.stdout.contains("  not listed; add to `calls`: \"GET /V1/products/:sku\","),
            "{}",
            ran.stdout
        );
        let written = std::fs::read_to_string(dir.path().join(file)).unwrap();
        assert!(written.starts_with(start), "{written}");
        if format != "human" {
            let ran = run(dir.path(), &["--format", format], BROKEN, "0");
            assert!(ran.stdout.starts_with(start), "{}", ran.stdout);
            assert!(!ran.stderr.contains("error"), "{}", ran.stderr);
        }
    }
}

#[test]
fn the_junit_report_has_a_test_per_call() {
    let dir = tempfile::tempdir().unwrap();
    let ran = run(dir.path(), &["--format", "junit"], BROKEN, "0");
    let document =
        roxmltree::Document::parse(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", ran.stdout));
    let root = document.root_element();
    let suites: Vec<_> = root.children().filter(|it| it.has_tag_name("testsuite")).collect();
    let names: Vec<&str> = suites.iter().map(|it| it.attribute("name").unwrap()).collect();
    assert_eq!(names, ["command", "Acme ERP", "Acme <Shop> & Co", "without an integration"]);
    let number =
        |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<usize>().unwrap();
    for suite in &suites {
        let tests: Vec<_> = suite.children().filter(|it| it.has_tag_name("testcase")).collect();
        let with =
            |name: &str| tests.iter().filter(|test| test.children().any(|it| it.has_tag_name(name))).count();
        assert_eq!(number(suite, "tests"), tests.len());
        assert_eq!(number(suite, "failures"), with("failure"));
        assert_eq!(number(suite, "skipped"), with("skipped"));
        assert!(tests.iter().all(|test| test.attribute("classname") == suite.attribute("name")));
    }
    let sum = |name: &str| suites.iter().map(|suite| number(suite, name)).sum::<usize>();
    assert_eq!((number(&root, "tests"), number(&root, "failures")), (sum("tests"), sum("failures")));
    assert_eq!(sum("failures"), 2);
    let failure = document.descendants().find(|it| it.has_tag_name("failure")).unwrap();
    assert_eq!(failure.attribute("message"), Some("401 The consumer isn't authorized to access %resources."));
    assert!(failure.text().unwrap().contains("lacks Magento_Customer::customer"));
    let said: Vec<&str> = document
        .descendants()
        .filter(|it| it.has_tag_name("system-out"))
        .filter_map(|it| it.text())
        .collect();
    assert!(said.contains(&"made 3 times\n1 answer with 404 The entity that was requested doesn't exist. Verify the entity and try again."), "{said:?}");
    assert!(
        said.contains(&"made 1 time\nnot listed; add to `calls`: \"GET /V1/products/:sku\","),
        "{said:?}"
    );
}

#[test]
fn the_markdown_report_is_a_page() {
    let dir = tempfile::tempdir().unwrap();
    let ran = run(dir.path(), &["--format", "markdown"], BROKEN, "0");
    for line in [
        "Specs: `integration.toml`. The contract is **broken**: 2 calls refused.\n",
        "## Acme &lt;Shop&gt; &amp; Co\n\n| Call | Times | |\n|---|--:|---|\n| `GET /V1/orders/:id` | 0 | never made |\n",
        "| `GET /V1/products/:sku` | 1 | not listed; add to `calls`: \"GET /V1/products/:sku\", |\n",
        "- `GET /V1/customers/:customerId` of Acme ERP, 1 time: 401 The consumer isn't authorized to access %resources.\n",
    ] {
        assert!(ran.stdout.contains(line), "{line}: {}", ran.stdout);
    }
}

#[test]
fn names_that_lead_to_the_same_variables_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let spec = SPEC.replace("Acme <Shop> & Co", "Acme-ERP");
    std::fs::write(dir.path().join("integration.toml"), spec).unwrap();
    let ran = magespec(dir.path(), "exit 0");
    let warning = "both \"Acme ERP\" and \"Acme-ERP\" map to MAGENTO_ACME_ERP_…";
    assert!(ran.status == 0 && ran.stderr.contains(warning), "{}", ran.stderr);
}

/// A call of a queue names only the releases that have one.
#[test]
fn a_moved_call_keeps_its_mode() {
    let dir = tempfile::tempdir().unwrap();
    let moved = |release: &str, call: &str| {
        let ran = run(dir.path(), &["--format", "json", "--magento", release], call, "0");
        let report: Value = serde_json::from_str(&ran.stdout).unwrap();
        report["refused"][0]["moved"].as_str().unwrap_or_default().to_owned()
    };
    let queued = moved("2.2.7", "POST /rest/async/V1/orders");
    assert!(queued.starts_with("POST /async/V1/orders is in 2.3.0.."), "{queued}");
    let queued = moved("2.4.7", "POST /rest/async/bulk/V1/no/such");
    assert_eq!(queued, "");
}

#[cfg(unix)]
mod signals {
    use std::{
        io::{BufRead as _, BufReader},
        process::Stdio,
    };

    use super::*;

    /// Sends a signal to magespec once the command runs; returns the exit status and the output.
    fn after(signal: &str, line: &str) -> (Option<i32>, String) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
        let mut child = command(dir.path(), &["mock", "--run", line])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        while !text.contains("ready") {
            assert_ne!(output.read_line(&mut text).unwrap(), 0, "{text}");
        }
        let id = child.id().to_string();
        assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
        output.read_to_string(&mut text).unwrap();
        (child.wait().unwrap().code(), text)
    }

    #[test]
    fn the_command_gets_them_and_ends_in_its_own_time() {
        let wait = "while :; do sleep 0.1; done";
        for (signal, name) in [("-INT", "INT"), ("-TERM", "TERM")] {
            let line = format!("trap 'echo got {name}; exit 9' {name}; echo ready; {wait}");
            let (status, text) = after(signal, &line);
            assert_eq!(status, Some(9), "{text}");
            assert!(
                text.contains(&format!("got {name}\n")) && text.contains("never   GET /V1/invoices"),
                "{text}"
            );
        }
        let (status, _) = after("-TERM", &format!("echo ready; {wait}"));
        assert_eq!(status, Some(143));
    }
}
