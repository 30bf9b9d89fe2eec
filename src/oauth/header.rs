//! The `Authorization` header.

use super::{
    percent::{decode_text, encode},
    query::is_protocol_name,
};

/// Seconds that a timestamp may be ahead of the shop's clock (docs/magento/web-api.md#nonce).
pub const MOST_AHEAD: u64 = 600;

/// Parameters that signed requests need: a request for a request token the first five, a call the first six, and a request
/// for an access token all.
pub const PROTOCOL_PARAMETERS: [&str; 7] = [
    "oauth_consumer_key",
    "oauth_signature",
    "oauth_signature_method",
    "oauth_nonce",
    "oauth_timestamp",
    "oauth_token",
    "oauth_verifier",
];

/// Reads the OAuth parameters of a header as Magento does: none if it is not an OAuth header. The scheme counts in any case
/// and behind any text, the realm and names without `oauth_` are left out, and the last of several with one name counts.
#[must_use]
pub fn parse(header: &str) -> Option<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (name, value) in parts(header)?.filter(|(name, _)| is_protocol_name(name)) {
        let (name, value) = (decode_text(name), decode_text(value));
        match found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = value,
            None => found.push((name, value)),
        }
    }
    Some(found)
}

/// Realm of an OAuth header, which is not signed.
#[must_use]
pub fn realm(header: &str) -> Option<String> {
    parts(header)?.find(|(name, _)| *name == "realm").map(|(_, value)| decode_text(value))
}

/// Names and values of an OAuth header, as they are written but for quotes.
fn parts(header: &str) -> Option<impl Iterator<Item = (&str, &str)>> {
    const SCHEME: &str = "oauth ";
    let place = header.to_ascii_lowercase().find(SCHEME)?;
    let parts = header[place + SCHEME.len()..].split(',');
    let pairs = parts.filter_map(|part| trimmed(part).split_once('='));
    Some(pairs.map(|(name, value)| (name, value.trim_matches('"'))))
}

/// Writes a header.
#[must_use]
pub fn write(parameters: &[(String, String)]) -> String {
    let parts = parameters.iter().map(|(name, value)| format!("{}=\"{}\"", encode(name), encode(value)));
    format!("OAuth {}", parts.collect::<Vec<_>>().join(", "))
}

/// PHP's `trim`.
fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r', '\0', '\u{b}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(header: &str) -> Option<String> {
        Some(parse(header)?.iter().map(|(name, value)| format!("{name}={value};")).collect())
    }

    #[test]
    fn it_is_read_as_magento_reads_it() {
        let of = |header| parsed(header).unwrap();
        assert_eq!(
            of(r#"OAuth realm="x", oauth_token="a%2Fb",oauth_nonce=n"#),
            "oauth_token=a/b;oauth_nonce=n;"
        );
        assert_eq!(of("Foo oAUTH oauth_a=1, foo=2, oauth_a=\"3\""), "oauth_a=3;");
        assert_eq!(of("OAuth oauth_signature=a=b, oauth_"), "oauth_signature=a=b;");
        assert_eq!(of("OAuth "), "");
        assert_eq!(parsed("OAuth"), None);
        assert_eq!(parsed("Bearer x"), None);
        assert_eq!(realm("OAuth realm=\"a%20b\",oauth_token=x").as_deref(), Some("a b"));
        assert_eq!(realm("OAuth oauth_token=x"), None);
    }

    #[test]
    fn what_is_written_is_read() {
        let parameters = vec![("oauth_token".to_owned(), "a b\"+ä".to_owned())];
        assert_eq!(write(&parameters), "OAuth oauth_token=\"a%20b%22%2B%C3%A4\"");
        assert_eq!(parse(&write(&parameters)), Some(parameters));
    }
}
