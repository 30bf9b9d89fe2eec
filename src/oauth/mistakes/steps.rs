//! Steps that turn the right way into a wrong one.

use super::{
    Sent, SigningMistake,
    attempt::{Attempt, ParameterOrder},
};
use crate::oauth::{
    Dialect, SignatureMethod, SignedRequest,
    base_string::authority,
    path::signed,
    percent::{decode, decode_form, decode_text, encode},
    query::is_protocol_name,
};

/// Change of an attempt.
type Step = (SigningMistake, fn(&mut Attempt, &Sent<'_>));

/// Steps by kind; of each kind at most one is made. The most usual come first.
pub(super) const STEPS: &[(&str, &[Step])] = &[
    ("hash", &[(SigningMistake::OtherHash, |it, _| it.hash = other_hash(it.hash))]),
    ("key", KEY),
    (
        "scheme",
        &[
            (SigningMistake::OtherScheme, |it, _| {
                it.scheme = if it.scheme == "https" { "http" } else { "https" }.to_owned();
            }),
            (SigningMistake::PathOnly, |it, _| it.scheme.clear()),
        ],
    ),
    ("path", PATH),
    ("query", QUERY),
    (
        "order",
        &[
            (SigningMistake::ByteOrder, |it, _| it.order = ParameterOrder::Bytes),
            (SigningMistake::NaturalOrder, |it, _| it.order = ParameterOrder::Natural),
            (SigningMistake::NotSorted, |it, _| it.order = ParameterOrder::AsSent),
        ],
    ),
    ("host", HOST),
    ("method", METHOD),
    ("form", FORM),
    ("realm", &[(SigningMistake::RealmSigned, |it, sent| it.header.extend(realm(sent)))]),
    ("header", HEADER),
    (
        "encoding",
        &[
            (SigningMistake::QueryInUrl, |it, sent| it.query_in_url = sent.request.query.map(str::to_owned)),
            (SigningMistake::ParametersNotEncoded, |it, _| it.encodes_parameters = false),
            (SigningMistake::UrlNotEncoded, |it, _| it.encodes_url = false),
        ],
    ),
];

const KEY: &[Step] = &[
    (SigningMistake::SecretsSwapped, |it, sent| {
        it.key = key(sent.token_secret(), &sent.secrets.consumer_secret)
    }),
    (SigningMistake::TokenSecretMissing, |it, sent| it.key = key(&sent.secrets.consumer_secret, "")),
    (SigningMistake::AmpersandMissing, |it, sent| it.key = encode(&sent.secrets.consumer_secret)),
    (SigningMistake::ConsumerSecretMissing, |it, sent| it.key = key("", sent.token_secret())),
    (SigningMistake::KeysAsSecrets, |it, sent| it.key = key(&sent.secrets.consumer_key, token(sent))),
    (SigningMistake::TokenAsSecret, |it, sent| it.key = key(&sent.secrets.consumer_secret, token(sent))),
    (SigningMistake::KeyAsSecret, |it, sent| it.key = key(&sent.secrets.consumer_key, sent.token_secret())),
];

const PATH: &[Step] = &[
    (SigningMistake::PathAsSent, |it, sent| sent.request.path.clone_into(&mut it.path)),
    (SigningMistake::PathDecoded, |it, sent| it.path = signed(sent.request.path, Dialect::Laminas)),
    (SigningMistake::PathUnescaped, |it, sent| {
        it.path = decode_text(sent.request.path);
    }),
    (SigningMistake::PathTwice, |it, sent| it.path = sent.request.path.replace('%', "%25")),
    (SigningMistake::SlashMissing, |it, _| it.path.truncate(it.path.trim_end_matches('/').len())),
    (SigningMistake::SlashAdded, |it, _| {
        if !it.path.ends_with('/') {
            it.path.push('/');
        }
    }),
    (SigningMistake::StoreMissing, |it, _| {
        if let Some((before, behind)) = it.path.split_once("/V1/")
            && let Some((rest, store)) = before.rsplit_once('/')
            && store != "rest"
        {
            it.path = format!("{rest}/V1/{behind}");
        }
    }),
    (SigningMistake::StoreAdded, |it, _| it.path = it.path.replace("/rest/V1/", "/rest/default/V1/")),
    (SigningMistake::StoreAdded, |it, _| it.path = it.path.replace("/rest/V1/", "/rest/all/V1/")),
    (SigningMistake::PrefixMissing, |it, _| {
        if let Some(at) = it.path.find("/rest/") {
            it.path.drain(..at);
        }
    }),
    (SigningMistake::PrefixMissing, |it, _| {
        if let Some(at) = it.path.find("/V1/") {
            it.path.drain(..at);
        }
    }),
    (SigningMistake::PrefixAdded, |it, _| it.path.insert_str(0, "/index.php")),
];

const QUERY: &[Step] = &[
    (SigningMistake::QueryMissing, |it, _| it.query.clear()),
    (SigningMistake::ValuesOnce, |it, sent| it.query = last_of_each(once(sent, signs, decode))),
    (SigningMistake::PlusAsSpace, |it, sent| {
        it.query = last_of_each(pairs(sent, decode_form));
    }),
    (SigningMistake::OddPartsCounted, |it, sent| {
        it.query = last_of_each(all(sent, |part| !part.contains("oauth_"), decode));
    }),
    (SigningMistake::RepeatedCounted, |it, sent| it.query = pairs(sent, decode)),
    (SigningMistake::ReservedCounted, |it, sent| {
        it.query = last_of_each(all(sent, |part| part.matches('=').count() == 1, decode));
    }),
    (SigningMistake::QueryOfStandard, |it, sent| {
        it.query = once(sent, |_| true, decode_form);
        it.order = ParameterOrder::Bytes;
    }),
    (SigningMistake::QueryOfStandard, |it, sent| {
        it.query = last_of_each(once(sent, |_| true, decode_form));
        it.order = ParameterOrder::Bytes;
    }),
    (SigningMistake::QueryTwice, |it, _| {
        it.query.iter_mut().for_each(|(name, value)| (*name, *value) = (encode(&*name), encode(&*value)));
    }),
    (SigningMistake::QueryTwice, |it, _| it.query.iter_mut().for_each(|(_, value)| *value = encode(&*value))),
    (SigningMistake::QueryTwice, |it, sent| {
        it.query = once(sent, |_| true, |text| text.as_bytes().to_vec());
    }),
    (SigningMistake::QueryNotEncoded, |it, _| {
        let raw = decode_text;
        it.query.iter_mut().for_each(|(name, value)| (*name, *value) = (raw(name), raw(value)));
    }),
    (SigningMistake::NamesNotEncoded, |it, _| {
        it.query.iter_mut().for_each(|(name, _)| *name = decode_text(name));
    }),
];

const HOST: &[Step] = &[
    (SigningMistake::PortMissing, |it, _| {
        if let Some((host, port)) = it.authority.rsplit_once(':')
            && port.bytes().all(|byte| byte.is_ascii_digit())
        {
            it.authority = host.to_owned();
        }
    }),
    (SigningMistake::PortAdded, |it, _| {
        if !it.authority.contains(':') {
            it.authority += if it.scheme == "https" { ":443" } else { ":80" };
        }
    }),
    (SigningMistake::HostAsCalled, |it, sent| {
        if let Some((scheme, host)) = sent.unsigned.called {
            let called = SignedRequest { scheme, host, ..sent.request };
            (it.scheme, it.authority) = (scheme.to_owned(), authority(&called, sent.dialect));
        }
    }),
    (SigningMistake::OtherHost, |it, _| {
        let twins = [("127.0.0.1", "localhost"), ("localhost", "127.0.0.1"), ("www.", ""), ("", "www.")];
        let twin = twins.into_iter().find_map(|(from, to)| Some((it.authority.strip_prefix(from)?, to)));
        if let Some((rest, to)) = twin {
            it.authority = format!("{to}{rest}");
        }
    }),
    (SigningMistake::HostAsSent, |it, sent| sent.request.host.clone_into(&mut it.authority)),
];

const METHOD: &[Step] = &[
    (SigningMistake::OtherMethod, |it, _| "GET".clone_into(&mut it.method)),
    (SigningMistake::OtherMethod, |it, _| "POST".clone_into(&mut it.method)),
    (SigningMistake::OtherMethod, |it, _| "PUT".clone_into(&mut it.method)),
    (SigningMistake::OtherMethod, |it, _| "DELETE".clone_into(&mut it.method)),
    (SigningMistake::OtherMethod, |it, _| it.method.make_ascii_lowercase()),
];

const FORM: &[Step] = &[
    (SigningMistake::FormMissing, |it, _| it.form.clear()),
    (SigningMistake::BodySigned, |it, sent| it.form.extend(body(sent, 0))),
    (SigningMistake::BodySigned, |it, sent| it.form.extend(body(sent, 1))),
    (SigningMistake::BodySigned, |it, sent| it.form.extend(body(sent, 2))),
    (SigningMistake::BodySigned, |it, sent| it.form.extend(body(sent, 3))),
];

const HEADER: &[Step] = &[
    (SigningMistake::VersionMissing, |it, _| it.header.retain(|(name, _)| name != "oauth_version")),
    (SigningMistake::TokenMissing, |it, _| it.header.retain(|(name, _)| name != "oauth_token")),
    (SigningMistake::OtherMethodName, |it, _| {
        let named = it.header.iter_mut().find(|(name, _)| name == "oauth_signature_method");
        if let Some((_, name)) = named {
            *name = SignatureMethod::named(name).map_or("HMAC-SHA256", |it| other_hash(it).name()).to_owned();
        }
    }),
];

/// Attempts with one change of a kind.
pub(super) fn changed<'a>(
    (kind, steps): &'a (&str, &'static [Step]),
    attempt: &'a Attempt,
    sent: &'a Sent<'_>,
) -> impl Iterator<Item = (SigningMistake, Attempt)> + 'a {
    /// Parameters of a query of which one may be missing: those of more filters than anybody writes.
    const PARAMETERS: std::ops::RangeInclusive<usize> = 2..=64;
    let of_steps = steps.iter().map(|(mistake, apply)| {
        let mut changed = attempt.clone();
        apply(&mut changed, sent);
        (mistake.clone(), changed)
    });
    let count = Some(attempt.query.len()).filter(|count| *kind == "query" && PARAMETERS.contains(count));
    let left_out = (0..count.unwrap_or_default()).map(|place| {
        let mut changed = attempt.clone();
        let (name, _) = changed.query.remove(place);
        (SigningMistake::ParameterMissing(decode_text(&name)), changed)
    });
    of_steps.chain(left_out).filter(move |(_, changed)| changed != attempt)
}

