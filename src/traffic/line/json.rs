//! Parser of JSON logs with one object per line.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Request, request_line};

/// Number of searched fields: the method, the path or the request line, the status, the agent, the time.
const FIELDS: usize = 5;

/// Usual keys of each field: nginx's variables and their common names, and the keys of Caddy, Traefik, Fastly,
/// Cloudflare, the Elastic Common Schema, and Google's load balancer.
const USUAL: [&[&str]; FIELDS] = [
    &[
        "request_method",
        "method",
        "request.method",
        "http_method",
        "verb",
        "http.request.method",
        "httpRequest.requestMethod",
        "RequestMethod",
        "ClientRequestMethod",
    ],
    &[
        "request_uri",
        "uri",
        "request.uri",
        "request",
        "path",
        "url",
        "request_path",
        "url.original",
        "httpRequest.requestUrl",
        "RequestPath",
        "ClientRequestURI",
    ],
    &[
        "status",
        "status_code",
        "response_status",
        "response_code",
        "http.response.status_code",
        "httpRequest.status",
        "DownstreamStatus",
        "EdgeResponseStatus",
    ],
    &[
        "http_user_agent",
        "user_agent",
        "request_user_agent",
        "agent",
        "userAgent",
        "request.headers.User-Agent",
        "user_agent.original",
        "httpRequest.userAgent",
        "request_User-Agent",
        "ClientRequestUserAgent",
    ],
    &[
        "time_iso8601",
        "@timestamp",
        "timestamp",
        "time_local",
        "time",
        "ts",
        "msec",
        "StartUTC",
        "EdgeStartTimestamp",
    ],
];

/// Key of a field in an object: `request_uri`, or `request.uri` for a nested one. For a list the first value counts. A
/// key that contains the dot itself is found too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(String);

impl FromStr for Key {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.split('.').any(str::is_empty) {
            return Err("write a key such as `request_uri`, or `request.uri` for a nested one");
        }
        Ok(Self(text.to_owned()))
    }
}

/// Keys of JSON lines. If several are present, the one named first wins.
#[derive(Debug, Clone)]
pub struct Keys([Vec<Key>; FIELDS]);

impl Default for Keys {
    fn default() -> Self {
        Self(USUAL.map(|keys| keys.iter().map(|&key| Key(key.to_owned())).collect()))
    }
}

impl Keys {
    /// Uses other keys for the method, the path or request line, the status, the user agent and the time.
    #[must_use]
    pub fn with(mut self, given: [Option<Key>; FIELDS]) -> Self {
        for (keys, given) in self.0.iter_mut().zip(given) {
            if let Some(given) = given {
                *keys = vec![given];
            }
        }
        self
    }

    /// Keys to search for.
    pub(in super::super) fn wanted(&self) -> Vec<Wanted<'_>> {
        let mut wanted = Vec::new();
        for (field, keys) in self.0.iter().enumerate() {
            wanted.extend(keys.iter().enumerate().map(|(rank, key)| Wanted { field, rank, key: &key.0 }));
        }
        wanted
    }
}

/// Key, or the rest of it within a nested object.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Wanted<'k> {
    field: usize,
    rank: usize,
    key: &'k str,
}

pub(super) fn parse<'a>(line: &'a [u8], wanted: &[Wanted<'_>]) -> Option<Request<'a>> {
    match std::str::from_utf8(line) {
        Ok(text) => read(text, wanted),
        Err(_) => read(&String::from_utf8_lossy(line), wanted).map(Request::into_owned),
    }
}

fn read<'a>(text: &'a str, wanted: &[Wanted<'_>]) -> Option<Request<'a>> {
    let mut found = FoundFields::default();
    let mut json = serde_json::Deserializer::from_str(text);
    Within { wanted, found: &mut found }.deserialize(&mut json).ok()?;
    json.end().ok()?;
    let [method, path, status, agent, time] = found.0.map(|value| value.map(|(_, text)| text));
    let path = path?;
    let (method, target) = match request_line(path.clone()) {
        Some((in_line, target)) => (method.unwrap_or(in_line), target),
        None => (method?, path),
    };
    let status = status.and_then(|status| status.parse().ok());
    Some(Request { method, target, status, agent, time, is_listed: false })
}

/// Values found, with the rank of their keys.
#[derive(Default)]
struct FoundFields<'a>([Option<(usize, Cow<'a, str>)>; FIELDS]);

impl<'a> FoundFields<'a> {
    fn keep(&mut self, wanted: &[Wanted<'_>], value: Cow<'a, str>) {
        for wanted in wanted {
            let known = &mut self.0[wanted.field];
            if known.as_ref().is_none_or(|(rank, _)| wanted.rank < *rank) {
                *known = Some((wanted.rank, value.clone()));
            }
        }
    }
}

/// Reader of a value: of wanted parts in an object, and of any other value at the end of a key.
struct Within<'w, 'k, 'a> {
    wanted: &'w [Wanted<'k>],
    found: &'w mut FoundFields<'a>,
}

impl<'a> DeserializeSeed<'a> for Within<'_, '_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Within<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(inner) = map.next_key_seed(Name(self.wanted))? {
            if inner.is_empty() {
                map.next_value::<IgnoredAny>()?;
            } else {
                map.next_value_seed(Within { wanted: &inner, found: self.found })?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<(), A::Error> {
        let wanted = ended(self.wanted);
        list.next_element_seed(Within { wanted: &wanted, found: self.found })?;
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_borrowed_str<E>(self, text: &'a str) -> Result<(), E> {
        self.found.keep(&ended(self.wanted), text.into());
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.found.keep(&ended(self.wanted), text.to_owned().into());
        Ok(())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.visit_str(&number.to_string())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// Keys that end here.
fn ended<'k>(wanted: &[Wanted<'k>]) -> Vec<Wanted<'k>> {
    wanted.iter().filter(|wanted| wanted.key.is_empty()).copied().collect()
}

/// Reader of a name in an object, to find what is wanted of its value.
struct Name<'w, 'k>(&'w [Wanted<'k>]);

