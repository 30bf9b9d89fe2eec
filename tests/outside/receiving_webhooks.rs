//! The receivers of docs/receiving-webhooks.md, run.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    time::{SystemTime, UNIX_EPOCH},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::{
    need::{Need, trials},
    support::files::project,
};

trials! {
    [Need::Program("python3")] =>
        python_agrees_with_the_signer, python_takes_each_message_once, python_passes_the_trial_of_the_mock;
    [Need::Program("node")] =>
        node_agrees_with_the_signer, node_takes_each_message_once, node_passes_the_trial_of_the_mock;
}

const DOCUMENT: &str = include_str!("../../docs/receiving-webhooks.md");

/// Vectors of the module's own test: secret, id, timestamp, body, signature. The first is the example of the Standard
/// Webhooks specification.
const VECTORS: [[&str; 5]; 2] = [
    [
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
        r#"{"test": 2432232314}"#,
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ],
    ["topsecret", "msg_1", "1700000000", r#"{"a":1}"#, "v1,6wW4SqbhVQWEKgMRB9De27CnObbDoduoe7FCeyn5/bo="],
];

struct Language {
    program: &'static str,
    file: &'static str,
    fence: &'static str,
    /// Says `true` or `false` of secret, id, timestamp, body, signature and the time it is.
    verify: [&'static str; 2],
}

const PYTHON: Language = Language {
    program: "python3",
    file: "receiver.py",
    fence: "```python\n",
    verify: [
        "-c",
        r#"
import receiver, sys
secret, id, timestamp, body, signature, now = sys.argv[1:]
headers = {"webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature}
print(str(receiver.is_genuine([receiver.key(secret)], headers, body.encode(), int(now))).lower())
"#,
    ],
};

const NODE: Language = Language {
    program: "node",
    file: "receiver.mjs",
    fence: "```javascript\n",
    verify: [
        "--eval",
        r#"
const [secret, id, timestamp, body, signature, now] = process.argv.slice(1);
import(`${process.cwd()}/receiver.mjs`).then(({ key, isGenuine }) => {
  const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
  console.log(isGenuine([key(secret)], headers, Buffer.from(body), Number(now)));
});
"#,
    ],
};

/// The receiver that the document shows, in a directory of its own.
fn written(language: &Language) -> tempfile::TempDir {
    let (_, code) = DOCUMENT.split_once(language.fence).unwrap();
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(language.file), code.split("```").next().unwrap()).unwrap();
    dir
}

fn agrees_with_the_signer(language: &Language) {
    let dir = written(language);
    let verify = |arguments: [&str; 6]| {
        let ran = Command::new(language.program)
            .args(language.verify)
            .args(arguments)
            .current_dir(dir.path())
            .output()
            .unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8_lossy(&ran.stdout).trim() == "true"
    };
    for [secret, id, timestamp, body, signature] in VECTORS {
        assert!(verify([secret, id, timestamp, body, signature, timestamp]));
        let several = format!("v1a,Zm9v v1,AAAA {signature}");
        assert!(verify([secret, id, timestamp, body, &several, timestamp]));
        assert!(!verify(["another", id, timestamp, body, signature, timestamp]));
        assert!(!verify([secret, "msg_2", timestamp, body, signature, timestamp]));
        assert!(!verify([secret, id, timestamp, "{}", signature, timestamp]));
        assert!(!verify([secret, id, timestamp, body, "", timestamp]));
        assert!(!verify([secret, id, "yesterday", body, signature, timestamp]));
        let late = (timestamp.parse::<u64>().unwrap() + 301).to_string();
        assert!(!verify([secret, id, timestamp, body, signature, &late]));
    }
}

/// A receiver that runs; it ends with the value.
struct Running {
    child: Child,
    output: BufReader<ChildStdout>,
    port: u16,
}

impl Running {
    fn start(language: &Language, dir: &Path) -> Self {
        let mut child = Command::new(language.program)
            .args([language.file, "/magento/events", "0"])
            .current_dir(dir)
            .envs([("WEBHOOK_SECRET", "new secret"), ("WEBHOOK_SECRET_OLD", "old secret")])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut running = Self { output: BufReader::new(child.stdout.take().unwrap()), child, port: 0 };
        let line = running.line();
        running.port = line.rsplit(' ').next().unwrap().parse().expect(&line);
        running
    }

    /// The next line it prints.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// The status it answers.
    fn post(&self, path: &str, headers: &str, body: &str) -> u16 {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let length = body.len();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().parse().unwrap()
    }

    fn send(&self, secret: &str, id: &str, body: &str) -> u16 {
        self.post("/magento/events", &headers(secret, id, body, now()), body)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn headers(secret: &str, id: &str, body: &str, timestamp: u64) -> String {
    let signature = STANDARD.encode(hmac(secret.as_bytes(), format!("{id}.{timestamp}.{body}").as_bytes()));
    format!("webhook-id: {id}\r\nwebhook-timestamp: {timestamp}\r\nwebhook-signature: v1,{signature}\r\n")
}

/// HMAC-SHA256 (RFC 2104) of a key that is no longer than a block.
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let block = |pad: u8| {
        let mut block = [pad; 64];
        block.iter_mut().zip(key).for_each(|(it, key)| *it ^= key);
        block
    };
    let inner = Sha256::new().chain_update(block(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(block(0x5c)).chain_update(inner).finalize().to_vec()
}

fn message(sequence: u32) -> String {
    format!(
        r#"{{"type":"order.saved","timestamp":"2026-01-31T12:00:00Z","sequence":{sequence},"data":{{"entity_id":7}}}}"#
    )
}

fn takes_each_message_once(language: &Language) {
    let dir = written(language);
    let mut running = Running::start(language, dir.path());
    assert_eq!(running.send("new secret", "msg_1", &message(2)), 204);
    assert_eq!(running.line(), "took order.saved 2");
    assert_eq!(running.send("new secret", "msg_1", &message(2)), 204);
    assert_eq!(running.line(), "had order.saved 2");
    assert_eq!(running.send("old secret", "msg_2", &message(3)), 204);
    assert_eq!(running.line(), "took order.saved 3");
    assert_eq!(running.send("new secret", "msg_3", &message(1)), 204);
    assert_eq!(running.line(), "newer one is here for order.saved 1");

    assert_eq!(running.send("wrong secret", "msg_4", &message(4)), 401);
    let old = headers("new secret", "msg_4", &message(4), now() - 301);
    assert_eq!(running.post("/magento/events", &old, &message(4)), 401);
    let other = headers("new secret", "msg_4", &message(5), now());
    assert_eq!(running.post("/magento/events", &other, &message(4)), 401);
    assert_eq!(running.post("/magento/events", "", &message(4)), 401);
    assert_eq!(running.post("/", &other, &message(5)), 404);

    drop(running);
    let mut running = Running::start(language, dir.path());
    assert_eq!(running.send("new secret", "msg_2", &message(3)), 204);
    assert_eq!(running.line(), "had order.saved 3");
    assert_eq!(running.send("new secret", "msg_4", &message(4)), 204);
    assert_eq!(running.line(), "took order.saved 4");
}

/// `magespec mock send` finds nothing wrong, and each message that it sends is taken once.
fn passes_the_trial_of_the_mock(language: &Language) {
    let dir = written(language);
    let mut running = Running::start(language, dir.path());
    let spec = project("examples/erp-bridge/integration.toml");
    fs::write(dir.path().join("secret"), "new secret").unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_magespec"))
        .args([
            "mock",
            "send",
            "order.saved",
            "--id",
            "7",
            "--times",
            "3",
            "--break",
            "signature,replay,order",
        ])
        .args(["--secret", "secret", "--url", &format!("http://127.0.0.1:{}", running.port)])
        .arg(spec)
        .current_dir(dir.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{said}{}", String::from_utf8_lossy(&ran.stderr));
    assert!(said.contains("the receiver answers as it should"), "{said}");
    // Sent three times, with two signatures, the newer of two, the older.
    for done in ["took", "had", "had", "took", "took", "newer one is here for"] {
        assert!(running.line().starts_with(&format!("{done} order.saved ")), "{said}");
    }
}

fn python_passes_the_trial_of_the_mock() {
    passes_the_trial_of_the_mock(&PYTHON);
}

fn node_passes_the_trial_of_the_mock() {
    passes_the_trial_of_the_mock(&NODE);
}

fn python_agrees_with_the_signer() {
    agrees_with_the_signer(&PYTHON);
}

fn node_agrees_with_the_signer() {
    agrees_with_the_signer(&NODE);
}

fn python_takes_each_message_once() {
    takes_each_message_once(&PYTHON);
}

fn node_takes_each_message_once() {
    takes_each_message_once(&NODE);
}
