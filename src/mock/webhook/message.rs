//! One message, byte for byte as the generated class `Sender` posts it.

use serde_json::Value;

use super::SigningKey;
use crate::{mock::render::with_slashes, oauth::CallUrl};

/// Message of a topic: the same id and body in every attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookMessage {
    /// `msg_` and 32 hexadecimal digits.
    pub id: String,
    /// Number in the outbox of the shop.
    pub sequence: u64,
    /// JSON.
    pub body: String,
}

impl WebhookMessage {
    /// Makes a message of an event at a time, in seconds since 1970.
    #[must_use]
    pub fn new(topic: &str, id: String, sequence: u64, at: u64, data: &Value) -> Self {
        let time = i64::try_from(at).ok().and_then(|at| jiff::Timestamp::from_second(at).ok());
        let time = time.unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%SZ");
        // PHP writes an empty list for an array without fields.
        let data = match data {
            Value::Object(fields) if fields.is_empty() => "[]".to_owned(),
            data => with_slashes(data),
        };
        let topic = with_slashes(&Value::from(topic));
        let body = format!(r#"{{"type":{topic},"timestamp":"{time}","sequence":{sequence},"data":{data}}}"#);
        Self { id, sequence, body }
    }

    /// Value of the header `webhook-signature`: one signature of each key.
    #[must_use]
    pub fn signatures(&self, keys: &[SigningKey], timestamp: u64) -> String {
        let mut signatures: Vec<String> =
            keys.iter().map(|key| key.sign(&self.id, timestamp, &self.body)).collect();
        signatures.dedup();
        signatures.join(" ")
    }

    /// Writes the request of an attempt, with the headers that PHP's curl sends.
    #[must_use]
    pub fn request(&self, url: &CallUrl, timestamp: u64, signatures: &str) -> Vec<u8> {
        let Self { id, body, .. } = self;
        let signature = if signatures.is_empty() {
            String::new()
        } else {
            format!("webhook-signature: {signatures}\r\n")
        };
        format!(
            "POST {} HTTP/1.1\r\nHost: {}\r\nAccept: */*\r\nContent-Type: application/json\r\nwebhook-id: {id}\r\n\
             webhook-timestamp: {timestamp}\r\n{signature}Content-Length: {}\r\n\r\n{body}",
            url.target(),
            url.host,
            body.len()
        )
        .into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_request_has_the_headers_of_the_module() {
        let data = json!({ "name": "ä/b", "price": 2.0, "none": null });
        let message = WebhookMessage::new("order.saved", "msg_1".to_owned(), 7, 1_769_860_800, &data);
        assert_eq!(
            message.body,
            "{\"type\":\"order.saved\",\"timestamp\":\"2026-01-31T12:00:00Z\",\"sequence\":7,\"data\":{\"name\":\"\\u00e4/b\",\"price\":2,\"none\":null}}"
        );
        let url = CallUrl::parse("http://127.0.0.1:9000/magento/events").unwrap();
        let key = SigningKey::read("topsecret").unwrap();
        let signatures = message.signatures(&[key.clone(), key.other(), key.other()], 1_769_860_801);
        assert_eq!(signatures.split(' ').count(), 2);
        let request = String::from_utf8(message.request(&url, 1_769_860_801, &signatures)).unwrap();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let head: Vec<&str> = head.split("\r\n").collect();
        assert_eq!(
            head,
            [
                "POST /magento/events HTTP/1.1",
                "Host: 127.0.0.1:9000",
                "Accept: */*",
                "Content-Type: application/json",
                "webhook-id: msg_1",
                "webhook-timestamp: 1769860801",
                &format!("webhook-signature: {signatures}"),
                &format!("Content-Length: {}", body.len()),
            ]
        );
        assert_eq!(body, message.body);
        assert!(WebhookMessage::new("a", String::new(), 1, 0, &json!({})).body.ends_with("\"data\":[]}"));
    }
}
