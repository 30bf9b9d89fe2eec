//! Requests as people paste them: a curl command, HTTP text, entries of a HAR file, or lines of an access log, each with its
//! answer behind it if there is one.

mod address;
mod curl;
mod curl_body;
mod curl_headers;
mod har;
mod http_text;
mod shell_words;
mod unseen_part;

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde_json::Value;

use self::address::address;
pub use self::unseen_part::UnseenPart;
use super::refusal::filled;
use crate::{
    mock::HttpRequest,
    oauth::{is_form, percent, split_scheme},
    traffic::logged_request,
};

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
    /// Parts that are in files or variables.
    pub unseen: Vec<UnseenPart>,
}

impl PastedCall {
    /// Returns true if a part is in a file or a variable.
    #[must_use]
    pub fn hides(&self, part: UnseenPart) -> bool {
        self.unseen.contains(&part)
    }

    /// Parts that a signature covers, and that are in files or variables.
    #[must_use]
    pub fn unseen_signed(&self) -> Vec<UnseenPart> {
        let has_form = self.request.header("Content-Type").is_some_and(is_form);
        let is_form_unsure = self.hides(UnseenPart::ContentType) && !self.request.body.is_empty();
        let is_signed = |part: &UnseenPart| match part {
            UnseenPart::Method | UnseenPart::Host | UnseenPart::Path | UnseenPart::Query => true,
            UnseenPart::Body => has_form,
            UnseenPart::ContentType => is_form_unsure,
            UnseenPart::Authorization => false,
        };
        self.unseen.iter().copied().filter(is_signed).collect()
    }

    /// Notes that a part is in a file or a variable.
    fn hide(&mut self, part: UnseenPart) {
        if !self.hides(part) {
            self.unseen.push(part);
        }
    }

    /// Message of the answer with its placeholders, if it is an error of Magento.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        if let Some(error) = self.error() {
            return Some(error.get("message")?.as_str()?.to_owned());
        }
        let answer = self.answer.trim();
        if let Some((_, problem)) = answer.split_once("oauth_problem=") {
            let problem = problem.split(['&', '\n']).next().unwrap_or_default();
            return Some(percent::decode_form_text(problem));
        }
        let is_xml = answer.contains("<response>");
        let (_, message) = answer.split_once("<message>").filter(|_| is_xml)?;
        let message = message.split("</message>").next().unwrap_or_default();
        Some(quick_xml::escape::unescape(message).map_or_else(|_| message.to_owned(), Cow::into_owned))
    }

    /// Message of the answer with its parameters filled in.
    #[must_use]
    pub fn filled_message(&self) -> Option<String> {
        let (message, error) = (self.message()?, self.error()?);
        Some(filled(&message, error.get("parameters").unwrap_or(&Value::Null)))
    }

    /// Returns true if the answer is a page, which the REST API never sends.
    #[must_use]
    pub fn is_page(&self) -> bool {
        let start: String = self.answer.trim_start().chars().take(200).collect();
        let start = start.to_ascii_lowercase();
        start.starts_with("<!doctype html") || start.contains("<html")
    }

    /// Returns true if the answer is none of the REST API: a page, another text, or an error in another form.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        let answer = self.answer.trim();
        if answer.is_empty() || self.message().is_some() {
            return false;
        }
        let is_own =
            answer.starts_with(['{', '[', '"', '<']) || serde_json::from_str::<Value>(answer).is_ok();
        let says_error =
            |object: Value| object.get("error").is_some_and(|it| it.is_object() || it.is_string());
        let is_error =
            self.status.is_none_or(|status| status >= 400) && self.object().is_some_and(says_error);
        self.is_page() || !is_own || is_error
    }

    /// Returns true if the answer is the start of a JSON text.
    #[must_use]
    pub fn breaks_off(&self) -> bool {
        let answer = self.answer.trim();
        let parsed = serde_json::from_str::<IgnoredAny>(answer);
        answer.starts_with(['{', '[']) && parsed.is_err_and(|error| error.is_eof())
    }

    /// Error of the web API as JSON.
    fn error(&self) -> Option<Value> {
        self.object().filter(|error| error.get("message").is_some_and(Value::is_string))
    }

    /// First object of the answer.
    fn object(&self) -> Option<Value> {
        let answer = self.answer.trim();
        let start = answer.find('{')?;
        serde_json::Deserializer::from_str(&answer[start..]).into_iter().next()?.ok()
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
    let mut calls: Vec<PastedCall> = text.lines().filter_map(of_log).collect();
    // Guzzle writes the answer below.
    if let ([call], Some((_, behind))) = (&mut calls[..], start.split_once('\n'))
        && behind.trim_start().starts_with('{')
    {
        answer(behind, call);
    }
    if calls.is_empty() {
        return Err("is neither a curl command, HTTP text, a HAR entry nor a line of an access log; \
                    it begins with the command `curl`, a request line such as `GET /rest/V1/orders/1 HTTP/1.1`, or `{`"
            .to_owned());
    }
    Ok(calls)
}

