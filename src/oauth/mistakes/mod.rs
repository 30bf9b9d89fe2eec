//! Usual mistakes of clients, tried on a signature that does not fit.

mod attempt;
mod body;
mod mistake;
mod steps;
mod unsigned;

use std::fmt;

pub use self::{mistake::SigningMistake, unsigned::UnsignedParts};
use base64::{Engine as _, prelude::BASE64_STANDARD};

use self::{
    attempt::Attempt,
    body::spelled,
    steps::{STEPS, changed},
};
use super::{Dialect, Secrets, SignatureMethod, SignedRequest, percent};

/// Way in which a signature was computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Mistakes, at least one.
    pub mistakes: Vec<SigningMistake>,
    /// Base string that fits the signature.
    pub base_string: String,
}

impl fmt::Display for Explanation {
    /// Writes what is wrong and what to change, one mistake a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, mistake) in self.mistakes.iter().enumerate() {
            let (wrong, change) = mistake.texts();
            write!(f, "{}{wrong}: {change}", if place == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

/// Request and secrets that a step works on.
struct Sent<'a> {
    request: SignedRequest<'a>,
    secrets: &'a Secrets,
    dialect: Dialect,
    unsigned: UnsignedParts<'a>,
    /// Parameters that clients make of the body, encoded, one list per way.
    bodies: &'a [Vec<(String, String)>],
}

/// Finds the one or two usual mistakes that explain a wrong signature; none if no such mistake does. `header` are the
/// parameters of the `Authorization` header with the signature.
#[must_use]
pub fn explain(
    request: &SignedRequest<'_>,
    header: &[(String, String)],
    secrets: &Secrets,
    dialect: Dialect,
    unsigned: UnsignedParts<'_>,
) -> Option<Explanation> {
    let of = |name: &str| header.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str());
    let given = spellings(of("oauth_signature")?);
    let method = of("oauth_signature_method").and_then(SignatureMethod::named);
    let method = method.unwrap_or(SignatureMethod::HmacSha256);
    let bodies = unsigned.body.map(spelled).unwrap_or_default();
    let search = |dialect: Dialect, first: Option<SigningMistake>, depth: usize| {
        let sent = Sent { request: *request, secrets, dialect, unsigned, bodies: &bodies };
        let attempt = Attempt::new(&sent, header, method);
        (0..=depth)
            .find_map(|depth| deepen(&sent, &attempt, &mut Vec::from_iter(first.clone()), depth, 0, &given))
    };
    let sent = Sent { request: *request, secrets, dialect, unsigned, bodies: &bodies };
    if given.first().is_some_and(|(_, given)| *given == Attempt::new(&sent, header, method).signature()) {
        return None;
    }
    let others = |depth: usize| {
        let mut others = Dialect::ALL.into_iter().filter(|other| *other != dialect);
        others.find_map(|other| search(other, Some(SigningMistake::OtherRelease(other)), depth))
    };
    search(dialect, None, 1).or_else(|| others(0)).or_else(|| search(dialect, None, 2)).or_else(|| others(1))
}

/// Lists the mistakes that clients usually make with a URL such as this one: where Magento leaves RFC 5849.
#[must_use]
pub fn pitfalls(
    request: &SignedRequest<'_>,
    header: &[(String, String)],
    secrets: &Secrets,
    dialect: Dialect,
) -> Vec<SigningMistake> {
    const USUAL: [SigningMistake; 9] = [
        SigningMistake::PathAsSent,
        SigningMistake::PathDecoded,
        SigningMistake::ValuesOnce,
        SigningMistake::PlusAsSpace,
        SigningMistake::OddPartsCounted,
        SigningMistake::RepeatedCounted,
        SigningMistake::ReservedCounted,
        SigningMistake::ByteOrder,
        SigningMistake::PortMissing,
    ];
    let unsigned = UnsignedParts::default();
    let sent = Sent { request: *request, secrets, dialect, unsigned, bodies: &[] };
    let right = Attempt::new(&sent, header, SignatureMethod::HmacSha256);
    let text = right.base_string();
    let steps = STEPS.iter().flat_map(|(_, steps)| steps.iter());
    let usual = steps.filter(|(mistake, _)| USUAL.contains(mistake));
    let changing = usual.filter(|(_, apply)| {
        let mut attempt = right.clone();
        apply(&mut attempt, &sent);
        attempt.base_string() != text
    });
    changing.map(|(mistake, _)| mistake.clone()).collect()
}

/// Tries all combinations of `depth` steps, each of another kind.
fn deepen(
    sent: &Sent<'_>,
    attempt: &Attempt,
    made: &mut Vec<SigningMistake>,
    depth: usize,
    from: usize,
    given: &[(Option<SigningMistake>, String)],
) -> Option<Explanation> {
    if depth == 0 {
        let signature = attempt.signature();
        let (spelling, _) = given.iter().find(|(_, given)| *given == signature)?;
        let mistakes: Vec<SigningMistake> = made.iter().chain(spelling).cloned().collect();
        // Without a mistake the signature is right.
        return (!mistakes.is_empty()).then(|| Explanation { mistakes, base_string: attempt.base_string() });
    }
    STEPS.iter().enumerate().skip(from).find_map(|(place, kind)| {
        changed(kind, attempt, sent).find_map(|(mistake, changed)| {
            made.push(mistake);
            let found = deepen(sent, &changed, made, depth - 1, place + 1, given);
            made.pop();
            found
        })
    })
}

