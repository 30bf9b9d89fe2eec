//! Requests as people paste them: a curl command, HTTP text, entries of a HAR file, or lines of an access log, each with its
//! answer behind it if there is one.

mod curl;
mod har;
mod http_text;

use serde_json::Value;

use crate::{mock::HttpRequest, traffic::logged_request};

/// Request with its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PastedCall {
    /// The request.
    pub request: HttpRequest,
    /// Status of the answer.
    pub status: Option<u16>,
    /// Body of the answer; empty if unknown.
    pub answer: String,
    /// True if only method, target and status are known, as in a log.
    pub is_logged: bool,
}

impl PastedCall {
    /// Message of the answer with its placeholders, if it is an error of the web API.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        let answer = self.answer.trim();
        let start = answer.find('{').filter(|_| !answer.is_empty())?;
        let mut values = serde_json::Deserializer::from_str(&answer[start..]).into_iter::<Value>();
        Some(values.next()?.ok()?.get("message")?.as_str()?.to_owned())
    }
}

/// Reads a pasted text.
///
/// # Errors
/// Reason why it has no known form.
pub fn read_pasted(text: &str) -> Result<Vec<PastedCall>, String> {
    let start = text.trim_start();
    let start = start.strip_prefix("$ ").unwrap_or(start);
    if start.starts_with("curl") {
        return curl::read(start).map(|call| vec![call]);
    }
    if start.starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str::<Value>(start)
        && let Some(calls) = har::read(&value)
    {
        return Ok(calls);
    }
    if let Some(call) = http_text::read(start) {
        return Ok(vec![call]);
    }
    let calls: Vec<PastedCall> = text.lines().filter_map(of_log).collect();
    if calls.is_empty() {
        return Err("is neither a curl command, HTTP text, a HAR entry nor a line of an access log; \
                    it begins with the command `curl`, a request line such as `GET /rest/V1/orders/1 HTTP/1.1`, or `{`"
            .to_owned());
    }
    Ok(calls)
}

fn of_log(line: &str) -> Option<PastedCall> {
    let (method, target, status) = logged_request(line.as_bytes())?;
    let mut request = HttpRequest { method, ..HttpRequest::default() };
    address(&mut request, &target, "");
    Some(PastedCall { request, status, is_logged: true, ..PastedCall::default() })
}

/// Sets scheme, host and target of a request from a URL, or from a target and the `Host` header.
fn address(request: &mut HttpRequest, target: &str, host: &str) {
    let target = target.split('#').next().unwrap_or_default();
    match target.split_once("://") {
        Some((scheme, rest)) => {
            request.scheme = scheme.to_ascii_lowercase();
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            rest[..end].rsplit('@').next().unwrap_or_default().clone_into(&mut request.host);
            request.target = if rest[end..].starts_with('/') {
                rest[end..].to_owned()
            } else {
                format!("/{}", &rest[end..])
            };
        }
        None => {
            target.clone_into(&mut request.target);
            host.clone_into(&mut request.host);
            let name = host.split(':').next().unwrap_or_default();
            let is_local = matches!(name, "localhost" | "127.0.0.1") || host.ends_with(":80");
            request.scheme = if is_local { "http" } else { "https" }.to_owned();
        }
    }
    if let Some(host) = request.header("Host").filter(|host| !host.is_empty()) {
        request.host = host.to_owned();
    }
    if let Some(scheme) = request.header("X-Forwarded-Proto") {
        request.scheme = scheme.to_ascii_lowercase();
    }
}

