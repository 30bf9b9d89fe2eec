//! curl commands.

use super::{
    PastedCall, address, answer,
    curl_body::{CurlBody, encoded, names_file},
    curl_headers::CurlHeaders,
    shell_words::{ShellWord, split},
    unseen_part::UnseenPart,
};
use crate::oauth::{percent, split_scheme};

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
    let (command, rest) = split(plain.as_deref().unwrap_or(text), plain.is_none())
        .ok_or("is a curl command with a quote or a bracket that does not end")?;
    if rest.lines().any(|line| line.trim_start_matches(['$', ' ', '\t']).starts_with("curl ")) {
        return Err("has several curl commands; paste one, with the answer behind it".to_owned());
    }
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
fn options(words: Vec<ShellWord>) -> Vec<(String, ShellWord)> {
    let mut found = Vec::new();
    let mut words = words.into_iter().skip(1);
    while let Some(word) = words.next() {
        if let Some(name) = word.text.strip_prefix("--") {
            let is_flag = name.starts_with("no-") || FLAGS.split(' ').any(|flag| flag == name);
            let value = if is_flag { None } else { words.next() };
            let mut value = value.unwrap_or_default();
            // Those of `--variable`.
            let option = match name.strip_prefix("expand-") {
                Some(name) => {
                    value.unknown.extend(value.text.find("{{"));
                    format!("--{name}")
                }
                None => word.text,
            };
            found.push((option, value));
        } else if let Some(short) = word.text.strip_prefix('-') {
            let short: Vec<(usize, char)> = short.char_indices().collect();
            for (place, option) in short {
                let takes_value = SHORT_WITH_VALUE.contains(option);
                let glued = || word.behind(1 + place + option.len_utf8());
                let value = match takes_value {
                    true if glued().text.is_empty() => words.next().unwrap_or_default(),
                    true => glued(),
                    false => ShellWord::default(),
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
fn called(words: Vec<ShellWord>) -> Result<PastedCall, String> {
    let (mut method, mut query, mut body) = (None, Vec::new(), CurlBody::default());
    let (mut is_query, mut is_head, mut words_without) = (false, false, Vec::new());
    let (mut urls, mut swallowed) = (Vec::new(), None);
    let (mut call, mut headers) = (PastedCall::default(), CurlHeaders::default());
    for (option, value) in options(words) {
        if body.take(&option, &value) || headers.take(&option, &value) {
            continue;
        }
        match &*option {
            "" => words_without.push(value),
            "-X" | "--request" => method = Some(value),
            "--url-query" => {
                let text = &*value.text;
                match text.strip_prefix('+') {
                    Some(text) => query.push(text.to_owned()),
                    None if names_file(text) => call.hide(UnseenPart::Query),
                    None => query.push(encoded(text)),
                }
                if value.is_unknown() {
                    call.hide(UnseenPart::Query);
                }
            }
            "-G" | "--get" => is_query = true,
            "-I" | "--head" => is_head = true,
            "--url" => urls.push(value),
            _ if split_scheme(&value.text).is_some() => swallowed = Some(option),
            _ => {}
        }
    }
    let is_absolute = |word: &ShellWord| split_scheme(&word.text).is_some();
    let has_variable = words_without.iter().any(ShellWord::is_unknown);
    urls.extend(words_without.iter().filter(|word| is_absolute(word)).cloned());
    if urls.is_empty() {
        urls.extend(words_without.into_iter().find(|word| word.text.contains('/')));
    }
    let url = match <[ShellWord; 1]>::try_from(urls) {
        Ok([url]) => url,
        Err(urls) => {
            return Err(format!("is a curl command {}", no_url(urls.len(), has_variable, swallowed)));
        }
    };
    unseen_of_url(&url).for_each(|part| call.hide(part));
    let url = url.text;
    let mut url = if split_scheme(&url).is_some() { url } else { format!("http://{url}") };
    if let Some((user, _)) = authority(&url).rsplit_once('@') {
        headers.take_user(&percent::decode_text(user));
    }
    let is_elsewhere = body.is_elsewhere();
    if is_elsewhere {
        call.hide(if is_query { UnseenPart::Query } else { UnseenPart::Body });
    }
    if is_query {
        query.push(body.take_query());
    }
    for part in query.into_iter().filter(|part| !part.is_empty()) {
        url += if url.contains('?') { "&" } else { "?" };
        url += &part;
    }
    body.give(&mut call.request, &mut headers);
    headers.unseen().into_iter().for_each(|part| call.hide(part));
    call.request.headers = headers.sent();
    if method.as_ref().is_some_and(ShellWord::is_unknown) {
        call.hide(UnseenPart::Method);
    }
    if let Some(method) = method.map(|it| it.text).or_else(|| is_head.then(|| "HEAD".to_owned())) {
        call.request.method = method;
    }
    address(&mut call.request, &url, "");
    Ok(call)
}

/// Reason why a command does not have one URL; `option` is one that took a URL as its value.
fn no_url(count: usize, has_variable: bool, option: Option<String>) -> String {
    match option {
        _ if count > 1 => format!("with {count} URLs; paste it with one, and the answer to that"),
        _ if has_variable => "whose URL is a variable; write the URL into it".to_owned(),
        Some(option) => format!("without a URL: its option {option} takes the URL as its value"),
        None => "without a URL".to_owned(),
    }
}

/// User and host of a URL.
fn authority(url: &str) -> &str {
    let (_, rest) = split_scheme(url).unwrap_or(("", url));
    &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())]
}

/// Parts of a URL with variables in them.
fn unseen_of_url(url: &ShellWord) -> impl Iterator<Item = UnseenPart> {
    let host = url.text.find("://").map_or(0, |at| at + 3);
    let behind = |sign: char| url.text[host..].find(sign).map_or(url.text.len(), |at| host + at);
    let query = behind('?');
    let path = behind('/').min(query);
    // A base URL may have a path.
    let has_rest = url.text[path..query].contains("/rest/");
    url.unknown.iter().flat_map(move |&at| {
        let part = match at {
            _ if at > query => UnseenPart::Query,
            _ if at > path => UnseenPart::Path,
            _ => UnseenPart::Host,
        };
        let rest = (part == UnseenPart::Host && !has_rest).then_some(UnseenPart::Path);
        std::iter::once(part).chain(rest)
    })
}

#[cfg(test)]
mod tests {
    use super::{UnseenPart, read};

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
            let hides = call.hides(UnseenPart::Body) || call.hides(UnseenPart::Query);
            assert_eq!((&*call.request.method, hides), (method, is_elsewhere), "{options}");
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

    /// curl sends one: that of `--header`, else that of `--oauth2-bearer`, else that of `--user` or of the URL.
    #[test]
    fn one_authorization_is_sent() {
        for (command, sent) in [
            ("-u a:b https://u:p@h/rest/x", &["Basic YTpi"][..]),
            ("-u c:d -u a:b https://h/rest/x", &["Basic YTpi"]),
            ("https://a:%62@h/rest/x", &["Basic YTpi"]),
            ("-u a:b --oauth2-bearer t https://h/rest/x", &["Bearer t"]),
            ("--oauth2-bearer t -u a:b https://h/rest/x", &["Bearer t"]),
            ("--oauth2-bearer s --oauth2-bearer t https://h/rest/x", &["Bearer t"]),
            ("-u a:b -H 'authorization: Bearer t' --oauth2-bearer s https://h/rest/x", &["Bearer t"]),
            ("-u a:b -H Authorization: https://h/rest/x", &[]),
            ("-H 'Authorization: a' -H 'Authorization: b' https://h/rest/x", &["a", "b"]),
        ] {
            let headers = read(&format!("curl {command}")).unwrap().request.headers;
            let found: Vec<_> = headers.iter().map(|(_, value)| &**value).collect();
            assert_eq!(found, sent, "{command}");
        }
    }

    #[test]
    fn parts_in_files_and_variables_are_known() {
        use UnseenPart::{Authorization, Body, ContentType, Host, Method, Path, Query};
        for (command, unseen) in [
            ("https://h/rest/x -d '$a' -H 'Authorization: $b'", &[][..]),
            ("https://h/rest/x -d \"a=$a\"", &[Body]),
            ("https://h/rest/x -d \"$(cat f)\"", &[Body]),
            ("https://h/rest/x --expand-data {{a}} --variable a=b", &[Body]),
            ("https://h/rest/x -G -d a=$a", &[Query]),
            ("https://h/rest/x --url-query a=$a", &[Query]),
            ("https://h/rest/x?a=$a", &[Query]),
            ("\"https://h/rest/$a?b=$b\"", &[Path, Query]),
            ("$a/rest/x", &[Host]),
            ("${a}/x", &[Host, Path]),
            ("https://$a/rest/x/$b", &[Host, Path]),
            ("https://h/rest/x -X $a", &[Method]),
            ("https://h/rest/x -H \"Authorization: Bearer $a\"", &[Authorization]),
            ("https://h/rest/x -H\"Authorization: Bearer $a\"", &[Authorization]),
            ("https://h/rest/x --oauth2-bearer `a`", &[Authorization]),
            ("https://h/rest/x --oauth2-bearer $a -H 'Authorization: x'", &[]),
            ("https://h/rest/x -H @f", &[Authorization, ContentType]),
            ("https://h/rest/x -H @f -H 'Authorization: x' -H 'Content-Type: y'", &[]),
            ("https://h/rest/x -H \"$a\"", &[Authorization, ContentType]),
            ("https://h/rest/x -K f", &[Authorization, ContentType]),
            ("https://h/rest/x -H \"Host: $a\" -H \"X-A: $b\"", &[Host]),
        ] {
            assert_eq!(read(&format!("curl {command}")).unwrap().unseen, unseen, "{command}");
        }
        assert!(read("curl \"$a\"").unwrap_err().contains("URL is a variable"));
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
