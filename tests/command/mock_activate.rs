//! `magespec mock activate`, against connectors that do it right and wrong.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    thread,
    time::Duration,
};

use magespec::oauth::{CallUrl, Dialect, SignatureMethod, base_string, header};
use serde_json::Value;
use tempfile::TempDir;

use super::{Ran, magespec};
use crate::support::base::acme_erp;

const SPEC: &str = acme_erp!(
    "[[integration]]
name = \"Acme ERP\"
email = \"erp@acme.com\"
endpoint_url = \"https://erp.acme.com/magento\"
identity_link_url = \"https://erp.acme.com/login\"
calls = [\"GET /V1/orders/:id\"]

[[integration]]
name = \"Acme Stock\"
email = \"stock@acme.com\"
calls = [\"GET /V1/stockItems/:productSku\"]
"
);

/// Habit of a connector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// Exchanges the tokens before it answers the post.
    Right,
    /// Exchanges them when the page is opened.
    OnLogin,
    /// Answers the post with this status, and asks for nothing.
    Only(u16),
    /// Accepts the connection and says nothing.
    Silent,
    /// Speaks another protocol.
    Foreign,
    /// Asks for the request token only.
    Half,
    /// Sends another verifier.
    WrongVerifier,
    /// Signs with the verifier as secret.
    WrongSecret,
    /// Sends no header.
    Unsigned,
    /// Waits longer than the consumer lives.
    Late,
}

/// Fields that were posted, or got from the shop.
type Fields = Vec<(String, String)>;

fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    &fields.iter().find(|(it, _)| it == name).unwrap().1
}

fn form(text: &str) -> Fields {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    let decoded = |it: &str| String::from_utf8(magespec::oauth::percent::decode_form(it)).unwrap();
    pairs.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

/// Starts a connector; returns its address. It ends with the test.
fn connector(habit: Habit) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        let (mut posted, mut open) = (Fields::new(), Vec::new());
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let (line, body) = request(&stream);
            if line.starts_with("POST ") {
                posted = form(&body);
            }
            let exchanges = match habit {
                Habit::OnLogin => line.starts_with("GET /login"),
                Habit::Only(_) | Habit::Silent | Habit::Foreign => false,
                _ => line.starts_with("POST "),
            };
            if exchanges {
                exchange(habit, &posted);
            }
            let answer = match habit {
                Habit::Foreign => "SSH-2.0-connector\r\n\r\n".to_owned(),
                Habit::Only(status) if line.starts_with("POST ") => {
                    format!("HTTP/1.1 {status} So\r\nContent-Length: 0\r\n\r\n")
                }
                _ => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".to_owned(),
            };
            if habit == Habit::Silent {
                open.push(stream);
            } else {
                let _ = stream.write_all(answer.as_bytes());
            }
        }
    });
    address
}