fn of_log(line: &str) -> Option<PastedCall> {
    let (method, target, status) = logged_request(line.as_bytes()).or_else(|| in_prose(line))?;
    let mut request = HttpRequest { method, ..HttpRequest::default() };
    address(&mut request, &target, "");
    let mut call = PastedCall { request, status, is_logged: true, ..PastedCall::default() };
    // Guzzle writes the answer behind the request, Monolog all in one line.
    if let Some((_, answer)) = line.split_once("response: {") {
        call.answer = format!("{{{answer}");
    }
    Some(call)
}

/// Method, URL and status in a line of a client's own log: `DEBUG GET https://shop.example/rest/V1/orders/1 -> 401`.
fn in_prose(line: &str) -> Option<(String, String, Option<u16>)> {
    const METHODS: [&str; 5] = ["GET", "POST", "PUT", "DELETE", "PATCH"];
    let is_edge = |c: char| matches!(c, '"' | '\'' | '`' | ',' | ';' | '(' | ')' | '<' | '>' | '[' | ']');
    let mut words = line.split_whitespace().map(|word| word.trim_matches(is_edge).trim_end_matches(':'));
    let method = words.find(|word| METHODS.contains(word))?;
    let target = words
        .next()
        .filter(|it| it.contains("/rest/") && (it.starts_with('/') || split_scheme(it).is_some()))?;
    let status = words.filter(|word| word.len() == 3).find_map(|word| word.parse().ok());
    Some((method.to_owned(), target.to_owned(), status.filter(|status| (100..600).contains(status))))
}

