//! `magespec mock`, asked over the network.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Stdio},
    time::Duration,
};

use super::{command, magespec};
use crate::support::base::acme_erp;

pub(super) const SPEC: &str = acme_erp!(
    "[[integration]]
name = \"Acme ERP\"
email = \"erp@acme.com\"
resources = [\"Magento_Catalog::products\"]
calls = [\"GET /V1/orders/:id\", \"GET /V1/invoices\"]
"
);

/// A running shop.
pub(super) struct Mock {
    child: Child,
    #[cfg_attr(not(unix), expect(dead_code, reason = "only ended on Unix"))]
    output: BufReader<ChildStdout>,
    pub(super) address: String,
    pub(super) credentials: String,
}

impl Mock {
    pub(super) fn start(dir: &Path, arguments: &[&str]) -> Self {
        Self::start_with(dir, arguments, &[])
    }

    /// Starts it with variables in its environment.
    pub(super) fn start_with(dir: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        std::fs::write(dir.join("integration.toml"), SPEC).unwrap();
        let arguments = [&["mock", "--port", "0"], arguments].concat();
        let mut child = command(dir, &arguments)
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        while !text.contains("Ctrl-C") {
            assert_ne!(output.read_line(&mut text).unwrap(), 0, "{text}");
        }
        let address = text.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        let value = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name)).unwrap();
            line.split_whitespace().last().unwrap().to_owned()
        };
        let credentials = format!(
            r#"{{"consumer_key":"{}","consumer_secret":"{}","access_token":"{}","access_token_secret":"{}"}}"#,
            value("consumer key"),
            value("consumer secret"),
            value("access token "),
            value("access token secret")
        );
        std::fs::write(dir.join("credentials.json"), &credentials).unwrap();
        Self { child, output, address, credentials }
    }

    /// Sends bytes and reads all that comes back.
    pub(super) fn send(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        // The server may close the connection before it has read everything.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub(super) fn get(&self, target: &str, headers: &str) -> String {
        self.send(
            format!("GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}\r\n", self.address)
                .as_bytes(),
        )
    }

    /// Header that `magespec sign` makes for a GET.
    pub(super) fn signed(&self, dir: &Path, target: &str) -> String {
        self.signed_as(dir, "GET", target)
    }

    pub(super) fn signed_as(&self, dir: &Path, method: &str, target: &str) -> String {
        let url = format!("http://{}{target}", self.address);
        let ran =
            magespec(dir, &["sign", method, &url, "--credentials", "credentials.json", "--release", "2.4.7"]);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        format!("{}\r\n", ran.stdout.trim())
    }

    /// Asks it to end; returns its exit status and the rest of its output.
    #[cfg(unix)]
    pub(super) fn end(mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
#[cfg(unix)]
fn a_signed_call_is_answered_and_the_contract_is_printed() {
    let dir = tempfile::tempdir().unwrap();
    let mock = Mock::start(dir.path(), &["--strict"]);
    let call = mock.signed(dir.path(), "/rest/V1/orders/1");
    let answer = mock.get("/rest/V1/orders/1", &call);
    assert!(!answer.starts_with("HTTP/1.1 4"), "{answer}");
    let again = mock.get("/rest/V1/orders/1", &call);
    assert!(again.contains("The nonce is already being used by the consumer with ID %1"), "{again}");
    let unlisted = mock.get("/rest/V1/products/a", &mock.signed(dir.path(), "/rest/V1/products/a"));
    assert!(unlisted.starts_with("HTTP/1.1 501"), "{unlisted}");
    let denied = mock.get("/rest/V1/customers/1", &mock.signed(dir.path(), "/rest/V1/customers/1"));
    assert!(denied.contains(r#""parameters":{"resources":"Magento_Customer::"#), "{denied}");
    let (status, report) = mock.end();
    assert_eq!(status, Some(2), "{report}");
    for line in [
        "1 × GET /V1/orders/:id\n",
        "never   GET /V1/invoices\n",
        "add to `calls`: \"GET /V1/products/:sku\",",
        "integration \"Acme ERP\" lacks Magento_Customer::",
        "was used before",
    ] {
        assert!(report.contains(line), "{line}: {report}");
    }
}

#[test]
fn a_wrong_signature_is_refused_as_magento_does() {
    let dir = tempfile::tempdir().unwrap();
    let mock = Mock::start(dir.path(), &["--developer"]);
    let other = mock.signed(dir.path(), "/rest/V1/orders/2");
    let answer = mock.get("/rest/V1/orders/1", &other);
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    assert!(
        answer.contains(
            r##"{"message":"The signature is invalid. Verify and try again.","trace":"#0 {main}"}"##
        )
    );
    assert!(mock.get("/rest/V1/orders/1", "Accept: text/html\r\n").starts_with("HTTP/1.1 500"));
    assert!(mock.get("/rest/V1/nope", "").contains("Request does not match any route."));
    assert!(mock.get("/graphql", "").contains("X-Magespec-Mock: not served: GraphQL"));
}

#[test]
fn credentials_are_the_same_in_each_run_and_can_be_given() {
    let [one, other] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let first = Mock::start(one.path(), &[]).credentials.clone();
    assert_eq!(Mock::start(other.path(), &[]).credentials, first);
    assert_ne!(Mock::start(other.path(), &["--seed", "7"]).credentials, first);
    let given = serde_json::json!({
        "consumer_key": "k".repeat(32),
        "consumer_secret": "s".repeat(32),
        "access_token": "t".repeat(32),
        "access_token_secret": "u".repeat(32),
    });
    let given = given.to_string();
    std::fs::write(other.path().join("given.json"), &given).unwrap();
    let shop = Mock::start(other.path(), &["--credentials", "given.json"]);
    // Given secrets are not printed.
    let printed: serde_json::Value = serde_json::from_str(&shop.credentials).unwrap();
    assert_eq!(printed["consumer_key"], "k".repeat(32));
    for hidden in ["consumer_secret", "access_token", "access_token_secret"] {
        assert_eq!(printed[hidden], "given.json", "{hidden}");
    }
    std::fs::write(other.path().join("credentials.json"), &given).unwrap();
    let signed = shop.signed(other.path(), "/rest/V1/products/24-MB01");
    let answer = shop.get("/rest/V1/products/24-MB01", &signed);
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    let key = serde_json::json!({ "consumer_key": "k".repeat(32), "consumer_secret": "s" });
    std::fs::write(other.path().join("key.json"), key.to_string()).unwrap();
    let ran = magespec(other.path(), &["mock", "--credentials", "key.json", "--run", "exit 0"]);
    let warning = "warning: key.json: \"Acme ERP\" has no access_token; the mock accepts a generated one\n";
    assert!(ran.stderr.contains(warning), "{}", ran.stderr);
}

#[test]
fn a_hostile_client_neither_stops_nor_confuses_it() {
    let dir = tempfile::tempdir().unwrap();
    let mock = Mock::start(dir.path(), &[]);
    // One byte at a time, never finished: the connection is left open.
    let slow: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = TcpStream::connect(&mock.address).unwrap();
            stream.write_all(b"GET /rest/V1/or").unwrap();
            stream
        })
        .collect();
    let host = format!("Host: {}\r\nConnection: close\r\n", mock.address);
    let long = "x".repeat(300_000);
    for (request, starts) in [
        (format!("GET /rest/V1/orders HTTP/1.1\r\n{host}X: {long}\r\n\r\n"), &["HTTP/1.1 431"][..]),
        (format!("GET /rest/V1/{long} HTTP/1.1\r\n{host}\r\n"), &["HTTP/1.1 414", "HTTP/1.1 431"]),
        (format!("GET / HTTP/1.1\r\n{host}{}\r\n", "A: b\r\n".repeat(200)), &["HTTP/1.1 431"]),
        (
            format!("POST /rest/V1/orders HTTP/1.1\r\n{host}Content-Length: 99999999\r\n\r\n{long}"),
            &["HTTP/1.1 413"],
        ),
        (format!("POST /rest/V1/orders HTTP/1.1\r\n{host}Content-Length: -1\r\n\r\n"), &["HTTP/1.1 400"]),
        ("\0\u{1}\u{2}\r\n\r\n".to_owned(), &["HTTP/1.1 400"]),
        ("GET\r\n\r\n".to_owned(), &["HTTP/1.1 400"]),
        (format!("GET /rest/../../etc/passwd HTTP/1.1\r\n{host}\r\n"), &["HTTP/1.1 4"]),
        (format!("GET /rest/%2e%2e/%00/V1 HTTP/1.1\r\n{host}\r\n"), &["HTTP/1.1 4"]),
        (format!("GET /rest/V1{} HTTP/1.1\r\n{host}\r\n", "/a".repeat(20_000)), &["HTTP/1.1 404"]),
        (format!("TRACE /rest/V1/orders HTTP/1.1\r\n{host}\r\n"), &["HTTP/1.1 405"]),
        (
            format!(
                "GET /rest/V1/orders HTTP/1.1\r\n{host}Authorization: OAuth {}\r\n\r\n",
                "a=,".repeat(9000)
            ),
            &["HTTP/1.1 401"],
        ),
    ] {
        let answer = mock.send(request.as_bytes());
        assert!(starts.iter().any(|start| answer.starts_with(start)), "{request:.60}: {answer:.200}");
    }
    assert!(mock.get("/rest/V1/orders/1", "").starts_with("HTTP/1.1 401"));
    drop(slow);
}

/// The client signs the URL that it calls, which is not that of the shop.
#[test]
fn another_base_url_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let mock = Mock::start(dir.path(), &["--base-url", "https://shop.example"]);
    let answer = mock.get("/rest/V1/orders/1", &mock.signed(dir.path(), "/rest/V1/orders/1"));
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    let reason = "X-Magespec-Mock: the client signed the URL that it calls, and the shop has a different base URL: sign the scheme and host";
    assert!(answer.contains(reason), "{answer}");
}

