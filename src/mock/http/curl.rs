//! Requests with TLS, which curl sends.

use std::{
    io::{self, Write as _},
    process::{Child, Command, Stdio},
    thread,
};

use super::{
    limits::{ANSWER_TIME, LARGEST_ANSWER},
    upstream::UpstreamRequest,
};
use crate::{bounded, mock::HttpAnswer};

/// Bytes of an error that curl prints.
const LARGEST_REASON: u64 = 64 << 10;

/// Finds out whether curl can be started.
pub(super) fn check() -> io::Result<()> {
    let mut command = Command::new("curl");
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().map(drop)
}

/// Sends a request and returns the answer; redirects are not followed. The command line has no secrets: other users can
/// see it.
pub(super) fn ask(request: &UpstreamRequest<'_>) -> Result<HttpAnswer, String> {
    let timeout = ANSWER_TIME.as_secs().to_string();
    let config = config(request)?;
    let mut child = Command::new("curl")
        .args(["--disable", "--config", "-", "--silent", "--show-error", "--globoff", "--path-as-is"])
        .args(["--proto", "=https", "--max-time", &timeout, "--write-out", "\n%{http_code} %{content_type}"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("curl cannot be started: {error}"))?;
    let output = printed(&mut child, &config);
    if output.is_err() {
        let _ = child.kill();
    }
    let status = child.wait().map_err(|error| format!("curl: {error}"))?;
    let (output, reason) = output?;
    if !status.success() {
        return Err(reason);
    }
    answer(&output).ok_or_else(|| "curl printed no status".to_owned())
}

/// Hands curl its options. Returns what it prints, and its error.
fn printed(child: &mut Child, config: &str) -> Result<(Vec<u8>, String), String> {
    // It is read beside the output: curl waits for whoever does not read.
    let reason =
        child.stderr.take().map(|errors| thread::spawn(move || bounded::stream(errors, LARGEST_REASON)));
    if let Some(mut input) = child.stdin.take() {
        input.write_all(config.as_bytes()).map_err(|error| format!("curl: {error}"))?;
    }
    let output = child.stdout.take().map(|output| bounded::stream(output, LARGEST_ANSWER));
    let output = output.transpose().map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => "the answer is larger than 4 MiB".to_owned(),
        _ => format!("curl: {error}"),
    })?;
    let reason = reason.and_then(|reason| reason.join().ok()?.ok()).unwrap_or_default();
    Ok((output.unwrap_or_default(), String::from_utf8_lossy(&reason).trim().to_owned()))
}

/// File of options, one a line.
fn config(request: &UpstreamRequest<'_>) -> Result<String, String> {
    let mut config =
        format!("url = {}\nrequest = {}\n", quoted(&request.url.to_string()), quoted(request.method));
    config += "user-agent = \"magespec\"\n";
    for (name, value) in &request.headers {
        config += &format!("header = {}\n", quoted(&format!("{name}: {value}")));
    }
    if !request.body.is_empty() {
        let body = std::str::from_utf8(request.body)
            .ok()
            .filter(|body| !body.contains('\0') && !body.starts_with('@'))
            .ok_or("the body is not text")?;
        config += &format!("data-binary = {}\n", quoted(body));
    }
    Ok(config)
}

fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r");
    format!("\"{}\"", text.replace('\t', "\\t"))
}

/// Body, and behind it the status and the content type.
fn answer(output: &[u8]) -> Option<HttpAnswer> {
    let end = output.iter().rposition(|&byte| byte == b'\n')?;
    let (body, last) = output.split_at(end);
    let last = std::str::from_utf8(last).ok()?.trim();
    let (status, kind) = last.split_once(' ').unwrap_or((last, "application/octet-stream"));
    Some(HttpAnswer::new(status.parse().ok()?, kind, body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::CallUrl;

    #[test]
    fn options_and_answers_keep_their_bytes() {
        let url = CallUrl::parse("https://shop.test/rest/V1/a?b[]=1").unwrap();
        let headers = vec![("Authorization", "OAuth a=\"b\"".to_owned())];
        let request = UpstreamRequest { method: "POST", url: &url, headers, body: b"{\"a\":\n1}" };
        assert_eq!(
            config(&request).unwrap(),
            "url = \"https://shop.test/rest/V1/a?b[]=1\"\nrequest = \"POST\"\nuser-agent = \"magespec\"\n\
             header = \"Authorization: OAuth a=\\\"b\\\"\"\ndata-binary = \"{\\\"a\\\":\\n1}\"\n"
        );
        let answered = answer(b"[\n1]\n200 application/json; charset=utf-8").unwrap();
        assert_eq!((answered.status, &*answered.body), (200, &b"[\n1]"[..]));
        assert_eq!(answered.header("Content-Type"), Some("application/json; charset=utf-8"));
        assert_eq!(answer(b"x\n204 ").unwrap().status, 204);
        assert!(answer(b"").is_none() && answer(b"x\n").is_none());
    }
}