impl<'a, 'k> DeserializeSeed<'a> for Name<'_, 'k> {
    type Value = Vec<Wanted<'k>>;

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'k> Visitor<'_> for Name<'_, 'k> {
    type Value = Vec<Wanted<'k>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let behind = |wanted: &Wanted<'k>| {
            // Most keys end here; the first byte distinguishes them soonest.
            if wanted.key.as_bytes().first() != name.as_bytes().first() {
                return None;
            }
            let rest = wanted.key.strip_prefix(name)?;
            let key = if rest.is_empty() { rest } else { rest.strip_prefix('.')? };
            Some(Wanted { key, ..*wanted })
        };
        Ok(self.0.iter().filter_map(behind).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn parsed(line: &str) -> Option<Request<'_>> {
        parse(line.as_bytes(), &Keys::default().wanted())
    }

    fn request<'a>(
        method: &'a str,
        target: &'a str,
        status: u16,
        agent: &'a str,
        time: &'a str,
    ) -> Request<'a> {
        let (agent, time) = (Some(agent.into()), Some(time.into()));
        Request {
            method: method.into(),
            target: target.into(),
            status: Some(status),
            agent,
            time,
            is_listed: false,
        }
    }

    #[test]
    fn lines_of_many_servers() {
        for line in [
            r#"{"time_iso8601":"T","request_method":"GET","request_uri":"/rest/V1/a","status":"200","http_user_agent":"ERP"}"#,
            r#"{"time_local":"T","remote_addr":"::1","request":"GET /rest/V1/a HTTP/1.1","status": 200,"http_user_agent":"ERP"}"#,
            r#"{"ts":"T","request":{"method":"GET","uri":"\/rest\/V1\/a","headers":{"X":[],"User-Agent":["ERP","b"]}},"status":200}"#,
            r#"{"@timestamp":"T","http":{"request":{"method":"GET"},"response":{"status_code":200}},"url":{"original":"/rest/V1/a"},"user_agent":{"original":"ERP"}}"#,
            r#"{"@timestamp":"T","http.request.method":"GET","http.response.status_code":200,"url.original":"/rest/V1/a","user_agent.original":"ERP"}"#,
            r#"{"StartUTC":"T","RequestMethod":"GET","RequestPath":"/rest/V1/a","DownstreamStatus":200,"request_User-Agent":"ERP"}"#,
        ] {
            assert_eq!(parsed(line), Some(request("GET", "/rest/V1/a", 200, "ERP", "T")), "{line}");
        }
    }

    #[test]
    fn the_key_that_is_named_first_counts() {
        let line =
            r#"{"time":"b","uri":"/index.php","method":"GET","request_uri":"/rest/V1/a","time_iso8601":"a"}"#;
        let request = parsed(line).unwrap();
        assert_eq!((&*request.target, request.time.as_deref()), ("/rest/V1/a", Some("a")));
        let keys = Keys::default().with([None, Some("x.y".parse().unwrap()), None, None, None]);
        let line = br#"{"request_uri":"/b","x":{"y":"POST /rest/V1/a HTTP/1.1","z":[1,{"y":2}]}}"#;
        let request = parse(line, &keys.wanted()).unwrap();
        assert_eq!((&*request.method, &*request.target), ("POST", "/rest/V1/a"));
        for key in ["", ".", "a.", ".a", "a..b"] {
            assert!(key.parse::<Key>().is_err(), "{key}");
        }
    }

    #[test]
    fn other_lines_are_refused() {
        for line in [
            "{",
            "{}",
            r#"{"request_uri":"/rest/V1/a"}"#,
            r#"{"request_method":"GET","uri":null}"#,
            r#"{"request_method":"GET","uri":"/rest/V1/a"} x"#,
            r#"{"request_method":"GET","uri":"/rest/V1/a","http_user_agent":"\x22"}"#,
            r#"{"request_method":"GET","uri":{"a":"/rest/V1/a"}}"#,
        ] {
            assert_eq!(parsed(line), None, "{line}");
        }
    }

    #[test]
    fn depth_is_harmless() {
        let [open, close] = ["[", "]"].map(|bracket| bracket.repeat(100_000));
        let beside = format!(r#"{{"a":{open}1{close},"request":"GET /rest/V1/a"}}"#);
        assert!(parsed(&beside).is_some());
        assert_eq!(parsed(&format!(r#"{{"request":{open}"GET /rest/V1/a"{close}}}"#)), None);
    }

    #[test]
    fn what_is_not_utf_8_has_a_stand_in() {
        let line = b"{\"request\":\"GET /rest/V1/\xff HTTP/1.1\"}";
        assert_eq!(parse(line, &Keys::default().wanted()).unwrap().target, "/rest/V1/\u{fffd}");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(target in "/[^ ]{0,30}", agent in ".{0,30}", status in 100..600u16, time in ".{0,9}") {
            let line = json!({
                "a": [{"request_uri": 1}], "request_method": "PUT", "status": status, "request_uri": target,
                "http_user_agent": agent, "time_iso8601": time,
            });
            let line = line.to_string();
            prop_assert_eq!(parsed(&line), Some(request("PUT", &target, status, &agent, &time)));
        }
    }
}