#[test]
fn wrong_options_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let twice = format!("[{0}, {0}]", serde_json::json!({ "consumer_key": "k", "consumer_secret": "s" }));
    std::fs::write(dir.path().join("twice.json"), twice).unwrap();
    std::fs::write(dir.path().join("empty.json"), "[]").unwrap();
    for (arguments, reasons) in [
        (&["--base-url", "shop.example.com"][..], &["is not a base URL: write a scheme and a host"][..]),
        (&["--base-url", "https://shop.example.com:99999"], &["is not a base URL"]),
        (
            &["--bind", "192.0.2.1", "--port", "0"],
            &["cannot listen on 192.0.2.1:0", "--bind with an address of this machine"],
        ),
        (&["--bind", "localhost"], &["write an IP address, such as 0.0.0.0"]),
        (&["--port", &port], &["cannot listen on 127.0.0.1:", "write --port 0 for a free port"]),
        (&["--credentials", "nope.json"], &["nope.json"]),
        (&["--credentials", "empty.json"], &["error: empty.json has no credentials\n"]),
        (&["--credentials", "twice.json"], &["two entries are of \"Acme ERP\"; remove one", "32 characters"]),
        (&["--magento", "/var/www"], &["`/var/www` is not a Magento version", "--catalog shop.catalog"]),
        (
            &["--magento", "1.0.0"],
            &["1.0.0 is not in the catalog, which begins with 2.0.0; Mage-OS 1.0.0 is"],
        ),
        (&["--store", "A-b"], &["`A-b` is not the code of a store view; write up to 32 letters"]),
        (&["--store", "de", "--store", "de"], &["the shop has `de` already; leave it out"]),
        (&["--store", "all"], &["the shop has `all` already"]),
        (&["--store", "V1"], &["would read the `V1` of `/rest/V1/…` as this store view"]),
        (&["--base-url", "https://a.example/shop"], &["without a path: `https://a.example`"]),
        (&["--report", "x.foo"], &["the ending names no format; write `.json`"]),
        (&["--report", "nowhere/x.json"], &["the directory `nowhere` does not exist"]),
        (
            &["activate", "Acme ERP", "--wait", "18446744073709551615"],
            &["write a whole number from 1 to 86400"],
        ),
    ] {
        let ran = magespec(dir.path(), &[&["mock"], arguments].concat());
        assert_eq!(ran.status, 1, "{arguments:?}: {}", ran.stdout);
        for reason in reasons {
            assert!(ran.stderr.contains(reason), "{reason}: {}", ran.stderr);
        }
    }
}

#[test]
fn an_integration_in_two_specs_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("integration.toml"), SPEC).unwrap();
    std::fs::write(dir.path().join("other.toml"), SPEC.replace("Acme_Erp", "Acme_Other")).unwrap();
    let ran = magespec(dir.path(), &["mock", "integration.toml", "other.toml", "--run", "exit 0"]);
    assert_eq!(ran.status, 1, "{}", ran.stdout);
    let reason = "integration.toml and other.toml both have the integration \"Acme ERP\": serve one of them";
    assert!(ran.stderr.contains(reason), "{}", ran.stderr);
}
