//! `magespec mock send`, against receivers that do their work and others.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::{Arc, Mutex},
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use magespec::mock::webhook::SigningKey;
use serde_json::Value;

use super::{Ran, magespec};

const SECRET: &str = "a secret of the test";

/// Message as it arrives.
#[derive(Debug, Clone, Default)]
struct Arrived {
    line: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Arrived {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value)
    }

    fn sequence(&self) -> u64 {
        let body: Value = serde_json::from_str(&self.body).unwrap();
        body["sequence"].as_u64().unwrap()
    }

    /// True if one of the signatures is that of the secret.
    fn fits(&self) -> bool {
        let (id, time) = (self.header("webhook-id"), self.header("webhook-timestamp"));
        let signature = SigningKey::read(SECRET).unwrap().sign(id, time.parse().unwrap(), &self.body);
        self.header("webhook-signature").split(' ').any(|given| given == signature)
    }

    fn is_recent(&self) -> bool {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        now.abs_diff(self.header("webhook-timestamp").parse().unwrap()) <= 300
    }
}

/// A receiver in a thread, with all that has arrived.
struct Receiver {
    address: String,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl Receiver {
    /// Starts a receiver. `answer` gets a message and those before it, and returns the whole answer; an empty one leaves the
    /// connection open.
    fn start(answer: impl Fn(&Arrived, &[Arrived]) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let arrived: Arc<Mutex<Vec<Arrived>>> = Arc::default();
        let all = Arc::clone(&arrived);
        thread::spawn(move || {
            let mut open = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let message = read(&stream);
                let answer = answer(&message, &all.lock().unwrap());
                all.lock().unwrap().push(message);
                if answer.is_empty() {
                    open.push(stream);
                } else {
                    stream.write_all(answer.as_bytes()).unwrap();
                }
            }
        });
        Self { address, arrived }
    }

    /// A receiver that answers with a status.
    fn of(status: impl Fn(&Arrived, &[Arrived]) -> u16 + Send + 'static) -> Self {
        Self::start(move |message, before| {
            format!("HTTP/1.1 {} X\r\nContent-Length: 0\r\n\r\n", status(message, before))
        })
    }

    /// Runs `mock send` against it.
    fn sent(&self, arguments: &[&str]) -> Ran {
        let dir = project(&format!("http://{}", self.address));
        magespec(
            dir.path(),
            &[&["mock", "send", "order.completed", "--secret", "secret"], arguments].concat(),
        )
    }
}

fn read(stream: &TcpStream) -> Arrived {
    let mut reader = BufReader::new(stream);
    let mut message = Arrived::default();
    reader.read_line(&mut message.line).unwrap();
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap() > 2 {
        let (name, value) = line.trim_end().split_once(": ").unwrap();
        message.headers.push((name.to_owned(), value.to_owned()));
        line.clear();
    }
    let mut body = vec![0; message.header("Content-Length").parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    message.body = String::from_utf8(body).unwrap();
    message
}

/// A project whose webhooks go to an address.
fn project(address: &str) -> tempfile::TempDir {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/erp-bridge/integration.toml");
    let spec = fs::read_to_string(example)
        .unwrap()
        .replace("default = \"https://erp.acme.com\"", &format!("default = \"{address}\""));
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    fs::write(dir.path().join("secret"), format!("{SECRET}\n")).unwrap();
    dir
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_receiver_that_does_its_work_passes() {
    let receiver = Receiver::of(|message, _| if message.fits() && message.is_recent() { 204 } else { 401 });
    let ran =
        receiver.sent(&["--times", "3", "--break", "signature,replay", "--break", "order", "--id", "4"]);
    assert_eq!(ran.status, 0, "{}{}", ran.stdout, ran.stderr);
    has(
        &ran.stdout,
        &[
            "order.completed of Acme_ErpBridge 4 to http://127.0.0.1:",
            "as the shop sends it",
            "the same id again",
            "two signatures, the second valid",
            "signed with another secret",
            "signed ten minutes ago",
            "the receiver answers as it should",
        ],
    );
    assert!(!ran.stdout.contains(SECRET) && !ran.stdout.contains("secret whsec_"));
    let all = receiver.arrived.lock().unwrap().clone();
    assert_eq!(all.len(), 3 + 6 + 2 + 2);
    let first = &all[0];
    assert_eq!(first.line, "POST /magento/events HTTP/1.1\r\n");
    let names: Vec<&str> = first.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Host",
            "Accept",
            "Content-Type",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "Content-Length"
        ]
    );
    let body: Value = serde_json::from_str(&first.body).unwrap();
    assert_eq!(
        body.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["type", "timestamp", "sequence", "data"]
    );
    assert_eq!(
        (&body["type"], &body["data"]["order_number"]),
        (&"order.completed".into(), &"000000004".into())
    );
    // Attempts have the same id and body; other messages do not.
    for again in &all[1..3] {
        assert_eq!((again.header("webhook-id"), &again.body), (first.header("webhook-id"), &first.body));
    }
    assert!(all[3..].iter().all(|other| other.header("webhook-id") != first.header("webhook-id")));
    let [newer, older] = &all[11..] else { panic!("{all:?}") };
    assert!(newer.sequence() > older.sequence() && older.fits());
}

