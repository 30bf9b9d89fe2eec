//! Parser of the lines that the plugin of deprecated routes writes to the log of its module.

use std::borrow::Cow;

use memchr::memmem;
use serde::Deserialize;

use super::Request;

/// Text in front of the route.
pub(in super::super) const MARK: &str = "Deprecated route called: ";

/// Call of a deprecated route.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct DeprecatedCall<'a> {
    /// Method, route, user agent and time.
    pub(in super::super) request: Request<'a>,
    /// Route as in webapi.xml: `GET /V1/acme-erp/orders/:id`.
    pub(in super::super) route: &'a str,
    /// Caller in words.
    pub(in super::super) caller: String,
}

/// Values behind the message.
#[derive(Deserialize)]
struct LogContext {
    caller: String,
    #[serde(default)]
    agent: String,
}

/// Parses a line; none for any other.
pub(in super::super) fn parse(line: &[u8]) -> Option<DeprecatedCall<'_>> {
    memmem::find(line, MARK.as_bytes())?;
    let line = std::str::from_utf8(line).ok()?;
    let (before, rest) = line.split_once(MARK)?;
    let (route, context) = rest.split_once(" {")?;
    let context = &rest[route.len() + 1..][..context.len() + 1];
    let mut values = serde_json::Deserializer::from_str(context).into_iter::<LogContext>();
    let context = values.next()?.ok()?;
    let (method, target) = route.split_once(' ')?;
    let time = before.strip_prefix('[').and_then(|rest| rest.split(']').next());
    let agent = Some(context.agent).filter(|agent| !agent.is_empty()).map(Cow::Owned);
    let request = Request {
        method: method.into(),
        target: target.into(),
        status: None,
        agent,
        time: time.map(Cow::Borrowed),
        is_listed: false,
    };
    Some(DeprecatedCall { request, route, caller: context.caller })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_has_the_route_the_caller_and_the_agent() {
        let line = br#"[2026-12-01T09:00:00.123456+00:00] acme_erp.WARNING: Deprecated route called: GET /V1/acme/orders/:id {"caller":"integration \"Acme ERP\"","agent":"erp/1","until":"2027-06-01"} []"#;
        let call = parse(line).unwrap();
        assert_eq!((call.route, &*call.caller), ("GET /V1/acme/orders/:id", "integration \"Acme ERP\""));
        assert_eq!(call.request.agent.as_deref(), Some("erp/1"));
        assert_eq!(call.request.time.as_deref(), Some("2026-12-01T09:00:00.123456+00:00"));
    }

    #[test]
    fn other_lines_are_none() {
        for line in [
            "",
            "Deprecated route called: GET /V1/a",
            "Deprecated route called: GET /V1/a {\"caller\":",
            "Deprecated route called: GET {\"caller\":\"x\"}",
            "GET /V1/a {\"caller\":\"x\"}",
        ] {
            assert_eq!(parse(line.as_bytes()), None, "{line}");
        }
    }
}
