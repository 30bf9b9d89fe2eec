//! Mistakes in words.

use std::borrow::Cow;

use crate::oauth::Dialect;

/// Advice on all mistakes in the key.
const KEY: &str = "the key is the consumer secret, `&`, and the access token secret";

/// Usual mistake of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SigningMistake {
    /// Signed as other releases compute it.
    OtherRelease(Dialect),
    /// HMAC-SHA1 under the name of HMAC-SHA256, or the other way round.
    OtherHash,
    /// Token secret before consumer secret.
    SecretsSwapped,
    /// Consumer secret and `&` only.
    TokenSecretMissing,
    /// Consumer secret without `&`.
    AmpersandMissing,
    /// Token secret only.
    ConsumerSecretMissing,
    /// Consumer key and access token in place of their secrets.
    KeysAsSecrets,
    /// Access token in place of its secret.
    TokenAsSecret,
    /// Consumer key in place of its secret.
    KeyAsSecret,
    /// `http` for `https`, or the other way round.
    OtherScheme,
    /// Port left out.
    PortMissing,
    /// Default port written out.
    PortAdded,
    /// `localhost` for `127.0.0.1`, with `www.` or without it, or the other way round.
    OtherHost,
    /// Path without scheme and host.
    PathOnly,
    /// Host with uppercase letters.
    HostAsSent,
    /// Scheme and host that the client calls, to a shop that has another base URL.
    HostAsCalled,
    /// Path as sent, to a release that decodes it.
    PathAsSent,
    /// Path decoded, to a release that uses it as sent.
    PathDecoded,
    /// Path without any escapes.
    PathUnescaped,
    /// Escapes of the path escaped again.
    PathTwice,
    /// Slash at the end left out.
    SlashMissing,
    /// Slash at the end added.
    SlashAdded,
    /// Store code left out.
    StoreMissing,
    /// Store code `default` or `all` added.
    StoreAdded,
    /// `/rest` or what is before it left out.
    PrefixMissing,
    /// Prefix such as `/index.php` added.
    PrefixAdded,
    /// Query left out.
    QueryMissing,
    /// The parameter of the query with this name left out.
    ParameterMissing(String),
    /// Query signed as RFC 5849 says.
    QueryOfStandard,
    /// Values of the query encoded once, to a release that signs them encoded twice.
    ValuesOnce,
    /// `+` as a space.
    PlusAsSpace,
    /// Parts without `=` or with two of them counted.
    OddPartsCounted,
    /// All of several with one name counted.
    RepeatedCounted,
    /// Names with `oauth_` counted.
    ReservedCounted,
    /// Names and values of the query encoded twice.
    QueryTwice,
    /// Names and values of the query not encoded.
    QueryNotEncoded,
    /// Names of the query not encoded.
    NamesNotEncoded,
    /// Fields of the form left out.
    FormMissing,
    /// Fields of a JSON body signed.
    BodySigned,
    /// `realm` of the header signed.
    RealmSigned,
    /// Parameters sorted by bytes.
    ByteOrder,
    /// Parameters in natural order.
    NaturalOrder,
    /// Parameters not sorted.
    NotSorted,
    /// Another method, or one in lowercase.
    OtherMethod,
    /// `oauth_version` left out.
    VersionMissing,
    /// `oauth_token` left out.
    TokenMissing,
    /// Another name of the signature method than that in the header.
    OtherMethodName,
    /// Query also in the URL.
    QueryInUrl,
    /// Parameters joined without being encoded.
    ParametersNotEncoded,
    /// URL not encoded.
    UrlNotEncoded,
    /// Signature encoded twice.
    SignatureEncodedTwice,
    /// Signature not encoded: its `+` became a space.
    SignatureNotEncoded,
    /// Base64 for URLs.
    SignatureForUrls,
    /// Base64 without its padding.
    SignatureWithoutPadding,
    /// Hexadecimal digits.
    SignatureInHex,
}

