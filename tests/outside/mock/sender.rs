//! Messages of `mock send`, byte for byte against those that the generated PHP posts.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    process::{Command, Stdio},
};

use magespec::{
    mock::webhook::{SigningKey, WebhookMessage},
    oauth::CallUrl,
};
use serde_json::{Value, json};

use crate::{
    need::{Need, trials},
    support::files::project,
};

trials! {
    [Need::Extension("curl")] => requests_are_those_of_the_generated_sender;
}

/// Sends each message of standard input with the generated class. `Curl` sets the options of
/// `magento/framework/HTTP/Client/Curl.php`; the payload is encoded as the generated `Outbox` does.
const SCRIPT: &str = r#"<?php
namespace Magento\Framework\HTTP\Client {
    class Curl {
        private array $headers = [];
        private int $timeout = 300;
        private int $status = 0;
        public function setTimeout($seconds) { $this->timeout = (int) $seconds; }
        public function addHeader($name, $value) { $this->headers[$name] = $value; }
        public function getStatus() { return $this->status; }
        public function post($uri, $params) {
            $handle = curl_init();
            curl_setopt($handle, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS | CURLPROTO_FTP | CURLPROTO_FTPS);
            curl_setopt($handle, CURLOPT_URL, $uri);
            curl_setopt($handle, CURLOPT_POST, 1);
            curl_setopt($handle, CURLOPT_POSTFIELDS, $params);
            $lines = [];
            foreach ($this->headers as $name => $value) {
                $lines[] = $name . ': ' . $value;
            }
            curl_setopt($handle, CURLOPT_HTTPHEADER, $lines);
            curl_setopt($handle, CURLOPT_TIMEOUT, $this->timeout);
            curl_setopt($handle, CURLOPT_RETURNTRANSFER, 1);
            curl_exec($handle);
            $this->status = curl_getinfo($handle, CURLINFO_RESPONSE_CODE);
        }
    }
    class CurlFactory {
        public function create() { return new Curl(); }
    }
}
namespace Acme\ErpBridge\Model {
    class Config {
        public function __call($name, $arguments) {
            return ['getSigningSecret' => $_ENV['FIRST'], 'getSecondSecret' => $_ENV['SECOND'], 'getTimeoutSeconds' => 60,
                'getBaseUrl' => $_ENV['URL']][$name];
        }
    }
}
namespace {
    $_ENV = getenv();
    require $_ENV['MODULE'] . '/Model/Webhook/Signer.php';
    require $_ENV['MODULE'] . '/Model/Webhook/Sender.php';
    $sender = new \Acme\ErpBridge\Model\Webhook\Sender(
        new \Acme\ErpBridge\Model\Config(),
        new \Magento\Framework\HTTP\Client\CurlFactory(),
        new \Acme\ErpBridge\Model\Webhook\Signer(),
        '/magento/events'
    );
    foreach (json_decode(stream_get_contents(STDIN), true) as $number => $data) {
        $sender->send([
            'message_id' => 'msg_' . $number,
            'topic' => 'order.saved',
            'store_id' => 1,
            'payload' => json_encode($data, JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR),
            'created_at' => '2026-01-31 12:00:00',
            'outbox_id' => 40 + $number,
        ]);
    }
}
"#;

fn requests_are_those_of_the_generated_sender() {
    let data = [
        json!({ "entity_id": 7, "name": "Bücher / \"€\" 😀\n", "price": 36.39, "whole": 12.0, "none": null, "is_new": true }),
        json!({ "customer": { "email": "a@b.co" }, "items": [{ "sku": "A/B" }, { "sku": "C" }], "empty": [], "tiny": 0.00001 }),
        json!({}),
    ];
    for (first, second) in
        [("topsecret", ""), ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "another"), ("same", "same")]
    {
        let keys: Vec<SigningKey> =
            [first, second].iter().filter_map(|secret| SigningKey::read(secret).ok()).collect();
        for ((number, data), raw) in data.iter().enumerate().zip(sent(&data, first, second)) {
            let text = String::from_utf8(raw.clone()).unwrap();
            let after =
                |name: &str| text.split_once(name).unwrap().1.split("\r\n").next().unwrap().to_owned();
            let timestamp: u64 = after("webhook-timestamp: ").parse().unwrap();
            let url = CallUrl::parse(&format!("http://{}/magento/events", after("Host: "))).unwrap();
            let message = WebhookMessage::new(
                "order.saved",
                format!("msg_{number}"),
                40 + number as u64,
                1_769_860_800,
                data,
            );
            let ours = message.request(&url, timestamp, &message.signatures(&keys, timestamp));
            assert_eq!(String::from_utf8(ours).unwrap(), text);
        }
    }
}

/// The requests that PHP makes, as they arrive.
fn sent(data: &[Value], first: &str, second: &str) -> Vec<Vec<u8>> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let dir = tempfile::tempdir().unwrap();
    let script = dir.path().join("send.php");
    fs::write(&script, SCRIPT).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut php = Command::new("php")
        .arg(script)
        .env("MODULE", project("examples/erp-bridge"))
        .envs([("URL", url.as_str()), ("FIRST", first), ("SECOND", second)])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    php.stdin.take().unwrap().write_all(Value::from(data.to_vec()).to_string().as_bytes()).unwrap();
    let requests = data.iter().map(|_| {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut raw, mut length) = (Vec::new(), 0);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            raw.extend_from_slice(line.as_bytes());
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").unwrap();
        raw.extend(body);
        raw
    });
    let requests = requests.collect();
    let ran = php.wait_with_output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
    requests
}
