//! `magespec calls`: logs in, calls out.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Output, Stdio},
};

use flate2::{Compression, write::GzEncoder};

use super::{Ran, command, magespec, project, ran};

const LOG: &str = r#"203.0.113.7 - - [01/Mar/2026:10:00:00 +0000] "GET /rest/V1/orders?searchCriteria[pageSize]=50 HTTP/1.1" 200 512 "-" "AcmeERP/2.1"
203.0.113.7 - - [02/Mar/2026:10:00:00 +0000] "GET /index.php/rest/default/V1/orders?searchCriteria= HTTP/1.1" 200 512 "-" "AcmeERP/2.1"
203.0.113.7 - - [02/Mar/2026:10:00:01 +0000] "POST /rest/V1/order/17/ship HTTP/1.1" 200 5 "-" "AcmeERP/2.1"
203.0.113.7 - - [02/Mar/2026:10:00:02 +0000] "POST /rest/V1/order/18/ship HTTP/1.1" 404 5 "-" "AcmeERP/2.1"
203.0.113.7 - - [02/Mar/2026:10:00:03 +0000] "PUT /rest/all/V1/products/24-MB01 HTTP/1.1" 403 99 "-" "AcmeERP/2.1"
203.0.113.7 - - [02/Mar/2026:10:00:04 +0000] "GET /rest/V1/acme/pallets/4 HTTP/1.1" 404 99 "-" "AcmeERP/2.1"
198.51.100.1 - - [02/Mar/2026:10:00:05 +0000] "GET /rest/default/V1/carts/mine HTTP/1.1" 200 99 "https://shop.example/" "Mozilla/5.0"
198.51.100.1 - - [02/Mar/2026:10:00:06 +0000] "POST /rest/default/V1/guest-carts HTTP/1.1" 200 99 "https://shop.example/" "Mozilla/5.0"
198.51.100.1 - - [02/Mar/2026:10:00:07 +0000] "GET /checkout/ HTTP/1.1" 200 99 "https://shop.example/" "Mozilla/5.0"
"#;

const CALLS: &str = r#"calls = [
  "POST /V1/order/:orderId/ship", # 2 requests: 1 not found
  "GET /V1/orders", # 2 requests
  # "PUT /V1/products/:sku", # 1 request, refused with 401 or 403
]
"#;

/// Runs magespec with `input` on its standard input.
pub(super) fn fed(dir: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = command(dir, arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // A command that has seen enough closes its end.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output: Output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    ran(output)
}

pub(super) fn zipped(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn calls_of_an_agent_are_an_array_to_paste() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("access.log"), LOG).unwrap();
    let ran = magespec(dir.path(), &["calls", "access.log", "--agent", "acmeerp"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, CALLS));
    assert_eq!(
        ran.stderr,
        "9 lines of 1 log: 8 requests to the REST API, 1 other line
skipped: 2 from other user agents
no matching route:
        1  GET /V1/:value/:value/:id
refused with 401 or 403: 1 request; a permission may be missing, or the token may be invalid
"
    );
    let spec = super::SPEC.replace("resources = [\"Magento_Sales::actions_view\"]\n", &ran.stdout);
    let array = spec.parse::<toml::Table>().unwrap();
    assert_eq!(array["integration"][0]["calls"].as_array().unwrap().len(), 2);
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    assert_eq!(magespec(dir.path(), &["check"]).status, 0);
}