impl SigningMistake {
    /// Statement on what the client did, and on what to change.
    #[must_use]
    pub fn texts(&self) -> (Cow<'static, str>, &'static str) {
        let (wrong, change) = match self {
            Self::OtherRelease(dialect) => (
                match dialect {
                    Dialect::Zend => "the client signs as Magento up to 2.4.5 expects",
                    Dialect::Laminas => "the client signs as Magento 2.4.6 and 2.4.7 expect",
                    Dialect::Twice => "the client signs as Magento 2.4.8 expects",
                    Dialect::Parsed => "the client signs as Magento from 2.4.9 on expects",
                },
                "sign for the release of this shop",
            ),
            Self::OtherHash => (
                "the signature was computed with a different hash than oauth_signature_method names",
                "sign with HMAC-SHA256, and send that name",
            ),
            Self::SecretsSwapped => ("the secrets are in the wrong order", KEY),
            Self::TokenSecretMissing => ("the access token secret is missing in the key", KEY),
            Self::AmpersandMissing => ("the key is the consumer secret alone", KEY),
            Self::ConsumerSecretMissing => ("the consumer secret is missing in the key", KEY),
            Self::KeysAsSecrets => {
                ("the key consists of consumer key and access token instead of their secrets", KEY)
            }
            Self::TokenAsSecret => ("the access token was used instead of its secret", KEY),
            Self::KeyAsSecret => ("the consumer key was used instead of its secret", KEY),
            Self::OtherScheme => (
                "the client signed a different scheme than the shop sees",
                "sign the scheme of the URL; behind a proxy that ends TLS, make it send `X-Forwarded-Proto: https`",
            ),
            Self::PortMissing => {
                ("the port is missing in the signed URL", "sign the host with its port, as it is sent")
            }
            Self::PortAdded => (
                "the signed URL has a port that the shop does not see",
                "leave out port 80 of http and 443 of https",
            ),
            Self::HostAsSent => ("the signed host has uppercase letters", "sign the host in lowercase"),
            Self::HostAsCalled => (
                "the client signed the URL that it calls, and the shop has a different base URL",
                "sign the scheme and host of the base URL, or leave out --base-url if nothing changes them between client and shop",
            ),
            Self::PathAsSent => (
                "the path was signed as it was sent",
                "2.4.6 and 2.4.7 sign the decoded path: `/` for %2F, `+` for %2B; spaces stay %20",
            ),
            Self::PathDecoded => ("the path was signed decoded", "sign the path as it is sent, with %2F"),
            Self::PathUnescaped => (
                "the path was signed without its escapes",
                "sign `%20` and what else is not allowed in a path as escapes",
            ),
            Self::OtherHost => (
                "a different host was signed than the shop sees",
                "sign the host of the URL: localhost is not 127.0.0.1, and www. counts",
            ),
            Self::PathOnly => {
                ("the path was signed without scheme and host", "sign the whole URL, without its query")
            }
            Self::PathTwice => {
                ("the path was encoded twice", "encode each segment once before the call, and sign that URL")
            }
            Self::SlashMissing => {
                ("the slash at the end of the path was not signed", "sign the path that is sent")
            }
            Self::SlashAdded => ("a slash was signed at the end of the path", "sign the path that is sent"),
            Self::StoreMissing => {
                ("the store code of the path was not signed", "sign the path that is sent, `/rest/CODE/V1/…`")
            }
            Self::StoreAdded => {
                ("a store code was signed that is not in the path", "sign the path that is sent")
            }
            Self::PrefixMissing => (
                "the start of the path was not signed",
                "sign the whole path with `/rest`, as the shop receives it",
            ),
            Self::PrefixAdded => (
                "the signed path has a start that the shop does not see",
                "sign the path that the shop receives; a proxy may have removed a part",
            ),
            Self::QueryMissing => ("the query was not signed", "sign its parameters with those of OAuth"),
            Self::ParameterMissing(name) => {
                return (
                    format!("the parameter `{name}` of the query was not signed").into(),
                    "sign every parameter that is sent, including those added later",
                );
            }
            Self::QueryOfStandard => (
                "the query was signed as RFC 5849 says",
                "Magento leaves out parts without `=` or with two, uses the last of each name, keeps `+` and sorts [10] after [9]",
            ),
            Self::ValuesOnce => (
                "the values of the query were encoded once",
                "2.4.8 signs them encoded twice, which changes brackets, commas, colons and spaces",
            ),
            Self::PlusAsSpace => ("`+` in the query was signed as a space", "send %20, or sign %2B"),
            Self::OddPartsCounted => (
                "a part of the query without `=`, or with two, was signed",
                "Magento leaves it out: send `name=`, and %3D for a second `=`",
            ),
            Self::RepeatedCounted => (
                "several parameters with one name were signed",
                "Magento signs the last only: number them, tags[0]=…&tags[1]=…",
            ),
            Self::ReservedCounted => (
                "a parameter with `oauth_` in its name was signed",
                "Magento leaves it out of the signature: leave it out too, or rename it",
            ),
            Self::QueryTwice => (
                "names and values of the query were encoded twice",
                "decode them before they are encoded and signed",
            ),
            Self::QueryNotEncoded => (
                "names and values of the query were not encoded",
                "encode each, and then the joined parameters once more",
            ),
            Self::NamesNotEncoded => (
                "names of the query were not encoded",
                "encode `[` and `]` as %5B and %5D, and then the joined parameters once more",
            ),
            Self::FormMissing => (
                "the fields of the form were not signed",
                "sign them with the other parameters, or send JSON with Content-Type: application/json",
            ),
            Self::BodySigned => {
                ("the JSON body was signed", "leave it out: only the fields of a form are signed")
            }
            Self::RealmSigned => {
                ("the `realm` of the header was signed", "leave it out: it is sent but not signed")
            }
            Self::ByteOrder => {
                ("the parameters were sorted by bytes", "Magento sorts in natural order: [10] after [9]")
            }
            Self::NaturalOrder => (
                "the parameters were sorted in natural order",
                "this release sorts by bytes: [10] before [9]",
            ),
            Self::NotSorted => {
                ("the parameters were not sorted", "sort them by their encoded names, [10] after [9]")
            }
            Self::OtherMethod => (
                "a different HTTP method was signed than was sent",
                "sign the method that is sent, in uppercase",
            ),
            Self::VersionMissing => (
                "oauth_version was sent but not signed",
                "sign all parameters of the header except oauth_signature",
            ),
            Self::TokenMissing => (
                "oauth_token was sent but not signed",
                "sign all parameters of the header except oauth_signature",
            ),
            Self::OtherMethodName => (
                "a different oauth_signature_method was signed than was sent",
                "sign the parameters that are sent",
            ),
            Self::QueryInUrl => (
                "the signed URL has the query",
                "sign the URL without its query, which is part of the parameters",
            ),
            Self::ParametersNotEncoded => (
                "the joined parameters were not encoded",
                "encode them as a whole before they are joined to method and URL",
            ),
            Self::UrlNotEncoded => ("the URL was not encoded", "encode it before it is joined to the method"),
            Self::SignatureEncodedTwice => ("the signature is encoded twice in the header", "encode it once"),
            Self::SignatureNotEncoded => (
                "the signature is not encoded in the header",
                "write %2B for `+`, %2F for `/` and %3D for `=`",
            ),
            Self::SignatureForUrls => {
                ("the signature has the alphabet for URLs", "use base64 with `+` and `/`")
            }
            Self::SignatureWithoutPadding => {
                ("the signature lacks the `=` at its end", "keep the padding of base64")
            }
            Self::SignatureInHex => {
                ("the signature is in hexadecimal digits", "encode its bytes with base64")
            }
        };
        (wrong.into(), change)
    }
}
