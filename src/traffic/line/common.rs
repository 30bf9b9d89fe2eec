//! Parser of the common and the combined log format.
//!
//! `host identity user [time] "request" status bytes`, combined with `"referer" "agent"` after it (`mod_log_config` of
//! Apache; nginx has the latter as `combined`). Text before it, such as a virtual host or a syslog stamp, and further
//! fields after it are ignored.

use memchr::{memchr_iter, memrchr};

use super::{
    Request,
    escape::{quoted, unescaped},
    request_line,
};

pub(super) fn parse(line: &[u8]) -> Option<Request<'_>> {
    // A client chooses its user name: servers escape quotes in it, so this is the first unescaped quote.
    let mut quotes = memchr_iter(b'"', line);
    let quote = quotes.find(|&at| line[..at].ends_with(b"] "))?;
    let time_end = quote - 2;
    let time_start = memrchr(b'[', &line[..time_end])? + 1;
    let (request, rest) = quoted(&line[quote + 1..])?;
    let (status, rest) = status(rest)?;
    let (method, target) = request_line(unescaped(request))?;
    Some(Request {
        method,
        target,
        status,
        agent: agent(rest).map(unescaped),
        time: Some(String::from_utf8_lossy(&line[time_start..time_end])),
        is_listed: false,
    })
}

/// Status after the request, `-` for none, and the rest.
fn status(rest: &[u8]) -> Option<(Option<u16>, &[u8])> {
    let rest = rest.strip_prefix(b" ")?;
    let (word, rest) = rest.split_at(rest.iter().position(|&byte| byte == b' ').unwrap_or(rest.len()));
    match word {
        b"-" => Some((None, rest)),
        [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9'] => {
            let status = word.iter().fold(0, |number, digit| number * 10 + u16::from(digit - b'0'));
            Some((Some(status), rest))
        }
        _ => None,
    }
}

/// Second quoted text.
fn agent(rest: &[u8]) -> Option<&[u8]> {
    let (_, rest) = quoted(rest)?;
    let (_, rest) = quoted(rest)?;
    let (_, rest) = quoted(rest)?;
    quoted(rest).map(|(agent, _)| agent)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn common_and_combined() {
        let time = "10/Oct/2025:13:55:36 +0200";
        for (line, status, agent) in [
            (r#"1.2.3.4 - - [T] "GET /rest/V1/orders HTTP/1.1" 200 2326"#, Some(200), None),
            (
                r#"shop.com:443 ::1 - a"b [T] "GET /rest/V1/orders HTTP/2.0" 401 - "-" "ERP/1""#,
                Some(401),
                Some("ERP/1"),
            ),
            (
                r#"1.2.3.4 - \x22] \x22 [T] "GET /rest/V1/orders" - 0 "-" "a \"b\"" "9.9.9.9" 0.2"#,
                None,
                Some("a \"b\""),
            ),
            (
                r#"Oct 10 13:55:36 web nginx: 1.2.3.4 - - [T] "GET /rest/V1/orders HTTP/1.1" 200 1 "/rest/" """#,
                Some(200),
                Some(""),
            ),
            (r#"1.2.3.4 - a [T] "GET /rest/V1/orders HTTP/1.1" 200 1 "-" "cut o"#, Some(200), None),
        ] {
            let expected = Request {
                method: "GET".into(),
                target: "/rest/V1/orders".into(),
                status,
                agent: agent.map(Into::into),
                time: Some(time.into()),
                is_listed: false,
            };
            let line = line.replace("[T]", &format!("[{time}]"));
            assert_eq!(parse(line.as_bytes()), Some(expected), "{line}");
        }
    }

    #[test]
    fn other_lines_are_refused() {
        for line in [
            "",
            "/rest/V1/orders",
            r#"1.2.3.4 - - [10/Oct/2025:13:55:36 +0200] "-" 400 0 "-" "/rest/""#,
            r#"1.2.3.4 - - [10/Oct/2025:13:55:36 +0200] "\x16\x03 /rest/" 400 0"#,
            r#"1.2.3.4 - - [10/Oct/2025:13:55:36 +0200] "GET /rest/V1/orders HTTP/1.1"#,
            r#"1.2.3.4 - - [10/Oct/2025:13:55:36 +0200] "GET /rest/V1/orders HTTP/1.1""#,
            r#"1.2.3.4 - - [10/Oct/2025:13:55:36 +0200] "GET /rest/V1/orders HTTP/1.1" ok 1"#,
            r#"1.2.3.4 - - 10/Oct/2025:13:55:36 +0200] "GET /rest/V1/orders HTTP/1.1" 200 1"#,
            r#"2025/10/10 13:55:36 [error] 7#7: *1 upstream timed out, request: "GET /rest/V1/orders HTTP/1.1""#,
        ] {
            assert_eq!(parse(line.as_bytes()), None, "{line}");
        }
    }

    /// Escapes like nginx: `"`, `\` and all but printable ASCII.
    fn nginx(text: &str) -> String {
        text.bytes().fold(String::new(), |mut escaped, byte| {
            match byte {
                b'"' | b'\\' | 0..32 | 127.. => write!(escaped, "\\x{byte:02X}").unwrap(),
                _ => escaped.push(byte.into()),
            }
            escaped
        })
    }

    /// As Apache escapes: the same, but `"` and `\` by a backslash.
    fn apache(text: &str) -> String {
        nginx(text).replace("\\x22", "\\\"").replace("\\x5C", "\\\\")
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            target in "/[^ \u{0}]{0,30}", user in "[^ ]{1,10}", agent in ".{0,30}", status in 100..600u16,
        ) {
            for escape in [nginx, apache] {
                let [target, user, agent_written] = [&target, &user, &agent].map(|text| escape(text));
                let line = format!(r#"::1 - {user} [t] "PUT {target} HTTP/1.1" {status} 0 "-" "{agent_written}""#);
                let expected = Request {
                    method: "PUT".into(),
                    target: unescaped(target.as_bytes()),
                    status: Some(status),
                    agent: Some(agent.as_str().into()),
                    time: Some("t".into()),
                    is_listed: false,
                };
                prop_assert_eq!(parse(line.as_bytes()), Some(expected));
            }
        }
    }
}