#[test]
fn without_an_agent_the_storefront_is_in_it_but_not_what_only_customers_can_do() {
    let dir = tempfile::tempdir().unwrap();
    let ran = fed(dir.path(), &["calls", "-"], LOG.as_bytes());
    assert!(
        ran.stdout.contains(r#""POST /V1/guest-carts", # 1 request; needs no permission"#),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("mine"), "{}", ran.stdout);
    assert!(ran.stderr.contains("user agents of these requests (--agent selects):\n"), "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("customer-only routes (never open to integrations):\n        1  GET /V1/carts/mine\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn several_logs_plain_and_packed_count_together() {
    let dir = tempfile::tempdir().unwrap();
    let (first, second) = LOG.split_at(LOG.find("203.0.113.7 - - [02/Mar/2026:10:00:01").unwrap());
    fs::write(dir.path().join("a.log"), first).unwrap();
    let members = second.split_inclusive('\n').map(zipped).collect::<Vec<_>>().concat();
    // What it is packed with stands in the file, not in its name.
    fs::write(dir.path().join("b.log"), &members).unwrap();
    let ran = magespec(dir.path(), &["calls", "a.log", "b.log", "--agent", "AcmeERP"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, CALLS));
    assert_eq!(fed(dir.path(), &["calls", "a.log", "-", "--agent", "AcmeERP"], &members).stdout, CALLS);
}

#[test]
fn a_span_of_time_has_both_ends_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let orders = |arguments: &[&str]| {
        let all = [&["calls", "-", "--format", "json"], arguments].concat();
        let json: serde_json::Value =
            serde_json::from_str(&fed(dir.path(), &all, LOG.as_bytes()).stdout).unwrap();
        let calls = json["calls"].as_array().unwrap().iter().find(|call| call["call"] == "GET /V1/orders");
        calls.map_or(0, |call| call["requests"].as_u64().unwrap())
    };
    assert_eq!(orders(&["--since", "2026-03-01"]), 2);
    assert_eq!(orders(&["--since", "2026-03-02"]), 1);
    assert_eq!(orders(&["--until", "2026-03-01"]), 1);
    assert_eq!(orders(&["--since", "2026-03-02T11:00:01+01:00"]), 0);
    assert_eq!(orders(&["--since", "2026-03-02T11:00:00+01:00", "--until", "2026-03-02T10:00"]), 1);
}

#[test]
fn json_lines_and_lists_are_read_too() {
    let dir = tempfile::tempdir().unwrap();
    let log = "GET /V1/orders\n\
               {\"request_method\":\"GET\",\"request_uri\":\"\\/rest\\/V1\\/orders\",\"status\":401}\n\
               {\"x\":{\"m\":\"GET\",\"p\":\"/rest/V1/orders\"}}\n";
    let ran = fed(dir.path(), &["calls", "-"], log.as_bytes());
    assert_eq!(ran.stdout, "calls = [\n  \"GET /V1/orders\", # 2 requests: 1 refused with 401 or 403\n]\n");
    assert!(ran.stderr.contains("the first at <stdin>:3"), "{}", ran.stderr);
    let keys = ["calls", "-", "--json-method", "x.m", "--json-path", "x.p"];
    assert!(fed(dir.path(), &keys, log.as_bytes()).stdout.contains("# 2 requests\n"));
}

#[test]
fn a_target_says_which_routes_count() {
    let dir = tempfile::tempdir().unwrap();
    let log = b"POST /rest/async/V1/products\nGET /V1/orders\n";
    let ran = fed(dir.path(), &["calls", "-", "--target", ">=2.2.10 <2.3.1"], log);
    assert_eq!(
        ran.stdout,
        "calls = [\n  \"GET /V1/orders\", # 1 request\n  \"POST /async/V1/products\", # 1 request; not in 2.2.10..2.2.11\n]\n"
    );
    let ran = fed(dir.path(), &["calls", "-", "--target", "2.2.0"], log);
    assert!(
        ran.stderr.contains("no matching route:\n        1  POST /async/V1/products\n"),
        "{}",
        ran.stderr
    );
    let ran = fed(dir.path(), &["calls", "-", "--target", "1.9.*"], log);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("no known Magento release matches `1.9.*`"), "{}", ran.stderr);
}

/// A spec that lists calls.
fn calling(dir: &Path, calls: &str) {
    let entry = "resources = [\"Magento_Sales::actions_view\"]";
    fs::write(dir.join("integration.toml"), super::SPEC.replace(entry, calls)).unwrap();
}

#[test]
fn a_spec_that_permits_all_that_is_called_is_fine() {
    let dir = project();
    let check = ["calls", "-", "--check", "integration.toml"];
    calling(dir.path(), r#"calls = ["GET /V1/orders", "GET /V1/products/:sku"]"#);
    let ran =
        fed(dir.path(), &check, b"GET /V1/orders\nGET /V1/orders/7\nGET /V1/acme\nGET /V1/carts/mine\n");
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert_eq!(
        ran.stdout,
        "every call is permitted\npermitted but never called: 1 call\n  \"GET /V1/products/:sku\"\n"
    );
    let ran = fed(dir.path(), &check, b"GET /V1/orders\nGET /V1/products/a\n");
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "every call is permitted\n"));
}

#[test]
fn a_call_that_the_spec_does_not_permit_ends_with_2() {
    let dir = project();
    let ran =
        fed(dir.path(), &["calls", "-", "--check", "integration.toml", "--agent", "ERP"], LOG.as_bytes());
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert_eq!(
        ran.stdout,
        "called but not permitted: 2 calls
  \"POST /V1/order/:orderId/ship\" # 2 requests: 1 not found; needs Magento_Sales::ship
  \"PUT /V1/products/:sku\" # 1 request, refused with 401 or 403; needs Magento_Catalog::products
"
    );
    let ran =
        fed(dir.path(), &["calls", "-", "--check", "integration.toml", "--format", "json"], LOG.as_bytes());
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((ran.status, &json["version"]), (2, &1.into()));
    assert_eq!(json["check"]["not_permitted"][1]["call"], "PUT /V1/products/:sku");
    assert_eq!(json["check"]["not_permitted"][1]["needs"][0], "Magento_Catalog::products");
    assert_eq!(json["unanswered"][0]["request"], "GET /V1/:value/:value/:id");
    assert_eq!(json["for_customers"][0]["call"], "GET /V1/carts/mine");
}

#[test]
fn calls_permitted_in_some_releases_name_them() {
    let dir = project();
    let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    fs::write(dir.path().join("integration.toml"), spec.replace("2.4.2", ">=2.4.7-p3 <2.4.8")).unwrap();
    let (granted, call) = ("Magento_Sales::actions_view", "Magento_Sales::create");
    let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap().replace(granted, call);
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    let ran = fed(dir.path(), &["calls", "-", "--check", "integration.toml"], b"POST /V1/orders\n");
    assert_eq!(ran.status, 2, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains(" in 2.4.7-p"), "{}", ran.stdout);
}

#[test]
fn one_integration_of_several_can_be_meant() {
    let dir = project();
    let path = dir.path().join("integration.toml");
    let second =
        "\n[[integration]]\nname = \"Acme Stock\"\nemail = \"a@acme.com\"\ncalls = [\"GET /V1/products\"]\n";
    fs::write(&path, super::SPEC.to_owned() + second).unwrap();
    let check = ["calls", "-", "--check", "integration.toml"];
    let log = b"GET /V1/products\nGET /V1/orders\n";
    assert_eq!(fed(dir.path(), &check, log).status, 0);
    let ran = fed(dir.path(), &[&check[..], &["--integration", "Acme Stock"]].concat(), log);
    assert_eq!(ran.status, 2);
    assert!(
        ran.stdout.contains("GET /V1/orders") && !ran.stdout.contains("GET /V1/products"),
        "{}",
        ran.stdout
    );
    let ran = fed(dir.path(), &[&check[..], &["--integration", "Acme Stok"]].concat(), log);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("did you mean \"Acme Stock\"?"), "{}", ran.stderr);
    // Two short names read alike by a letter.
    fs::write(&path, super::SPEC.replace("Acme Warehouse", "Two")).unwrap();
    let ran = fed(dir.path(), &[&check[..], &["--integration", "Tow"]].concat(), log);
    assert!(ran.stderr.contains("did you mean \"Two\"?"), "{}", ran.stderr);
}

