//! curl commands.

use super::{PastedCall, address, answer};
use crate::{mock::HttpRequest, oauth::percent::encode};

/// Options of curl that take a value and do not matter here.
const WITH_VALUE: [&str; 28] = [
    "-o",
    "--output",
    "-A",
    "--user-agent",
    "-e",
    "--referer",
    "-b",
    "--cookie",
    "-c",
    "--cookie-jar",
    "-x",
    "--proxy",
    "-m",
    "--max-time",
    "--connect-timeout",
    "--retry",
    "-w",
    "--write-out",
    "-E",
    "--cert",
    "--cacert",
    "--key",
    "--resolve",
    "-K",
    "--config",
    "-T",
    "--upload-file",
    "--interface",
];

/// Short options that take a value, which may follow without a blank.
const SHORT_WITH_VALUE: &str = "XHdFuoAebcxmwEKT";

/// Reads a command and the answer behind it.
pub(super) fn read(text: &str) -> Result<PastedCall, String> {
    let plain = of_cmd(text);
    let (command, rest) = split(plain.as_deref().unwrap_or(text))?;
    let mut call = PastedCall { request: request(command)?, ..PastedCall::default() };
    // `-d @FILE`
    call.is_body_elsewhere = call.request.body.starts_with(b"@");
    answer(rest, &mut call);
    Ok(call)
}

/// Command for `cmd.exe` as one for a shell: browsers escape with `^` there; none if it is not one.
fn of_cmd(text: &str) -> Option<String> {
    let first = text.lines().next()?;
    if !first.trim_end().ends_with('^') && !first.contains("^\"") {
        return None;
    }
    let mut plain = String::new();
    let mut lines = text.split_inclusive('\n');
    for line in lines.by_ref() {
        let command = line.trim_end();
        let goes_on = command.ends_with('^');
        let mut chars = command.strip_suffix('^').unwrap_or(command).chars();
        while let Some(char) = chars.next() {
            plain.extend(if char == '^' { chars.next() } else { Some(char) });
        }
        if !goes_on {
            break;
        }
        plain.push(' ');
    }
    plain.push('\n');
    plain.extend(lines);
    Some(plain)
}

/// Splits the words of the command from what follows its last line.
fn split(text: &str) -> Result<(Vec<String>, &str), String> {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        end += line.len();
        if line.trim_end().ends_with('\\') {
            continue;
        }
        // Browsers write $'…' where a text has special characters.
        let command = text[..end].replace("\\\r\n", " ").replace("\\\n", " ").replace(" $'", " '");
        if let Some(words) = shlex::split(&command) {
            return Ok((words, &text[end..]));
        }
    }
    Err("is a curl command with a quote that does not end".to_owned())
}

fn request(words: Vec<String>) -> Result<HttpRequest, String> {
    let (mut method, mut url, mut data, mut is_query) = (None, None, Vec::new(), false);
    let mut request = HttpRequest::default();
    let mut words = words.into_iter().skip(1);
    while let Some(word) = words.next() {
        let glued = word.len() > 2
            && !word.starts_with("--")
            && word[1..].starts_with(|it| SHORT_WITH_VALUE.contains(it));
        let (option, glued) = if word.starts_with('-') && glued && word.is_char_boundary(2) {
            (word[..2].to_owned(), Some(word[2..].to_owned()))
        } else {
            (word.clone(), None)
        };
        let mut value = || glued.clone().or_else(|| words.next()).unwrap_or_default();
        match &*option {
            "-X" | "--request" => method = Some(value()),
            "-H" | "--header" => {
                let header = value();
                let (name, value) = header.split_once(':').unwrap_or((&header, ""));
                request.headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" => data.push(value()),
            "--data-urlencode" => {
                let text = value();
                data.push(
                    text.split_once('=')
                        .map_or_else(|| encode(&text), |(name, it)| format!("{name}={}", encode(it))),
                );
            }
            "--json" => {
                data.push(value());
                request.headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
            }
            "-G" | "--get" => is_query = true,
            "-I" | "--head" => method = Some("HEAD".to_owned()),
            "-u" | "--user" => {
                value();
                request.headers.push(("Authorization".to_owned(), "Basic …".to_owned()));
            }
            "--oauth2-bearer" => {
                let header = format!("Bearer {}", value());
                request.headers.push(("Authorization".to_owned(), header));
            }
            "--url" => url = Some(value()),
            option if WITH_VALUE.contains(&option) => {
                value();
            }
            option if option.starts_with('-') => {}
            _ => url = Some(word),
        }
    }
    let Some(url) = url else { return Err("is a curl command without a URL".to_owned()) };
    let mut url = if url.contains("://") { url } else { format!("http://{url}") };
    if is_query && !data.is_empty() {
        url += if url.contains('?') { "&" } else { "?" };
        url += &data.join("&");
        data.clear();
    }
    if !data.is_empty() {
        request.body = data.join("&").into_bytes();
        if request.header("Content-Type").is_none() {
            let form = "application/x-www-form-urlencoded";
            request.headers.push(("Content-Type".to_owned(), form.to_owned()));
        }
    }
    request.method =
        method.unwrap_or_else(|| if request.body.is_empty() { "GET" } else { "POST" }.to_owned());
    address(&mut request, &url, "");
    Ok(request)
}
