//! Entries of HAR files, which browsers and proxies export.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::Value;

use super::{PastedCall, address};

/// Reads a whole file or one entry; none if the document is neither.
pub(super) fn read(document: &Value) -> Option<Vec<PastedCall>> {
    let entries =
        document.pointer("/log/entries").or_else(|| document.get("entries")).and_then(Value::as_array);
    if let Some(entries) = entries.or_else(|| document.as_array()) {
        let calls: Vec<PastedCall> = entries.iter().filter_map(entry).collect();
        return (!calls.is_empty()).then_some(calls);
    }
    entry(document).map(|call| vec![call])
}

fn entry(entry: &Value) -> Option<PastedCall> {
    let (sent, answered) = (entry.get("request")?, entry.get("response"));
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut call = PastedCall::default();
    call.request.method = text(sent.get("method"));
    let headers = sent.get("headers").and_then(Value::as_array).into_iter().flatten();
    call.request.headers =
        headers.map(|header| (text(header.get("name")), text(header.get("value")))).collect();
    call.request.body = text(sent.pointer("/postData/text")).into_bytes();
    address(&mut call.request, &text(sent.get("url")), "");
    let status = answered.and_then(|it| it.get("status")).and_then(Value::as_u64);
    call.status = status.and_then(|status| u16::try_from(status).ok()).filter(|status| *status > 0);
    let content = answered.and_then(|it| it.get("content"));
    call.answer = text(content.and_then(|it| it.get("text")));
    if content.and_then(|it| it.get("encoding")).and_then(Value::as_str) == Some("base64") {
        let decoded = BASE64_STANDARD.decode(&call.answer).unwrap_or_default();
        call.answer = String::from_utf8_lossy(&decoded).into_owned();
    }
    Some(call)
}