/// Reads an answer: HTTP text from its status line on, or a body alone.
fn answer(text: &str, call: &mut PastedCall) {
    let text = text.trim();
    let Some(rest) = text.strip_prefix("HTTP/") else {
        text.clone_into(&mut call.answer);
        return;
    };
    call.status = rest.split_whitespace().nth(1).and_then(|status| status.parse().ok());
    let text = text.replace("\r\n", "\n");
    let body = text.split_once("\n\n").map_or("", |(_, body)| body).trim();
    // A preliminary answer, or one of a proxy.
    if body.starts_with("HTTP/") { answer(body, call) } else { body.clone_into(&mut call.answer) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "OAuth oauth_token=\"t\"";

    fn one(text: &str) -> PastedCall {
        let mut calls = read_pasted(text).unwrap();
        assert_eq!(calls.len(), 1, "{calls:?}");
        calls.remove(0)
    }

    #[test]
    fn curl_commands_are_read() {
        let call = one(&format!(
            "$ curl -sS -XPOST 'https://shop.example/rest/V1/x?a[0]=1#f' \\\n  -H 'Authorization: {HEADER}' --data-raw '{{\"a\": \"it'\\''s\"}}'\n\
             HTTP/1.1 401 Unauthorized\nServer: nginx\n\n{{\"message\":\"No %1\",\"parameters\":[\"x\"]}}\n"
        ));
        let request = &call.request;
        assert_eq!((&*request.method, &*request.scheme, &*request.host), ("POST", "https", "shop.example"));
        assert_eq!(request.target, "/rest/V1/x?a[0]=1");
        assert_eq!(request.header("authorization"), Some(HEADER));
        assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
        assert_eq!(request.body, br#"{"a": "it's"}"#);
        assert_eq!((call.status, call.message().as_deref()), (Some(401), Some("No %1")));

        let get = one(
            "curl -G http://127.0.0.1:8080/rest/V1/x -d a=1 --data-urlencode 'b=x y' -o out\n{\"message\":\"m\"}",
        );
        assert_eq!((&*get.request.method, &*get.request.target), ("GET", "/rest/V1/x?a=1&b=x%20y"));
        assert_eq!((&*get.request.host, get.message().as_deref()), ("127.0.0.1:8080", Some("m")));
        let json = one("curl --json '{}' shop.example/rest/V1/x");
        assert_eq!((&*json.request.method, &*json.request.scheme), ("POST", "http"));
        assert_eq!(json.request.header("Content-Type"), Some("application/json"));
        assert!(read_pasted("curl -H 'Accept: */*'").unwrap_err().contains("URL"));
    }

    #[test]
    fn http_text_is_read() {
        let text = format!(
            "POST /rest/V1/x HTTP/1.1\r\nHost: shop.example\r\nAuthorization: {HEADER}\r\nContent-Type: application/json\r\n\r\n\
             {{\"a\":1}}\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 Bad Request\r\nDate: x\r\n\r\n{{\"message\":\"m\"}}"
        );
        let call = one(&text);
        assert_eq!(
            (&*call.request.method, &*call.request.host, &*call.request.scheme),
            ("POST", "shop.example", "https")
        );
        assert_eq!(call.request.body, br#"{"a":1}"#);
        assert_eq!((call.status, call.message().as_deref()), (Some(400), Some("m")));

        let verbose = "* Connected\n> GET /rest/V1/x HTTP/1.1\n> Host: localhost:8080\n> Authorization: OAuth x\n>\n< HTTP/1.1 401 Unauthorized\n\
                       < Server: nginx\n<\n{\"message\":\"m\"}\n* Closing";
        let call = one(verbose);
        assert_eq!(
            (&*call.request.host, &*call.request.scheme, call.status),
            ("localhost:8080", "http", Some(401))
        );
        assert_eq!(call.message().as_deref(), Some("m"));
        let bare = one("GET https://shop.example/rest/V1/x\nAuthorization: Bearer x\n\n{\"message\":\"m\"}");
        assert_eq!((&*bare.request.target, bare.message().as_deref()), ("/rest/V1/x", Some("m")));
    }

    #[test]
    fn har_entries_and_log_lines_are_read() {
        let entry = r#"{"request": {"method": "PUT", "url": "https://shop.example/rest/V1/x?a=1",
            "headers": [{"name": "authorization", "value": "OAuth x"}], "postData": {"mimeType": "application/json", "text": "{}"}},
            "response": {"status": 401, "content": {"text": "eyJtZXNzYWdlIjoibSJ9", "encoding": "base64"}}}"#;
        let call = one(entry);
        assert_eq!(
            (&*call.request.method, &*call.request.target, call.status),
            ("PUT", "/rest/V1/x?a=1", Some(401))
        );
        assert_eq!((call.request.body.as_slice(), call.message().as_deref()), (&b"{}"[..], Some("m")));
        let har = format!(r#"{{"log": {{"entries": [{entry}, {entry}]}}}}"#);
        assert_eq!(read_pasted(&har).unwrap().len(), 2);

        let line = r#"10.0.0.1 - - [01/Jan/2026:00:00:00 +0000] "GET /rest/V1/orders/1?x=1 HTTP/1.1" 401 120 "-" "client""#;
        let call = one(line);
        assert_eq!(
            (&*call.request.target, call.status, call.is_logged),
            ("/rest/V1/orders/1?x=1", Some(401), true)
        );
        assert!(read_pasted("hello").is_err() && read_pasted("").is_err());
    }
}