#[test]
fn the_only_spec_below_a_directory_is_compared_with() {
    let dir = project();
    let check = ["calls", "-", "--check", "."];
    assert_eq!(fed(dir.path(), &check, b"GET /V1/orders\n").status, 0);
    fs::create_dir(dir.path().join("other")).unwrap();
    fs::write(dir.path().join("other/integration.toml"), super::SPEC).unwrap();
    let ran = fed(dir.path(), &check, b"GET /V1/orders\n");
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("found 2 specs below .; name one"), "{}", ran.stderr);
}

#[test]
fn warnings_of_the_spec_are_printed() {
    let dir = project();
    calling(dir.path(), r#"calls = ["GET /V1/orders", "GET /V1/orders/1", "GET /V1/orders/2"]"#);
    let ran = fed(dir.path(), &["calls", "-", "--check", "integration.toml"], b"GET /V1/orders\n");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("warning[duplicate-call]"), "{}", ran.stderr);
}

#[test]
fn a_spec_with_errors_is_not_compared_with() {
    let dir = project();
    calling(dir.path(), r#"calls = ["GET /V1/ordes"]"#);
    let ran = fed(dir.path(), &["calls", "-", "--check", "integration.toml"], LOG.as_bytes());
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("error[unknown-route]"), "{}", ran.stderr);
    let ran = fed(dir.path(), &["calls", "-", "--check", "none.toml"], LOG.as_bytes());
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("no such file"), "{}", ran.stderr);
}