/// Reads an answer: HTTP text from its status line on, or a body alone.
fn answer(text: &str, call: &mut PastedCall) {
    let text = text.trim();
    if !text.starts_with("HTTP/") {
        text.clone_into(&mut call.answer);
        return;
    }
    let text = text.replace("\r\n", "\n");
    let mut rest = text.as_str();
    // A preliminary answer, one of a proxy, or a redirect comes first.
    while let Some(head) = rest.strip_prefix("HTTP/") {
        let status = head.split_whitespace().nth(1).and_then(|status| status.parse().ok());
        call.status = status.filter(|status| *status >= 200);
        rest = rest.split_once("\n\n").map_or("", |(_, behind)| behind).trim_start();
    }
    rest.clone_into(&mut call.answer);
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

        let cmd = one(
            "curl ^\"https://shop.example/rest/V1/x?a=1^&b=2^\" ^\r\n  -H ^\"Authorization: OAuth oauth_token=^\\^\"t^\\^\"^\" ^\r\n  -H ^\"A: b^\"\r\n{\"message\":\"m\"}",
        );
        assert_eq!((&*cmd.request.host, &*cmd.request.target), ("shop.example", "/rest/V1/x?a=1&b=2"));
        assert_eq!(cmd.request.header("authorization"), Some(HEADER));
        assert_eq!(cmd.message().as_deref(), Some("m"));

        let get = one(
            "curl -G http://127.0.0.1:8080/rest/V1/x -d a=1 --data-urlencode 'b=x y' -o out\n{\"message\":\"m\"}",
        );
        assert_eq!((&*get.request.method, &*get.request.target), ("GET", "/rest/V1/x?a=1&b=x%20y"));
        assert_eq!((&*get.request.host, get.message().as_deref()), ("127.0.0.1:8080", Some("m")));
        let json = one("curl --json '{}' shop.example/rest/V1/x");
        assert_eq!((&*json.request.method, &*json.request.scheme), ("POST", "http"));
        assert_eq!(json.request.header("Content-Type"), Some("application/json"));
        assert!(read_pasted("curl -H 'Accept: */*'").unwrap_err().contains("URL"));
        for options in [
            "--proxy-user u:hunter2",
            "-U u:hunter2",
            "-sSu u:hunter2",
            "--pass hunter2",
            "--proxy http://u:hunter2@proxy",
            "-kx http://u:hunter2@proxy",
            "--future-option http://hunter2/",
        ] {
            for command in
                [format!("{options} -s https://a/rest/V1/x"), format!("https://a/rest/V1/x {options}")]
            {
                let request = one(&format!("curl {command}\n{{}}")).request;
                assert_eq!(
                    (&*request.method, &*request.host, &*request.target),
                    ("GET", "a", "/rest/V1/x"),
                    "{command}"
                );
            }
        }
        let query = one("curl --url-query 'q=a b' https://a/rest/V1/x -XPOST -sd b");
        assert_eq!((&*query.request.target, &query.request.body[..]), ("/rest/V1/x?q=a%20b", &b"b"[..]));
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

    /// Interim answers, and URLs in a query.
    #[test]
    fn heads_and_addresses_are_told_apart() {
        let heads = "HTTP/1.1 100 x\n\n".repeat(30_000);
        let call = one(&format!(
            "GET /rest/V1/orders/1 HTTP/1.1\nHost: a\n\n{heads}HTTP/1.1 404 x\r\nA: b\r\n\r\n{{\"message\":\"m\"}}\n"
        ));
        assert_eq!((call.status, &*call.answer), (Some(404), "{\"message\":\"m\"}"));
        let open = one("GET /rest/V1/x HTTP/1.1\nHost: a\n\nHTTP/1.1 100 Continue\n\n");
        assert_eq!((open.status, &*open.answer), (None, ""));
        let target = "/rest/V1/customers/search?redirectUrl=https://a/?x";
        for text in [
            format!("GET {target} HTTP/1.1\nHost: shop"),
            format!("curl 'shop{target}'"),
            format!("curl 'http://shop{target}'"),
            format!("DEBUG GET http://shop{target} 404"),
        ] {
            let request = one(&text).request;
            assert_eq!((&*request.host, &*request.target), ("shop", target), "{text}");
        }
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
        let prose = one(
            "2026-01-01 10:00:00 DEBUG api: GET https://shop.example/rest/V1/orders/1 -> 401 Unauthorized",
        );
        assert_eq!((&*prose.request.host, prose.status, prose.is_logged), ("shop.example", Some(401), true));
        let guzzle = one(
            "Client error: `GET https://shop.example/rest/V1/x` resulted in a `401 Unauthorized` response:\n{\"message\":\"m\"}",
        );
        assert_eq!(
            (&*guzzle.request.target, guzzle.status, guzzle.message().as_deref()),
            ("/rest/V1/x", Some(401), Some("m"))
        );
        assert!(read_pasted("hello").is_err() && read_pasted("").is_err());
    }

    #[test]
    fn messages_of_every_form_are_read() {
        let call = |answer: &str| PastedCall { answer: answer.to_owned(), ..PastedCall::default() };
        let list = call(r#"{"message":"%1 of %10, %2","parameters":["a",2]}"#);
        assert_eq!(
            (list.message().as_deref(), list.filled_message().as_deref()),
            (Some("%1 of %10, %2"), Some("a of a0, 2"))
        );
        let named = call(
            r#"{"message":"\"%fieldName\" is required.","parameters":{"fieldName":"entity"},"trace":"x"}"#,
        );
        assert_eq!(named.filled_message().as_deref(), Some("\"entity\" is required."));
        let xml = call("<?xml version=\"1.0\"?>\n<response><message>Isn&apos;t %1</message></response>");
        assert_eq!(xml.message().as_deref(), Some("Isn't %1"));
        let handshake = call("oauth_problem=The+signature+is+invalid.&message=x");
        assert_eq!(handshake.message().as_deref(), Some("The signature is invalid."));
        assert!(call("<!DOCTYPE html><html>").is_page() && !list.is_page() && !xml.is_page());
        assert_eq!(call("<!DOCTYPE html><message>x</message>").message(), None);
        for (answer, is_foreign) in [
            ("", false),
            ("{\"items\": [{", false),
            ("true", false),
            ("<?xml version=\"1.0\"?><response/>", false),
            ("<!DOCTYPE html>", true),
            ("no healthy upstream", true),
            ("{\"error\": \"timeout\"}", true),
        ] {
            assert_eq!(call(answer).is_foreign(), is_foreign, "{answer}");
        }
    }
}
