//! Reasons for answers that a request alone does not show.

/// Reason for a message of Magento, and what to change.
pub(super) fn cause(message: &str) -> Option<&'static str> {
    CAUSES
        .iter()
        .find(|(start, _)| message.to_ascii_lowercase().contains(&start.to_ascii_lowercase()))
        .map(|(_, cause)| *cause)
}

/// Parts of messages of all releases, and their reasons.
const CAUSES: &[(&str, &str)] = &[
    (
        "authorized to access %resources",
        "the shop took the caller for one without the permissions, or for nobody: the integration is not active or was reset, the module with \
         these permissions is not installed yet, or a proxy removed the Authorization header\n\
         activate the integration in System > Extensions > Integrations; `magespec status --magento ROOT` compares shop and spec",
    ),
    (
        "the nonce is already being used",
        "the same oauth_nonce came before, perhaps in a call that was refused: a nonce is used up before the signature is looked at\n\
         sign each attempt anew, also when a client or a proxy repeats a call",
    ),
    (
        "an error occurred validating the nonce",
        "oauth_timestamp is not a positive number, or more than 600 seconds ahead of the shop's clock\n\
         set the clock of the client, and send seconds, not milliseconds",
    ),
    (
        "signature is invalid",
        "the client signed another text than the shop, or with other secrets\n\
         compare the text with `magespec sign --base-string`; behind a proxy the shop may see another scheme, host or path: try --base-url",
    ),
    (
        "invalid signature",
        "the client signed another text than the shop, or with other secrets\n\
         compare the text with `magespec sign --base-string`; behind a proxy the shop may see another scheme, host or path: try --base-url",
    ),
    (
        "consumer having the specified key does not exist",
        "the consumer key is of another shop, or its integration was deleted or reset by setup:upgrade\n\
         take the key from System > Extensions > Integrations of this shop; `magespec heal` restores credentials after a reset",
    ),
    (
        "consumer key is not the correct length",
        "a consumer key has 32 characters\nsend the key as Admin shows it",
    ),
    (
        "specified token does not exist",
        "the access token is of another shop, or was replaced: Reauthorize in Admin deletes the old one\n\
         take the token from System > Extensions > Integrations of this shop",
    ),
    (
        "token is not associated with the specified consumer",
        "consumer key and access token are of two integrations\ntake both from the same one",
    ),
    (
        "token is not an access token",
        "the token is the request token of the handshake\nexchange it at /oauth/token/access, and use the token of that answer",
    ),
    ("access token has been revoked", "the access token was revoked\nactivate the integration again"),
    (
        "consumer key has expired",
        "the handshake began more than 300 seconds after Magento posted the credentials\n\
         ask for the request token at once; press Reauthorize in Admin to begin anew",
    ),
    (
        "cannot create request token because consumer token is not a verifier token",
        "a request token was made before, and Magento finds it first\npress Reauthorize in Admin, which deletes it",
    ),
    (
        "verifier",
        "oauth_verifier is not the one that Magento posted last\nuse the verifier of the last POST to the endpoint",
    ),
    (
        "signature method",
        "Magento from 2.4.4 on accepts HMAC-SHA256 only, and the name in capitals\ncompute HMAC-SHA256, and name it",
    ),
    ("oauth version", "oauth_version is not 1.0\nsend 1.0, or leave it out"),
    (
        "request does not match any route",
        "no route of the shop has this method and path: it may come with another release or module\n\
         `magespec routes WORDS` finds the path of a release",
    ),
    (
        "specified request cannot be processed",
        "the path has neither a known store code nor the version behind /rest\nwrite /rest/V1/… or /rest/CODE/V1/…",
    ),
    ("operation allowed only in https", "the route is for https only\ncall it by https"),
    ("decoding error", "the body is not valid JSON or XML\nsend what Content-Type says"),
    (
        "content-type",
        "Magento decodes bodies of application/json and application/xml only\nsend Content-Type: application/json",
    ),
    (
        "internal error. details are available in magento log file",
        "an exception that production mode hides\nlook for the report id in var/log/exception.log of the shop",
    ),
    (
        "use the 2fa provider-specific endpoints",
        "two-factor authentication is on, and a password alone gives no token\nuse an integration, or POST /V1/tfa/provider/…",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_all_releases_have_a_cause() {
        for message in [
            "The consumer isn't authorized to access %resources.",
            "Consumer is not authorized to access %resources",
            "The signature is invalid. Verify and try again.",
            "Invalid signature",
            "The \"%1\" Oauth version isn't supported.",
            "Signature method %1 is not supported",
            "Verifier is not the correct length",
        ] {
            assert!(cause(message).is_some(), "{message}");
        }
        assert_eq!(cause("No such entity."), None);
    }
}