/// Request line and body.
fn request(stream: &TcpStream) -> (String, String) {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).unwrap(), 0, "{head}");
    }
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
    let mut body = vec![0; length.map_or(0, |it| it.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    (head.lines().next().unwrap().to_owned(), String::from_utf8(body).unwrap())
}

fn exchange(habit: Habit, posted: &Fields) {
    if habit == Habit::Late {
        thread::sleep(Duration::from_millis(2100));
    }
    let request = ask(habit, posted, "request", None);
    if habit == Habit::Half || request.iter().all(|(name, _)| name != "oauth_token") {
        return;
    }
    ask(habit, posted, "access", Some(&request));
}

/// Asks the shop for a token.
fn ask(habit: Habit, posted: &Fields, step: &str, token: Option<&Fields>) -> Fields {
    let url = CallUrl::parse(&format!("{}oauth/token/{step}", field(posted, "store_base_url"))).unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let mut parameters: Fields = [
        ("oauth_consumer_key", field(posted, "oauth_consumer_key").to_owned()),
        ("oauth_nonce", format!("nonce-{step}")),
        ("oauth_signature_method", "HMAC-SHA256".to_owned()),
        ("oauth_timestamp", now.to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec();
    let mut secret = "";
    if let Some(token) = token {
        let verifier = field(posted, "oauth_verifier");
        let verifier = if habit == Habit::WrongVerifier { "v".repeat(32) } else { verifier.to_owned() };
        parameters.push(("oauth_token".to_owned(), field(token, "oauth_token").to_owned()));
        parameters.push(("oauth_verifier".to_owned(), verifier));
        secret = field(token, "oauth_token_secret");
    }
    let base = base_string(&url.request("POST", None), &parameters, Dialect::Laminas);
    let own = if habit == Habit::WrongSecret { "oauth_verifier" } else { "oauth_consumer_secret" };
    let signature = SignatureMethod::HmacSha256.sign(&base, field(posted, own), secret);
    parameters.push(("oauth_signature".to_owned(), signature));
    let authorization = match habit {
        Habit::Unsigned => String::new(),
        _ => format!("Authorization: {}\r\n", header::write(&parameters)),
    };
    let mut stream = TcpStream::connect(&url.host).unwrap();
    let text = format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{authorization}\r\n",
        url.path, url.host
    );
    stream.write_all(text.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    form(answer.split("\r\n\r\n").nth(1).unwrap())
}

/// Spec with the addresses of a connector that does it right.
pub(super) fn spec_with_connector() -> String {
    let address = connector(Habit::Right).replace("127.0.0.1", "localhost");
    SPEC.replace("https://erp.acme.com", &format!("http://{address}"))
}

fn project(spec: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("integration.toml"), spec).unwrap();
    dir
}

fn activate(dir: &Path, address: &str, more: &[&str]) -> Ran {
    let (endpoint, page) =
        (format!("http://{address}/magento?shop=1"), format!("http://{address}/login?a=b"));
    let arguments =
        ["mock", "activate", "Acme ERP", "--port", "0", "--endpoint", &endpoint, "--identity-link", &page];
    magespec(dir, &[&arguments[..], more].concat())
}

#[test]
fn a_right_connector_ends_with_an_active_integration() {
    for (habit, options) in [
        (Habit::Right, ["--magento", "2.4.7"]),
        (Habit::OnLogin, ["--magento", "2.4.7"]),
        (Habit::Right, ["--magento", "2.4.6"]),
        (Habit::Right, ["--reauthorize", "--developer"]),
    ] {
        let dir = project(&SPEC.replace("\"2.4.7\"", "\">=2.4.6 <2.4.8\""));
        let address = connector(habit);
        let ran = activate(dir.path(), &address, &options);
        assert_eq!(ran.status, 0, "{habit:?}: {}{}", ran.stdout, ran.stderr);
        for line in [
            format!("credentials    POST http://{address}/magento?shop=1: 200\n"),
            format!("identity link  GET http://{address}/login?a=b?oauth_consumer_key="),
            "&success_call_back=http%3A%2F%2F127.0.0.1%3A".to_owned(),
            "request token  POST /oauth/token/request: 200\naccess token   POST /oauth/token/access: 200\n"
                .to_owned(),
            "\nAcme ERP is active.\nconsumer key         ".to_owned(),
        ] {
            assert!(ran.stdout.contains(&line), "{habit:?} {line}: {}", ran.stdout);
        }
    }
}

#[test]
fn the_document_has_the_steps_and_the_credentials() {
    let dir = project(SPEC);
    let ran = activate(dir.path(), &connector(Habit::Right), &["--format", "json"]);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((ran.status, &document["active"]), (0, &Value::Bool(true)), "{document:#}");
    let steps: Vec<&str> =
        document["steps"].as_array().unwrap().iter().map(|it| it["step"].as_str().unwrap()).collect();
    assert_eq!(steps, ["post_credentials", "open_identity_link", "request_token", "access_token"]);
    assert_eq!(document["credentials"]["access_token_secret"].as_str().unwrap().len(), 32);
    let ran = activate(dir.path(), &connector(Habit::WrongVerifier), &["--format", "json"]);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (ran.status, &document["active"], &document["credentials"]),
        (1, &Value::Bool(false), &Value::Null)
    );
    let last = document["steps"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["ok"], &last["status"]), (&Value::Bool(false), &Value::from(401)), "{document:#}");
    assert!(
        document["error"]["message"]
            .as_str()
            .unwrap()
            .contains("Token verifier and verifier token do not match")
    );
}

