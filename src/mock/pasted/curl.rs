//! curl commands.

use super::{
    PastedCall, address, answer,
    curl_body::{CurlBody, encoded, names_file},
    curl_headers::CurlHeaders,
    shell_words::split,
};
use crate::oauth::split_scheme;

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
    let mut call = called(command)?;
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

/// Call that a command makes.
fn called(words: Vec<String>) -> Result<PastedCall, String> {
    let (mut method, mut url, mut query, mut body) = (None, None, Vec::new(), CurlBody::default());
    let (mut is_query, mut is_head, mut words_without) = (false, false, Vec::new());
    let (mut call, mut headers) = (PastedCall::default(), CurlHeaders::default());
    for (option, value) in options(words) {
        if body.take(&option, &value) || headers.take(&option, &value) {
            continue;
        }
        match &*option {
            "" => words_without.push(value),
            "-X" | "--request" => method = Some(value),
            "--url-query" => match value.strip_prefix('+') {
                Some(value) => query.push(value.to_owned()),
                None if names_file(&value) => call.is_body_elsewhere = true,
                None => query.push(encoded(&value)),
            },
            "-G" | "--get" => is_query = true,
            "-I" | "--head" => is_head = true,
            "--url" => url = url.or(Some(value)),
            _ => {}
        }
    }
    let mut words = words_without.into_iter();
    let url = url.or_else(|| words.clone().find(|it| split_scheme(it).is_some()));
    let url = url.or_else(|| words.find(|it| it.contains('/')));
    let Some(url) = url else { return Err("is a curl command without a URL".to_owned()) };
    let mut url = if split_scheme(&url).is_some() { url } else { format!("http://{url}") };
    if is_query {
        query.push(body.take_query());
    }
    for part in query.into_iter().filter(|part| !part.is_empty()) {
        url += if url.contains('?') { "&" } else { "?" };
        url += &part;
    }
    call.is_body_elsewhere |= body.is_elsewhere();
    body.give(&mut call.request, &mut headers);
    call.request.headers = headers.sent();
    if let Some(method) = method.or_else(|| is_head.then(|| "HEAD".to_owned())) {
        call.request.method = method;
    }
    address(&mut call.request, &url, "");
    Ok(call)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn method_and_body_are_those_that_curl_sends() {
        for (options, method, content_type, is_elsewhere) in [
            ("-F a=b", "POST", "multipart/form-data; boundary=", false),
            ("--form a=@b", "POST", "multipart/form-data; boundary=", true),
            ("--form-string a=@b", "POST", "multipart/form-data; boundary=", false),
            ("-T f.json", "PUT", "", true),
            ("-T f.json -X POST", "POST", "", true),
            ("-d ''", "POST", "application/x-www-form-urlencoded", false),
            ("-d a=1 -d @f", "POST", "application/x-www-form-urlencoded", true),
            ("-d @f", "POST", "application/x-www-form-urlencoded", true),
            ("--data-raw @f", "POST", "application/x-www-form-urlencoded", false),
            ("--data-urlencode a@f", "POST", "application/x-www-form-urlencoded", true),
            ("--data-urlencode a=@f", "POST", "application/x-www-form-urlencoded", false),
            ("--json @f", "POST", "application/json", true),
            ("-s", "GET", "", false),
            ("-I", "HEAD", "", false),
            ("-X POST -I", "POST", "", false),
            ("-I -X POST", "POST", "", false),
            ("-G -d @f", "GET", "", true),
            ("--url-query a@f", "GET", "", true),
            ("--url-query +a@f", "GET", "", false),
            ("-G --json a", "GET", "application/json", false),
        ] {
            let call = read(&format!("curl {options} https://a/rest/V1/x")).unwrap();
            let found = call.request.header("Content-Type").unwrap_or_default();
            assert_eq!((&*call.request.method, call.is_body_elsewhere), (method, is_elsewhere), "{options}");
            assert!(
                found.starts_with(content_type) && found.is_empty() == content_type.is_empty(),
                "{options}: {found}"
            );
        }
        let form = read("curl -F a=1 -F b=@f https://a/rest/V1/x").unwrap().request;
        let body = String::from_utf8(form.body).unwrap();
        assert_eq!(
            (body.matches("name=\"a\"\r\n\r\n1\r\n").count(), body.matches("filename").count()),
            (1, 1),
            "{body}"
        );
        let query = read("curl -G -d a=1 --url-query '=b c' https://a/rest/V1/x").unwrap().request;
        assert_eq!((&*query.method, &*query.target, query.body.len()), ("GET", "/rest/V1/x?b%20c&a=1", 0));
    }

    #[test]
    fn data_is_joined_as_curl_does() {
        for (options, query, body) in [
            (r#"--json '{"a":1,' --json '"b":2}'"#, "", r#"{"a":1,"b":2}"#),
            ("-d a=1 --json {} -d b=2 --data-urlencode c=d", "", "a=1{}&b=2&c=d"),
            ("-d '' -d a --json ''", "", "&a"),
            ("-G --json a --json b -d c", "?ab&c", ""),
            ("-G -d ''", "", ""),
            ("-G -d @f", "", ""),
            ("-G -d a=1 -d @f --data-urlencode b@f -d c=@", "?a=1&c=@", ""),
            ("--url-query a@f --url-query +b@f", "?b@f", ""),
        ] {
            let request = read(&format!("curl {options} https://a/rest/V1/x")).unwrap().request;
            assert_eq!(
                (&*request.target, &*String::from_utf8_lossy(&request.body)),
                (&*format!("/rest/V1/x{query}"), body),
                "{options}"
            );
        }
    }

    #[test]
    fn given_headers_replace_those_that_curl_makes() {
        for (options, headers) in [
            ("--json {}", &[("Content-Type", "application/json"), ("Accept", "application/json")][..]),
            ("--json {} -H 'content-type: a/b'", &[("content-type", "a/b"), ("Accept", "application/json")]),
            ("-H 'Accept: a/b' --json {}", &[("Accept", "a/b"), ("Content-Type", "application/json")]),
            ("--json {} -H Content-Type:", &[("Accept", "application/json")]),
            ("-d a -H 'Content-Type;'", &[("Content-Type", "")]),
            ("-u a:b -H 'Authorization: OAuth x'", &[("Authorization", "OAuth x")]),
            ("--oauth2-bearer a -H 'Authorization: OAuth x'", &[("Authorization", "OAuth x")]),
            ("--oauth2-bearer a -H @f", &[("Authorization", "Bearer a")]),
        ] {
            let request = read(&format!("curl {options} https://a/rest/V1/x")).unwrap().request;
            let found: Vec<_> = request.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
            assert_eq!(found, headers, "{options}");
        }
    }

    /// A body of many lines takes no longer than its length.
    #[test]
    fn bodies_of_many_lines_are_read() {
        let body = "  {\"a\": \"b\"},\n".repeat(100_000);
        let call =
            read(&format!("curl https://a/rest/V1/x \\\n  -d '{body}'\n{{\"message\":\"m\"}}")).unwrap();
        assert_eq!((call.request.body.len(), &*call.answer), (body.len(), "{\"message\":\"m\"}"));
    }
}
