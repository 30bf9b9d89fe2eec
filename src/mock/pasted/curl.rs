//! curl commands.

use super::{PastedCall, address, answer, shell_words::split};
use crate::{
    mock::HttpRequest,
    oauth::{percent::encode, split_scheme},
};

/// Long options of curl without a value, beside those that begin with `no-`; all others take one.
const FLAGS: &str = "anyauth append basic cert-status compressed compressed-ssh create-dirs crlf digest disable \
    disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure fail fail-early \
    fail-with-body false-start form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip \
    ftp-ssl-ccc ftp-ssl-control get globoff haproxy-protocol head http0.9 http1.0 http1.1 http2 \
    http2-prior-knowledge http3 http3-only ignore-content-length include insecure ipv4 ipv6 \
    junk-session-cookies list-only location location-trusted mail-rcpt-allowfails manual negotiate netrc \
    netrc-optional next ntlm ntlm-wb parallel parallel-immediate path-as-is post301 post302 post303 \
    progress-bar proxy-anyauth proxy-basic proxy-digest proxy-insecure proxy-negotiate proxy-ntlm \
    proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw remote-header-name \
    remote-name remote-name-all remote-time remove-on-error retry-all-errors retry-connrefused sasl-ir \
    show-error show-headers silent skip-existing socks5-basic socks5-gssapi socks5-gssapi-nec ssl \
    ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2 sslv3 \
    styled-output suppress-connect-headers tcp-fastopen tcp-nodelay tftp-no-options tlsv1 tlsv1.0 \
    tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time use-ascii verbose version xattr";

/// Short options that take a value, which may follow without a space.
const SHORT_WITH_VALUE: &str = "AbcCdDeEFHKmoPQrtTuUwxXyYz";

/// Reads a command and the answer behind it.
pub(super) fn read(text: &str) -> Result<PastedCall, String> {
    let plain = of_cmd(text);
    let (command, rest) =
        split(plain.as_deref().unwrap_or(text)).ok_or("is a curl command with a quote that does not end")?;
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

/// Options with their values, in short options too: `-sXPOST` has two. Other words have no option.
fn options(words: Vec<String>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut words = words.into_iter().skip(1);
    while let Some(word) = words.next() {
        if let Some(name) = word.strip_prefix("--") {
            let is_flag = name.starts_with("no-") || FLAGS.split(' ').any(|flag| flag == name);
            let value = if is_flag { None } else { words.next() };
            found.push((word, value.unwrap_or_default()));
        } else if let Some(short) = word.strip_prefix('-') {
            for (place, option) in short.char_indices() {
                let takes_value = SHORT_WITH_VALUE.contains(option);
                let glued = short[place + option.len_utf8()..].to_owned();
                let value = match takes_value {
                    true if glued.is_empty() => words.next().unwrap_or_default(),
                    true => glued,
                    false => String::new(),
                };
                found.push((format!("-{option}"), value));
                if takes_value {
                    break;
                }
            }
        } else {
            found.push((String::new(), word));
        }
    }
    found
}

/// Part of a form as `--data-urlencode` encodes it.
fn encoded(text: &str) -> String {
    text.split_once('=').map_or_else(|| encode(text), |(name, it)| format!("{name}={}", encode(it)))
}

fn request(words: Vec<String>) -> Result<HttpRequest, String> {
    let (mut method, mut url, mut data, mut query) = (None, None, Vec::new(), Vec::new());
    let (mut is_query, mut words_without) = (false, Vec::new());
    let mut request = HttpRequest::default();
    for (option, value) in options(words) {
        match &*option {
            "" => words_without.push(value),
            "-X" | "--request" => method = Some(value),
            "-H" | "--header" => {
                let (name, value) = value.split_once(':').unwrap_or((&value, ""));
                request.headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" => data.push(value),
            "--data-urlencode" => data.push(encoded(&value)),
            "--url-query" => {
                query.push(value.strip_prefix('+').map_or_else(|| encoded(&value), str::to_owned));
            }
            "--json" => {
                data.push(value);
                request.headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
            }
            "-G" | "--get" => is_query = true,
            "-I" | "--head" => method = Some("HEAD".to_owned()),
            "-u" | "--user" => {
                request.headers.push(("Authorization".to_owned(), "Basic …".to_owned()));
            }
            "--oauth2-bearer" => {
                request.headers.push(("Authorization".to_owned(), format!("Bearer {value}")));
            }
            "--url" => url = url.or(Some(value)),
            _ => {}
        }
    }
    let mut words = words_without.into_iter();
    let url = url.or_else(|| words.clone().find(|it| it.contains("://")));
    let url = url.or_else(|| words.find(|it| it.contains('/')));
    let Some(url) = url else { return Err("is a curl command without a URL".to_owned()) };
    let mut url = if split_scheme(&url).is_some() { url } else { format!("http://{url}") };
    if is_query {
        query.append(&mut data);
    }
    for part in query {
        url += if url.contains('?') { "&" } else { "?" };
        url += &part;
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
