//! Steps that turn the right way into a wrong one.

use super::{
    Mistake, Sent,
    attempt::{Attempt, ParameterOrder},
};
use crate::oauth::{
    Dialect, SignatureMethod,
    path::signed,
    percent::{decode, decode_form, encode},
    query::is_protocol_name,
};

/// Change of an attempt.
type Step = (Mistake, fn(&mut Attempt, &Sent<'_>));

/// Steps by kind; of each kind at most one is made. The most usual come first.
pub(super) const STEPS: &[(&str, &[Step])] = &[
    ("hash", &[(Mistake::OtherHash, |it, _| it.hash = other_hash(it.hash))]),
    ("key", KEY),
    (
        "scheme",
        &[(Mistake::OtherScheme, |it, _| {
            it.scheme = if it.scheme == "https" { "http" } else { "https" }.to_owned();
        })],
    ),
    ("path", PATH),
    ("query", QUERY),
    (
        "order",
        &[
            (Mistake::ByteOrder, |it, _| it.order = ParameterOrder::Bytes),
            (Mistake::NaturalOrder, |it, _| it.order = ParameterOrder::Natural),
            (Mistake::NotSorted, |it, _| it.order = ParameterOrder::AsSent),
        ],
    ),
    ("host", HOST),
    ("method", METHOD),
    ("form", &[(Mistake::FormMissing, |it, _| it.form.clear())]),
    ("header", HEADER),
    (
        "encoding",
        &[
            (Mistake::QueryInUrl, |it, sent| it.query_in_url = sent.request.query.map(str::to_owned)),
            (Mistake::ParametersNotEncoded, |it, _| it.encodes_parameters = false),
            (Mistake::UrlNotEncoded, |it, _| it.encodes_url = false),
        ],
    ),
];

const KEY: &[Step] = &[
    (Mistake::SecretsSwapped, |it, sent| it.key = key(sent.token_secret(), &sent.secrets.consumer_secret)),
    (Mistake::TokenSecretMissing, |it, sent| it.key = key(&sent.secrets.consumer_secret, "")),
    (Mistake::AmpersandMissing, |it, sent| it.key = encode(&sent.secrets.consumer_secret)),
    (Mistake::ConsumerSecretMissing, |it, sent| it.key = key("", sent.token_secret())),
    (Mistake::KeysAsSecrets, |it, sent| it.key = key(&sent.secrets.consumer_key, token(sent))),
    (Mistake::TokenAsSecret, |it, sent| it.key = key(&sent.secrets.consumer_secret, token(sent))),
    (Mistake::KeyAsSecret, |it, sent| it.key = key(&sent.secrets.consumer_key, sent.token_secret())),
];

const PATH: &[Step] = &[
    (Mistake::PathAsSent, |it, sent| sent.request.path.clone_into(&mut it.path)),
    (Mistake::PathDecoded, |it, sent| it.path = signed(sent.request.path, Dialect::Laminas)),
    (Mistake::PathUnescaped, |it, sent| {
        it.path = String::from_utf8_lossy(&decode(sent.request.path)).into_owned();
    }),
    (Mistake::PathTwice, |it, sent| it.path = sent.request.path.replace('%', "%25")),
    (Mistake::SlashMissing, |it, _| it.path.truncate(it.path.trim_end_matches('/').len())),
    (Mistake::SlashAdded, |it, _| {
        if !it.path.ends_with('/') {
            it.path.push('/');
        }
    }),
    (Mistake::StoreMissing, |it, _| {
        if let Some((before, behind)) = it.path.split_once("/V1/")
            && let Some((rest, store)) = before.rsplit_once('/')
            && store != "rest"
        {
            it.path = format!("{rest}/V1/{behind}");
        }
    }),
    (Mistake::StoreAdded, |it, _| it.path = it.path.replace("/rest/V1/", "/rest/default/V1/")),
    (Mistake::StoreAdded, |it, _| it.path = it.path.replace("/rest/V1/", "/rest/all/V1/")),
    (Mistake::PrefixMissing, |it, _| {
        if let Some(at) = it.path.find("/rest/") {
            it.path.drain(..at);
        }
    }),
    (Mistake::PrefixMissing, |it, _| {
        if let Some(at) = it.path.find("/V1/") {
            it.path.drain(..at);
        }
    }),
    (Mistake::PrefixAdded, |it, _| it.path.insert_str(0, "/index.php")),
];

const QUERY: &[Step] = &[
    (Mistake::QueryMissing, |it, _| it.query.clear()),
    (Mistake::PlusAsBlank, |it, sent| {
        it.query = last_of_each(pairs(sent, decode_form));
    }),
    (Mistake::OddPartsCounted, |it, sent| {
        it.query = last_of_each(all(sent, |part| !part.contains("oauth_"), decode));
    }),
    (Mistake::RepeatedCounted, |it, sent| it.query = pairs(sent, decode)),
    (Mistake::ReservedCounted, |it, sent| {
        it.query = last_of_each(all(sent, |part| part.matches('=').count() == 1, decode));
    }),
    (Mistake::QueryOfStandard, |it, sent| {
        it.query = all(sent, |_| true, decode_form);
        it.order = ParameterOrder::Bytes;
    }),
    (Mistake::QueryOfStandard, |it, sent| {
        it.query = last_of_each(all(sent, |_| true, decode_form));
        it.order = ParameterOrder::Bytes;
    }),
    (Mistake::QueryTwice, |it, _| {
        it.query.iter_mut().for_each(|(name, value)| (*name, *value) = (encode(&*name), encode(&*value)));
    }),
    (Mistake::QueryTwice, |it, _| it.query.iter_mut().for_each(|(_, value)| *value = encode(&*value))),
    (Mistake::QueryTwice, |it, sent| {
        it.query = all(sent, |_| true, |text| text.as_bytes().to_vec());
    }),
    (Mistake::QueryNotEncoded, |it, _| {
        let raw = |text: &str| String::from_utf8_lossy(&decode(text)).into_owned();
        it.query.iter_mut().for_each(|(name, value)| (*name, *value) = (raw(name), raw(value)));
    }),
    (Mistake::NamesNotEncoded, |it, _| {
        it.query.iter_mut().for_each(|(name, _)| *name = String::from_utf8_lossy(&decode(name)).into_owned());
    }),
];

const HOST: &[Step] = &[
    (Mistake::PortMissing, |it, _| {
        if let Some((host, port)) = it.authority.rsplit_once(':')
            && port.bytes().all(|byte| byte.is_ascii_digit())
        {
            it.authority = host.to_owned();
        }
    }),
    (Mistake::PortAdded, |it, _| {
        if !it.authority.contains(':') {
            it.authority += if it.scheme == "https" { ":443" } else { ":80" };
        }
    }),
    (Mistake::HostAsSent, |it, sent| sent.request.host.clone_into(&mut it.authority)),
];

const METHOD: &[Step] = &[
    (Mistake::OtherMethod, |it, _| "GET".clone_into(&mut it.method)),
    (Mistake::OtherMethod, |it, _| "POST".clone_into(&mut it.method)),
    (Mistake::OtherMethod, |it, _| "PUT".clone_into(&mut it.method)),
    (Mistake::OtherMethod, |it, _| "DELETE".clone_into(&mut it.method)),
    (Mistake::OtherMethod, |it, _| it.method.make_ascii_lowercase()),
];

const HEADER: &[Step] = &[
    (Mistake::VersionMissing, |it, _| it.header.retain(|(name, _)| name != "oauth_version")),
    (Mistake::TokenMissing, |it, _| it.header.retain(|(name, _)| name != "oauth_token")),
    (Mistake::OtherMethodName, |it, _| {
        let named = it.header.iter_mut().find(|(name, _)| name == "oauth_signature_method");
        if let Some((_, name)) = named {
            *name = SignatureMethod::named(name).map_or("HMAC-SHA256", |it| other_hash(it).name()).to_owned();
        }
    }),
];

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

/// Encoded pairs of the parts of the query that `counts` takes.
fn all(
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

/// Encoded pairs of the parts that Magento signs.
fn pairs(sent: &Sent<'_>, decode: impl Fn(&str) -> Vec<u8>) -> Vec<(String, String)> {
    let counts = |part: &str| {
        part.matches('=').count() == 1 && !is_protocol_name(part.split('=').next().unwrap_or_default())
    };
    all(sent, counts, decode)
}

fn last_of_each(pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    let unique: indexmap::IndexMap<String, String> = pairs.into_iter().collect();
    unique.into_iter().collect()
}