/// The signature as it should be spelled, for each way in which it may be spelled.
fn spellings(given: &str) -> Vec<(Option<SigningMistake>, String)> {
    let mut all = vec![(None, given.to_owned())];
    if given.contains('%') {
        let decoded = percent::decode_text(given);
        all.push((Some(SigningMistake::SignatureEncodedTwice), decoded));
    }
    if given.contains(' ') {
        all.push((Some(SigningMistake::SignatureNotEncoded), padded(given.replace(' ', "+"))));
    }
    if given.contains(['-', '_']) {
        let usual = given.replace('-', "+").replace('_', "/");
        all.push((Some(SigningMistake::SignatureForUrls), padded(usual)));
    }
    let whole = padded(given.to_owned());
    if whole != given {
        all.push((Some(SigningMistake::SignatureWithoutPadding), whole));
    }
    let is_hex = given.len().is_multiple_of(2) && given.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex {
        let digits = given.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).into_owned());
        let bytes: Vec<u8> = digits.filter_map(|pair| u8::from_str_radix(&pair, 16).ok()).collect();
        all.push((Some(SigningMistake::SignatureInHex), BASE64_STANDARD.encode(bytes)));
    }
    all
}

/// Base64 with its padding.
fn padded(mut text: String) -> String {
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::{CallUrl, Outgoing};

    const URL: &str = "https://shop.example:8443/rest/default/V1/products/A%2FB?s%5B10%5D=a+b&s%5B9%5D=c%3Ad&bare&fields=id";

    fn secrets() -> Secrets {
        Secrets {
            consumer_key: "key".to_owned(),
            consumer_secret: "consumer secret".to_owned(),
            access_token: Some("token".to_owned()),
            access_token_secret: Some("token secret".to_owned()),
        }
    }

    fn signed(url: &CallUrl, dialect: Dialect) -> Outgoing {
        let (request, method) = (url.request("GET", None), SignatureMethod::HmacSha256);
        Outgoing::sign(&request, &secrets(), method, dialect, 17, "n")
    }

    /// Explanation of a GET of `url` with these parameters in its header.
    fn explained(url: &CallUrl, header: &[(String, String)]) -> Option<Explanation> {
        explain(&url.request("GET", None), header, &secrets(), Dialect::Laminas, UnsignedParts::default())
    }

    /// Each mistake, made alone, is found.
    #[test]
    fn single_mistakes_are_found() {
        let url = CallUrl::parse(URL).unwrap();
        let secrets = secrets();
        let request = url.request("GET", Some("field=x+y"));
        let unsigned = UnsignedParts {
            called: Some(("http", "Called.example")),
            realm: Some("a shop"),
            body: Some(r#"{"product": {"sku": "A B", "is_new": true, "ids": [1, 2.5]}, "x": "y"}"#),
        };
        let bodies = spelled(unsigned.body.unwrap());
        let sent = Sent { request, secrets: &secrets, dialect: Dialect::Laminas, unsigned, bodies: &bodies };
        let method = SignatureMethod::HmacSha256;
        let header = Outgoing::sign(&request, &secrets, method, Dialect::Laminas, 17, "n").parameters;
        let right = Attempt::new(&sent, &header, method);
        assert_eq!(explain(&request, &header, &secrets, Dialect::Laminas, UnsignedParts::default()), None);
        let mut tried = 0;
        for kind in STEPS {
            for (mistake, attempt) in changed(kind, &right, &sent) {
                let kind = kind.0;
                tried += 1;
                let mut wrong = header.clone();
                wrong.retain(|(name, _)| name != "oauth_signature");
                wrong.push(("oauth_signature".to_owned(), attempt.signature()));
                let found = explain(&request, &wrong, &secrets, Dialect::Laminas, unsigned).unwrap();
                assert_eq!(found.mistakes.len(), 1, "{kind} {mistake:?}: {found:?}");
                assert_eq!(found.base_string, attempt.base_string(), "{kind} {mistake:?}");
            }
        }
        assert!(tried > 30, "{tried}");
    }

    #[test]
    fn other_releases_and_two_mistakes_are_found() {
        let url = CallUrl::parse(URL).unwrap();
        let mistakes = |signature: String| {
            let mut header = signed(&url, Dialect::Laminas).parameters;
            header.retain(|(name, _)| name != "oauth_signature");
            header.push(("oauth_signature".to_owned(), signature));
            explained(&url, &header).map(|it| it.mistakes)
        };
        let signature = |outgoing: &Outgoing| outgoing.parameters.last().unwrap().1.clone();
        let plain = CallUrl::parse("https://shop.example/rest/V1/products/A%2FB").unwrap();
        let zend = signed(&plain, Dialect::Zend);
        let found = explained(&plain, &zend.parameters).unwrap();
        assert_eq!(found.mistakes, [SigningMistake::PathAsSent]);

        let right = signed(&url, Dialect::Laminas);
        let method = SignatureMethod::HmacSha1;
        let sha1 = method.sign(&right.base_string, "consumer secret", "token secret");
        assert_eq!(mistakes(sha1), Some(vec![SigningMistake::OtherHash]));
        let swapped = method.sign(&right.base_string, "token secret", "consumer secret");
        assert_eq!(mistakes(swapped), Some(vec![SigningMistake::OtherHash, SigningMistake::SecretsSwapped]));
        let http = right.base_string.replace("https%3A", "http%3A");
        let http = SignatureMethod::HmacSha256.sign(&http, "consumer secret", "");
        assert_eq!(
            mistakes(http),
            Some(vec![SigningMistake::TokenSecretMissing, SigningMistake::OtherScheme])
        );
        let bare = signature(&right).trim_end_matches('=').to_owned();
        assert_eq!(mistakes(bare), Some(vec![SigningMistake::SignatureWithoutPadding]));
        for (given, whole) in [("ab-_cd", "ab+/cd=="), ("ab cde", "ab+cde==")] {
            assert!(spellings(given).iter().any(|(_, spelled)| spelled == whole), "{given}");
        }
        let encoded = percent::encode(signature(&right));
        assert_eq!(mistakes(encoded), Some(vec![SigningMistake::SignatureEncodedTwice]));
        assert_eq!(mistakes("AAAA".to_owned()), None);
        let twice = signature(&signed(&url, Dialect::Twice));
        assert_eq!(mistakes(twice), Some(vec![SigningMistake::OtherRelease(Dialect::Twice)]));
    }

    /// A client that follows RFC 5849 leaves out the second encoding of 2.4.8, also where its query has no space.
    #[test]
    fn values_encoded_once_are_found() {
        let secrets = secrets();
        let method = SignatureMethod::HmacSha256;
        for (query, mistake) in [
            ("fields=items%5Bid%5D,total_count", SigningMistake::ValuesOnce),
            ("from=2026-01-01%2010:00:00&x=1", SigningMistake::ValuesOnce),
            ("text=a+b", SigningMistake::PlusAsSpace),
        ] {
            let url = CallUrl::parse(&format!("https://shop.example/rest/V1/orders?{query}")).unwrap();
            let request = url.request("GET", None);
            let header = signed(&url, Dialect::Twice).parameters;
            let unsigned = UnsignedParts::default();
            let sent = Sent { request, secrets: &secrets, dialect: Dialect::Twice, unsigned, bodies: &[] };
            let mut attempt = Attempt::new(&sent, &header, method);
            let step = STEPS.iter().flat_map(|(_, steps)| steps.iter()).find(|(it, _)| *it == mistake);
            step.unwrap().1(&mut attempt, &sent);
            let mut wrong = header.clone();
            wrong.retain(|(name, _)| name != "oauth_signature");
            wrong.push(("oauth_signature".to_owned(), attempt.signature()));
            let found =
                explain(&request, &wrong, &secrets, Dialect::Twice, UnsignedParts::default()).unwrap();
            assert_eq!(
                (found.mistakes, found.base_string),
                (vec![mistake], attempt.base_string()),
                "{query}"
            );
        }
    }

    /// Two filters and a page have more than eight parameters.
    #[test]
    fn a_parameter_that_is_missing_is_named() {
        let query: String = (1..=12).map(|number| format!("&s%5B{number}%5D=x")).collect();
        let url = CallUrl::parse(&format!("https://shop.example/rest/V1/x?{}", &query[1..])).unwrap();
        let without = CallUrl { query: Some(query[1..].replace("&s%5B11%5D=x", "")), ..url.clone() };
        let header = signed(&without, Dialect::Laminas).parameters;
        let found = explained(&url, &header).unwrap();
        assert_eq!(
            found.to_string(),
            "the parameter `s[11]` of the query was not signed: sign every parameter that is sent, including those added later"
        );
    }

    /// A client that follows RFC 5849 makes one mistake, not four.
    #[test]
    fn the_standard_is_one_mistake() {
        let url =
            CallUrl::parse("https://shop.example/rest/V1/x?s%5B10%5D=a+b&s%5B9%5D=c&t=1&t=2&bare").unwrap();
        let mut header = signed(&url, Dialect::Laminas).parameters;
        header.pop();
        let own: Vec<String> = header.iter().map(|(name, value)| format!("{name}%3D{value}")).collect();
        let base = format!(
            "GET&https%3A%2F%2Fshop.example%2Frest%2FV1%2Fx&bare%3D%26{}%26s%255B10%255D%3Da%2520b%26s%255B9%255D%3Dc%26t%3D1%26t%3D2",
            own.join("%26")
        );
        let signature = SignatureMethod::HmacSha256.sign(&base, "consumer secret", "token secret");
        header.push(("oauth_signature".to_owned(), signature));
        let found = explained(&url, &header).unwrap();
        assert_eq!((found.mistakes, found.base_string), (vec![SigningMistake::QueryOfStandard], base));
    }
}
