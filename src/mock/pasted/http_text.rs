//! Requests as HTTP text, as a log of a client or `curl -v` has it.

use super::{PastedCall, address, answer};
use crate::oauth::split_scheme;

/// Reads a request and the answer behind it; none if it does not begin with a request line.
pub(super) fn read(text: &str) -> Option<PastedCall> {
    let text = plain(text);
    let (line, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?, words.next()?);
    let is_method = method.len() <= 16 && method.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_target = target.starts_with('/') || split_scheme(target).is_some();
    let ends = words.next().is_none_or(|it| it.starts_with("HTTP/"));
    if !is_method || !is_target || !ends {
        return None;
    }
    let mut call = PastedCall::default();
    method.clone_into(&mut call.request.method);
    let mut place = 0;
    for line in rest.split_inclusive('\n') {
        if line.starts_with("HTTP/") {
            break;
        }
        place += line.len();
        let Some((name, value)) = line.split_once(':').filter(|_| !line.trim().is_empty()) else { break };
        call.request.headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    let host = call.request.header("Host").unwrap_or_default().to_owned();
    address(&mut call.request, target, &host);
    let rest = &rest[place.min(rest.len())..];
    let is_answer = rest.starts_with("HTTP/");
    let (body, answered) = match rest.find("\nHTTP/").filter(|_| !is_answer) {
        Some(at) => rest.split_at(at + 1),
        // A GET has no body: what follows is the answer's.
        None if is_answer || matches!(method, "GET" | "DELETE") => ("", rest),
        None => (rest, ""),
    };
    call.request.body = body.trim().as_bytes().to_vec();
    answer(answered, &mut call);
    Some(call)
}

/// Text without the marks of `curl -v`, and with plain line ends.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    if !text.lines().any(|line| line.starts_with("> ")) {
        return text;
    }
    let lines = text
        .lines()
        .filter(|line| !line.starts_with("* ") && !line.starts_with("{ [") && !line.starts_with("} ["));
    let lines = lines.map(|line| match line {
        ">" | "<" => "",
        line => line.strip_prefix("> ").or_else(|| line.strip_prefix("< ")).unwrap_or(line),
    });
    lines.collect::<Vec<_>>().join("\n").trim_start().to_owned()
}