#[test]
fn receivers_that_do_not_get_advice() {
    let check = |receiver: &Receiver, arguments: &[&str], parts: &[&str]| {
        let ran = receiver.sent(arguments);
        assert_eq!(ran.status, 2, "{}{}", ran.stdout, ran.stderr);
        has(&ran.stdout, parts);
    };
    let all = Receiver::of(|_, _| 200);
    check(
        &all,
        &["--break", "signature,replay"],
        &[
            "accepted: compare `webhook-signature` with HMAC-SHA256",
            "accepted: refuse a message without `webhook-signature`",
            "accepted: refuse it if `webhook-timestamp` is more than five minutes off",
            "7 wrong answers",
        ],
    );
    let timeless = Receiver::of(|message, _| if message.fits() { 204 } else { 401 });
    check(&timeless, &["--break", "signature,replay"], &["2 wrong answers"]);
    let first_only = Receiver::of(|message, before| {
        if before.iter().any(|it| it.header("webhook-id") == message.header("webhook-id")) {
            409
        } else {
            200
        }
    });
    check(
        &first_only,
        &["--times", "3"],
        &[
            "answer 2xx to an id that was received before",
            "sends it again in 30 to 60 s, 12 times in all",
            "2 wrong answers",
        ],
    );
    let ordered =
        Receiver::of(
            |message, before| {
                if before.iter().any(|it| it.sequence() > message.sequence()) { 500 } else { 200 }
            },
        );
    check(
        &ordered,
        &["--break", "order"],
        &["!  500", "not 2xx, which the shop treats as a failure", "1 wrong answer"],
    );
    let strict = Receiver::of(|_, _| 401);
    check(
        &strict,
        &["--break", "signature"],
        &[
            "refused although the signature is valid",
            "?  401",
            "genuine messages are refused, too",
            "5 not proven",
        ],
    );
    check(&Receiver::of(|_, _| 308), &[], &["the shop does not follow redirects"]);
    check(&Receiver::of(|_, _| 404), &[], &["the receiver has no POST route at this path"]);
    let refuses_oddly = Receiver::of(|message, _| if message.fits() { 200 } else { 500 });
    check(
        &refuses_oddly,
        &["--break", "signature"],
        &["500 does not tell the shop that the signature is wrong: answer 401"],
    );
    let late = Receiver::of(|message, _| if message.is_recent() { 200 } else { 500 });
    check(&late, &["--break", "replay"], &["500 does not tell the shop that the time is wrong: answer 401"]);
    check(
        &Receiver::start(|_, _| "220 mail.example ESMTP\r\n".to_owned()),
        &[],
        &["! none", "the answer is not HTTP"],
    );
}

#[test]
fn an_answer_that_comes_too_late_is_none() {
    let receiver = Receiver::start(|_, _| String::new());
    let dir = project(&format!("http://{}", receiver.address));
    let spec = fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    let (before, timeout) = spec.split_once("path = \"connection/timeout_seconds\"").unwrap();
    let (default, behind) = timeout.split_once("default = 10").unwrap();
    let spec = format!("{before}path = \"connection/timeout_seconds\"{default}default = 1{behind}");
    fs::write(dir.path().join("integration.toml"), spec).unwrap();
    let ran = magespec(dir.path(), &["mock", "send", "order.saved"]);
    assert_eq!(ran.status, 2, "{}{}", ran.stdout, ran.stderr);
    has(&ran.stdout, &["secret whsec_", "! late", "no answer within 1 s, the timeout of the shop"]);
}

#[test]
fn the_document_has_what_the_text_has() {
    let receiver = Receiver::of(|message, _| if message.fits() { 204 } else { 500 });
    let ran = receiver.sent(&["--times", "2", "--break", "replay", "--format", "json"]);
    assert_eq!(ran.status, 2);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&document["topic"], &document["passed"]), (&"order.completed".into(), &false.into()));
    let kinds: Vec<&str> =
        document["messages"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["sent", "sent-again", "ten-minutes-old", "ten-minutes-ahead"]);
    let old = &document["messages"][2];
    assert_eq!(
        (&old["status"], &old["expected"], &old["verdict"]),
        (&204.into(), &"refuse".into(), &"wrong".into())
    );
    assert_eq!(document["messages"][0]["webhook_id"], document["messages"][1]["webhook_id"]);
}