const fn other_hash(hash: SignatureMethod) -> SignatureMethod {
    match hash {
        SignatureMethod::HmacSha1 => SignatureMethod::HmacSha256,
        SignatureMethod::HmacSha256 => SignatureMethod::HmacSha1,
    }
}

fn key(one: &str, other: &str) -> String {
    format!("{}&{}", encode(one), encode(other))
}

fn token<'a>(sent: &'a Sent<'_>) -> &'a str {
    sent.secrets.access_token.as_deref().unwrap_or_default()
}

/// Realm of the header as a parameter, as the release encodes parameters.
fn realm(sent: &Sent<'_>) -> Option<(String, String)> {
    sent.unsigned.realm.map(|realm| ("realm".to_owned(), sent.dialect.encode_value(realm)))
}

/// Parameters that a client makes of the body in one way, as the release encodes parameters.
fn body<'a>(sent: &'a Sent<'_>, way: usize) -> impl Iterator<Item = (String, String)> + 'a {
    let pairs = sent.bodies.get(way).into_iter().flatten();
    pairs.map(|(name, value)| (name.clone(), sent.dialect.encode_encoded(value.clone())))
}

/// Pairs of the parts of the query that `counts` selects, as the release encodes them.
fn all(
    sent: &Sent<'_>,
    counts: impl Fn(&str) -> bool,
    decode: impl Fn(&str) -> Vec<u8>,
) -> Vec<(String, String)> {
    let mut pairs = once(sent, counts, decode);
    if sent.dialect == Dialect::Twice {
        pairs.iter_mut().for_each(|(_, value)| *value = encode(&*value));
    }
    pairs
}

/// Pairs of the parts of the query that `counts` selects, encoded once.
fn once(
    sent: &Sent<'_>,
    counts: impl Fn(&str) -> bool,
    decode: impl Fn(&str) -> Vec<u8>,
) -> Vec<(String, String)> {
    let parts = sent.request.query.unwrap_or_default().split('&').filter(|part| !part.is_empty());
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (encode(decode(name)), encode(decode(value)))
    };
    parts.filter(|part| counts(part)).map(pair).collect()
}

/// Pairs of the parts that Magento signs, as the release encodes them.
fn pairs(sent: &Sent<'_>, decode: impl Fn(&str) -> Vec<u8>) -> Vec<(String, String)> {
    all(sent, signs, decode)
}

/// Returns true if Magento signs a part of the query.
fn signs(part: &str) -> bool {
    part.matches('=').count() == 1 && !is_protocol_name(part.split('=').next().unwrap_or_default())
}

fn last_of_each(pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    let unique: indexmap::IndexMap<String, String> = pairs.into_iter().collect();
    unique.into_iter().collect()
}