#[test]
fn unreadable_input_is_reported_with_a_remedy() {
    let dir = tempfile::tempdir().unwrap();
    for (bytes, expected) in [
        (b"\x28\xb5\x2f\xfd\x00\x00".to_vec(), "zstd -dc"),
        (b"\xff\xfeG\0E\0T\0".to_vec(), "save it as UTF-8"),
        (zipped(LOG)[..200].to_vec(), "truncated"),
        (b"2026/03/01 [error] request: \"GET /rest/V1/orders\"\n".to_vec(), "the first at <stdin>:1"),
    ] {
        let ran = fed(dir.path(), &["calls", "-"], &bytes);
        assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
        assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains(expected), "{}", ran.stderr);
    }
    for (arguments, expected) in [
        (&["calls"][..], "<LOGFILE>"),
        (&["calls", "none.log"], "cannot read none.log: no such file"),
        (&["calls", "."], "no log in ."),
        (&["calls", "-", "--since", "yesterday"], "a day such as 2026-03-01"),
        (&["calls", "-", "--until", "2026-02-30"], "a day such as 2026-03-01"),
        (&["calls", "-", "--since", "2026-03-02", "--until", "2026-03-01"], "--since is after --until"),
        (&["calls", "-", "--json-path", "a..b"], "a key such as `request_uri`"),
        (&["calls", "-", "--integration", "Acme"], "--check"),
    ] {
        let ran = magespec(dir.path(), arguments);
        assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{arguments:?}");
        assert!(ran.stderr.contains(expected), "{}", ran.stderr);
    }
}

#[test]
fn an_empty_result_is_explained() {
    let dir = tempfile::tempdir().unwrap();
    let ran = fed(dir.path(), &["calls", "-"], b"GET /checkout\n\n");
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "calls = []\n"));
    assert!(ran.stderr.contains("no line looks like a REST call"), "{}", ran.stderr);
    let ran = fed(dir.path(), &["calls", "-", "--agent", "ACME/9"], LOG.as_bytes());
    assert_eq!((ran.status, ran.stdout.as_str()), (0, "calls = []\n"));
    assert!(ran.stderr.contains("        6  AcmeERP/2.1\n        2  Mozilla/5.0\n"), "{}", ran.stderr);
    let ran =
        fed(dir.path(), &["calls", "-", "--agent", "ACME", "--since", "2026-01-01"], b"GET /V1/orders\n");
    assert!(ran.stderr.contains("1 without a readable time"), "{}", ran.stderr);
}