/// A receiver drops what is older than what it has.
#[test]
fn messages_of_a_run_are_newer_than_those_of_runs_before() {
    let receiver = Receiver::of(|_, _| 204);
    for _ in 0..3 {
        receiver.sent(&["--break", "signature,order"]);
    }
    let mut sequences: Vec<u64> = receiver.arrived.lock().unwrap().iter().map(Arrived::sequence).collect();
    // The newer of two comes first.
    let of_run = sequences.len() / 3;
    sequences.chunks_mut(of_run).for_each(|run| run.swap(of_run - 2, of_run - 1));
    assert!(sequences.is_sorted_by(|a, b| a < b), "{sequences:?}");
}

/// The data meets the conditions of the webhook: by the choice of the object, or else changed.
#[test]
fn the_data_meets_the_conditions() {
    let receiver = Receiver::of(|_, _| 204);
    let ran = receiver.sent(&[]);
    assert!(ran.stderr.is_empty() && !ran.stdout.contains("ErpBridge 1 to"), "{}{}", ran.stdout, ran.stderr);
    let ran = receiver.sent(&["--id", "1"]);
    has(
        &ran.stderr,
        &[
            "object 1 does not meet a condition of the webhook, so it was changed: status is processing or complete",
        ],
    );
}

#[test]
fn an_id_that_the_mock_lacks_is_noted() {
    let receiver = Receiver::of(|_, _| 204);
    let ran = receiver.sent(&["--id", "61"]);
    has(
        &ran.stderr,
        &["note: the mock has no object 61, only 1 to 60: the data was made up, and GET answers 404 for it"],
    );
    assert_eq!(ran.status, 0, "{}", ran.stdout);
    assert!(!receiver.sent(&["--id", "60"]).stderr.contains("answers 404"));
}

#[test]
fn nothing_is_sent_elsewhere_unasked() {
    let dir = project("https://erp.acme.com");
    let refused = |arguments: &[&str], reason: &str| {
        let ran = magespec(dir.path(), &[&["mock", "send"], arguments].concat());
        assert_eq!(ran.status, 1, "{}", ran.stdout);
        has(&ran.stderr, &[reason]);
    };
    refused(
        &["order.saved"],
        "nothing is sent there: name a system that you run here, `--url http://127.0.0.1:9000/magento/events`\n",
    );
    refused(
        &["order.saved", "--url", "http://192.0.2.1"],
        "--url is neither localhost nor a loopback address: http://192.0.2.1/magento/events",
    );
    refused(
        &["order.save", "--url", "http://127.0.0.1:1"],
        "no webhook has the topic `order.save`; did you mean \"order.saved\"?",
    );
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    refused(
        &["order.saved", "--url", &format!("http://{closed}/x")],
        "\nstart the receiver, or name its address with --url; its secret is whsec_",
    );
    let example = "write `--url http://127.0.0.1:9000/magento/events`\n";
    for (url, reason) in [
        ("localhost:9000", "is not an absolute URL; "),
        ("nonsense", "is not an absolute URL; "),
        ("", "is not an absolute URL; "),
        ("a b://c", "is not an absolute URL; "),
        ("ftp://127.0.0.1:9001", "is not an HTTP URL; "),
    ] {
        refused(&["order.saved", "--url", url], &format!("--url: `{url}` {reason}{example}"));
    }
    for url in ["http://user:pw@127.0.0.1:9001/x", "http://user:p/w@127.0.0.1:9001/x"] {
        refused(&["order.saved", "--url", url], "contains a user, which is not supported; leave it out\n");
    }
    fs::write(dir.path().join("empty"), "\n").unwrap();
    refused(
        &["order.saved", "--url", "http://127.0.0.1:1", "--secret", "empty"],
        "the secret in empty is empty, or not Base64 after `whsec_`",
    );
    refused(
        &["order.saved", "--url", "http://127.0.0.1:1", "--secret", "-", "--second-secret", "-"],
        "write the other to a file",
    );
    for id in ["0", "4294967296", "-1", "abc", ""] {
        let number =
            format!("invalid value '{id}' for '--id <ID>': write a whole number from 1 to 4294967295");
        refused(&["order.saved", "--id", id], &number);
    }
    refused(&["order.saved", "--seed", "-1"], "write a whole number from 0 to 18446744073709551615");
}