#[test]
fn the_secrets_of_an_address_are_not_printed() {
    let dir = project(SPEC);
    let endpoint = format!("http://{}/magento", connector(Habit::Right));
    let page = "https://erp.acme.com/login?token=hidden&a=1";
    let arguments = ["--port", "0", "--endpoint", &endpoint, "--identity-link", page];
    let ran = magespec(dir.path(), &[&["mock", "activate", "Acme ERP"], &arguments[..]].concat());
    for part in [
        "https://erp.acme.com/login?token=…&a=1?oauth_consumer_key=",
        "open it in a browser and replace each … with its secret",
    ] {
        assert!(ran.stdout.contains(part), "{}", ran.stdout);
    }
    assert!(ran.status == 0 && !ran.stdout.contains("hidden"), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn each_failure_says_what_to_change() {
    for (habit, options, reasons) in [
        (
            Habit::Only(404),
            &["--wait", "1"][..],
            &["did not ask for a request token", "with 404: does endpoint_url name the right path?"][..],
        ),
        (
            Habit::Only(200),
            &["--wait", "1"],
            &["did not ask for a request token", "/oauth/token/request, signed with the posted consumer key"],
        ),
        (Habit::Half, &["--wait", "1"], &["did not ask for an access token", "the posted oauth_verifier"]),
        (Habit::Silent, &["--post-timeout", "1"], &["no answer within 1 s", "--post-timeout"]),
        (Habit::Foreign, &[], &["the answer is not HTTP/1.1", "Please try again later"]),
        (
            Habit::WrongVerifier,
            &[],
            &["/oauth/token/access was refused: 401", "is not the one that was posted"],
        ),
        (
            Habit::WrongSecret,
            &[],
            &["/oauth/token/request was refused: 401 The signature is invalid", "the shop signs"],
        ),
        (Habit::Unsigned, &[], &["/oauth/token/request was refused: 400", "no `Authorization` header"]),
        (
            Habit::Late,
            &["--expiration-period", "1"],
            &["401 Consumer key has expired", "oauth/consumer/expiration_period"],
        ),
    ] {
        let dir = project(SPEC);
        let ran = activate(dir.path(), &connector(habit), options);
        assert_eq!(ran.status, 1, "{habit:?}: {}", ran.stdout);
        for reason in reasons {
            assert!(ran.stderr.contains(reason), "{habit:?} {reason}: {}", ran.stderr);
        }
        assert!(!ran.stdout.contains("is active"), "{}", ran.stdout);
    }
}

#[test]
fn credentials_leave_this_machine_only_if_that_is_asked_for() {
    let dir = project(SPEC);
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/", listener.local_addr().unwrap())
    };
    for (arguments, reason) in [
        (&["Acme ERP"][..], "is neither localhost nor a loopback address: https://erp.acme.com/magento"),
        (&["Acme ERP", "--endpoint", "https://127.0.0.1/x"], "sends plain HTTP: https://127.0.0.1/x"),
        (&["Acme ERP", "--endpoint", "https://erp.test/x"], "fork OPENSSL:erp.test:443"),
        (
            &["Acme ERP", "--endpoint", "127.0.0.1:3000"],
            "--endpoint: `127.0.0.1:3000` is not an absolute URL; write `--endpoint http://127.0.0.1:3000/…`\n",
        ),
        (
            &["Acme ERP", "--endpoint", &closed, "--identity-link", "ftp://a"],
            "--identity-link: `ftp://a` is not an HTTP URL; write `--identity-link http://127.0.0.1:3000/…`\n",
        ),
        (&["Acme ERP", "--endpoint", &closed], "start the connector first"),
        (&["Acme Stock", "--endpoint", &closed], "has no endpoint_url and no identity_link_url"),
        (&["Acme EPR"], "did you mean \"Acme ERP\"?"),
        (&["Acme ERP", "--post-timeout", "0"], "--post-timeout"),
    ] {
        let ran = magespec(dir.path(), &[&["mock", "activate", "--port", "0"], arguments].concat());
        assert_eq!(ran.status, 1, "{arguments:?}: {}", ran.stdout);
        assert!(ran.stderr.contains(reason), "{arguments:?}: {}", ran.stderr);
    }
    let ran =
        magespec(project(&spec_with_connector()).path(), &["mock", "activate", "Acme ERP", "--port", "0"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
}

#[test]
#[cfg(unix)]
fn a_shop_that_goes_on_answers_the_connector_and_prints_the_contract() {
    let dir = project(&spec_with_connector());
    let arguments = ["mock", "activate", "Acme ERP", "--port", "0", "--serve"];
    let mut child =
        super::command(dir.path(), &arguments).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    while !text.contains("Ctrl-C") {
        assert_ne!(output.read_line(&mut text).unwrap(), 0, "{text}");
    }
    let address = text.split("http://").nth(1).unwrap().split('/').next().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET /rest/V1/orders/1 HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    output.read_to_string(&mut text).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{text}");
    assert!(text.contains("GET /V1/orders/:id: 401"), "{text}");
}