/// Peak memory of a process, in KiB.
#[cfg(target_os = "linux")]
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Every line has a path and an agent that no other has, and there is a line of many megabytes.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_log() {
    const BYTES: usize = 200 * 1024 * 1024;
    let dir = tempfile::tempdir().unwrap();
    let mut command = command(dir.path(), &["calls", "-", "--format", "json"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let filler = "GET /media/catalog/product/a.jpg\n".repeat(60);
    let (mut written, mut early) = (0, 0);
    for at in 0u64.. {
        // Other words would be masked.
        let path = format!("{at:b}").replace('1', "/orders").replace('0', "/carts");
        let line =
            format!("{at} - - [t] \"GET /rest/V1/y{path} HTTP/1.1\" 200 1 \"-\" \"bot {at}\"\n{filler}");
        stdin.write_all(line.as_bytes()).unwrap();
        written += line.len();
        if early == 0 && written > BYTES / 10 {
            early = peak(child.id());
        }
        if written > BYTES {
            break;
        }
    }
    let long = vec![b'/'; 8 * 1024 * 1024];
    stdin.write_all(&long).unwrap();
    // What is read is less than a pipe behind what is written.
    let peak = peak(child.id());
    drop(stdin);
    let ran = ran(child.wait_with_output().unwrap());
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((json["too_long"].as_u64(), json["broken"].as_u64()), (Some(1), Some(0)));
    assert_eq!(json["unanswered"].as_array().unwrap().len(), magespec::traffic::MOST_KINDS);
    assert!(json["unanswered_others"].as_u64().unwrap() > 10_000);
    // Most of it is the program itself, unoptimised.
    assert!(peak - early < 1024, "{early} KiB, then {peak} KiB");
}

#[test]
fn routes_of_the_module_are_calls() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(
        dir.path().join("integration.toml"),
        include_str!("../../examples/erp-bridge/integration.toml"),
    )
    .unwrap();
    let check = ["calls", "-", "--check", "integration.toml"];
    let seen = b"GET /V1/acme-erp/orders\nGET /V1/acme-erp/orders/7\nGET /V1/orders/7\nPOST /V1/acme-erp/orders/7/confirm\n";
    let ran = fed(dir.path(), &check, seen);
    assert_eq!((ran.status, ran.stdout.contains("acme-erp")), (0, false), "{}{}", ran.stdout, ran.stderr);
    let ran = fed(dir.path(), &check, b"GET /V1/acme-erp/orders\n");
    assert!(ran.stdout.contains("POST /V1/acme-erp/orders/:incrementId/confirm"), "{}", ran.stdout);
    let access = magespec(dir.path(), &["access"]).stdout;
    assert!(access.contains("POST /V1/acme-erp/orders/:incrementId/confirm"), "{access}");
}

#[test]
fn a_client_that_logs_in_as_a_user_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let log = "POST /rest/V1/integration/admin/token\nPOST /rest/V1/tfa/provider/google/authenticate\n\
        POST /rest/all/V1/integration/customer/token\nGET /rest/V1/orders\n";
    let ran = fed(dir.path(), &["calls", "-"], log.as_bytes());
    let said = "2 requests to POST /V1/integration/admin/token and POST /V1/tfa/provider/google/authenticate logged in as \
                an administrator: the calls that follow use that user's permissions, not an integration's\n";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    let said = "1 request to POST /V1/integration/customer/token logged in as a customer: ";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    let ran = fed(dir.path(), &["calls", "-", "--format", "json"], log.as_bytes());
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["logins"]["administrator"][0]["call"], "POST /V1/integration/admin/token");
    assert_eq!(json["logins"]["customer"][0]["requests"], 1);
}
