//! Reasons for answers that a request alone does not show.

/// Reason for a refusal of a signature that fits.
pub(super) const SIGNATURE_FITS: &str = "the signature fits these credentials and this release: the shop has other secrets or another \
     release, or sees another scheme, host or path than the client\n\
     compare the secrets with Admin and name the release with --release; behind a proxy, name the address that the shop sees with \
     --base-url";

/// Reason for a refusal of a signature by a route that needs none.
pub(super) const SIGNATURE_UNREAD: &str = "the route needs no signature, and Magento does not check one here: another release, or \
     a system in front of the shop, refused the call\n\
     leave the Authorization header out, or name the release with --release";

/// Bodies in causes, in place of those of the route.
pub(super) const EXAMPLES: &str = "{\"entity\": {…}}, {\"product\": {…}}";

/// Reason for a message of Magento, and what to change.
pub(super) fn cause(message: &str) -> Option<&'static str> {
    known(CAUSES, message)
}

fn known(causes: &'static [Cause], text: &str) -> Option<&'static str> {
    let text = text.to_ascii_lowercase();
    let is_known = |(parts, _): &&Cause| parts.iter().any(|part| text.contains(part));
    causes.iter().find(is_known).map(|(_, cause)| *cause)
}

/// Parts of texts, in lowercase, and their reason.
type Cause = (&'static [&'static str], &'static str);

/// Reason for an answer with a message of a service, which depends on its data; `is_reached` if the call passes all checks.
pub(super) fn cause_of_service(status: u16, is_reached: bool) -> Option<&'static str> {
    match status {
        400 if is_reached => Some(
            "route, signature and permission are right: the service refuses the values, and its message says which\n\
             compare them with those that Admin accepts",
        ),
        404 if is_reached => Some(
            "route, signature and permission are right: there is no such object, at least not in the store of the path\n\
             compare the id with Admin",
        ),
        500.. => Some(
            "the code of the shop failed, perhaps because of a value that it does not expect\n\
             look into var/log/exception.log of the shop",
        ),
        _ => None,
    }
}

/// Reason for an answer without a message of Magento, and what to change.
pub(super) fn cause_of_other(status: Option<u16>, answer: &str, is_foreign: bool) -> Option<&'static str> {
    let is_of_client = status.is_none() && !answer.contains('<');
    let of_client = known(OF_CLIENTS, answer).filter(|_| is_of_client);
    if of_client.is_some() {
        return of_client;
    }
    let status = status.or_else(|| titled(answer).filter(|_| is_foreign)).unwrap_or_default();
    let is_refused = matches!(status, 0 | 200 | 403 | 405 | 406 | 429 | 503);
    let of_text = || known(OTHERS, answer).or_else(|| known(FIREWALLS, answer).filter(|_| is_refused));
    Some(match status {
        520..=527 => {
            "Cloudflare did not reach the web server of the shop, or waited too long\n\
             check whether it is running, and look into its log: the call may have been processed"
        }
        _ if let Some(cause) = of_text() => cause,
        301 | 302 | 303 | 307 | 308 => {
            "the web server redirects to another URL, for example from http to https or to another host, and the signature is of the first\n\
             call and sign the URL in the Location header"
        }
        401 if is_foreign => {
            "the web server asks for a password of its own (Basic authentication), and Magento never saw the request\n\
             let the path /rest pass without it"
        }
        403 => {
            "Magento answers 401 to missing permissions: this is from a web server, a firewall or a CDN in front of it\n\
             let the path /rest pass there, with the Authorization header and with `[` and `]` in the query"
        }
        404 if is_foreign => {
            "the web server or the storefront answered, not the REST API: the path does not lead to /rest of Magento\n\
             write /rest/V1/… below the base URL, or /index.php/rest/V1/… without rewrites"
        }
        413 => "the body is larger than the web server accepts\nsend less at once, or raise its limit",
        414 | 431 => {
            "the URL or a header is longer than the web server accepts\nuse fewer filters in searchCriteria"
        }
        429 => "a firewall or a CDN limits the number of calls\nwait, and send less at once",
        503 => {
            "the shop is in maintenance mode, or overloaded: the call was not processed\n\
             look at `bin/magento maintenance:status` and the number of PHP processes, and try again later"
        }
        502 | 504 => {
            "PHP did not answer in time, or ended\n\
             look into the logs of the web server and of PHP, and ask for fewer objects at once; the call may have been processed"
        }
        500.. => "an error that Magento did not catch\nlook into var/log and the log of PHP of the shop",
        _ if is_foreign => {
            "the answer is not from the REST API, but from the storefront, a login or a system in front of the shop\n\
             write /rest/V1/… below the base URL, and let that path pass"
        }
        _ => return None,
    })
}

/// Status in the title of a page, or in the first line of a text: `<title>502 Bad Gateway</title>`.
fn titled(answer: &str) -> Option<u16> {
    let title = answer.split_once("<title>").or_else(|| answer.split_once("<h1>"));
    let title = title.map_or(answer.lines().next(), |(_, rest)| rest.split('<').next())?;
    let numbers = title.split(|c: char| !c.is_ascii_digit());
    numbers.filter_map(|number| number.parse().ok()).find(|number| (300..600).contains(number))
}

/// Parts of answers of others, and their reasons.
const OTHERS: &[Cause] = &[
    (
        &["due to maintenance downtime"],
        "the shop is in maintenance mode: the call was not processed\n\
         look at `bin/magento maintenance:status`, and try again after `bin/magento maintenance:disable`",
    ),
    (
        &["there has been an error processing your request", "an error has happened during application run"],
        "Magento failed before or outside of the REST API, and wrote a report\n\
         look into the file in var/report with the number of this page, and into var/log/exception.log",
    ),
    (
        &["guru meditation", "backend fetch failed"],
        "Varnish got no answer from the web server behind it\n\
         look into the logs of the web server and of PHP; for long calls, raise first_byte_timeout of Varnish",
    ),
];

/// Parts of answers of firewalls, whose names are in all of their pages, and the reasons why they refuse.
const FIREWALLS: &[Cause] = &[
    (
        &["cloudflare", "just a moment...", "error code: 10"],
        "Cloudflare refused the client as a bot, or for its address: Magento never saw the request\n\
         look into its security events, and let the path /rest pass for the addresses of the connector",
    ),
    (
        &[
            "incapsula",
            "imperva",
            "akamai",
            "sucuri",
            "modsecurity",
            "mod_security",
            "requested url was rejected",
        ],
        "a web application firewall refused the request: Magento never saw it\n\
         look into its log for the number in this page, and let the path /rest pass, with the Authorization header and with `[` and `]` in \
         the query",
    ),
];

/// Parts of errors of clients, and their reasons.
const OF_CLIENTS: &[Cause] = &[
    (
        &["could not resolve host", "getaddrinfo", "name or service not known"],
        "the host of the URL is unknown to the client, and no request was sent\nlook at the URL, and at the DNS of the client",
    ),
    (
        &[
            "ssl certificate",
            "certificate verify failed",
            "self-signed certificate",
            "self signed certificate",
        ],
        "the client does not trust the certificate of the shop, and sent no request\n\
         let the web server send the whole chain, or give the client its CA certificate",
    ),
    (
        &["connection refused", "failed to connect", "couldn't connect"],
        "nothing answers at this host and port\ncheck whether the web server is running, and whether a firewall blocks the client",
    ),
    (
        &["timed out"],
        "the shop did not answer within the client's timeout\n\
         ask for fewer objects at once, or let the client wait longer; the call may have been processed",
    ),
    (
        &["empty reply from server", "connection reset"],
        "the connection was closed without an answer\n\
         look into the logs of the web server and of PHP, and of a firewall in front of them; the call may have been processed",
    ),
];

/// Parts of messages of all releases, and their reasons.
const CAUSES: &[Cause] = &[
    (
        &["authorized to access %resources"],
        "the caller lacks a permission, or was not recognised: the integration is not active or was reset, the module with these permissions \
         is not installed yet, or a proxy removed the Authorization header\n\
         activate the integration in System > Extensions > Integrations; `magespec status --magento ROOT` compares shop and spec",
    ),
    (
        &["the nonce is already being used"],
        "the same oauth_nonce came before, perhaps in a call that was refused: a nonce is used up before the signature is looked at\n\
         sign each attempt anew, also when a client or a proxy repeats a call",
    ),
    (
        &["an error occurred validating the nonce"],
        "oauth_timestamp is not a positive number, or more than 600 seconds ahead of the shop's clock, or oauth_nonce is empty\n\
         set the clock of the client, send seconds, not milliseconds, and a new nonce with each request",
    ),
    (
        &["signature is invalid", "invalid signature"],
        "the client signed a different text than the shop, or used other secrets\n\
         compare the text with `magespec sign --base-string`; behind a proxy the shop may see another scheme, host or path: try --base-url",
    ),
    (
        &["consumer having the specified key does not exist"],
        "the consumer key belongs to another shop, or its integration was deleted or reset by setup:upgrade\n\
         take the key from System > Extensions > Integrations of this shop; `magespec heal` restores credentials after a reset",
    ),
    (
        &["consumer key is not the correct length"],
        "a consumer key has 32 characters\nsend the key as Admin shows it",
    ),
    (
        &["specified token does not exist"],
        "the access token belongs to another shop, or was replaced: Reauthorize in Admin deletes the old one\n\
         take the token from System > Extensions > Integrations of this shop",
    ),
    (
        &["token is not associated with the specified consumer"],
        "consumer key and access token belong to different integrations\nuse both from the same one",
    ),
    (
        &["token is not an access token"],
        "the token is the request token of the handshake\nexchange it at /oauth/token/access, and use the token of that answer",
    ),
    (&["access token has been revoked"], "the access token was revoked\nactivate the integration again"),
    (
        &["consumer key has expired"],
        "the handshake began more than 300 seconds after Magento posted the credentials\n\
         ask for the request token at once; press Reauthorize in Admin to begin anew",
    ),
    (
        &["cannot create request token because consumer token is not a verifier token"],
        "a request token was made before, and Magento finds it first\npress Reauthorize in Admin, which deletes it",
    ),
    (
        &["verifier"],
        "oauth_verifier is not the one that Magento posted last\nuse the verifier of the last POST to the endpoint",
    ),
    (
        &["signature method"],
        "Magento from 2.4.4 on accepts only HMAC-SHA256, and the name is case-sensitive\nsign with HMAC-SHA256, and send that name",
    ),
    (&["oauth version"], "oauth_version is not 1.0\nsend 1.0, or leave it out"),
    (
        &["request does not match any route"],
        "no route of the shop has this method and path: it may come with another release or module\n\
         `magespec routes WORDS` finds the path of a release",
    ),
    (
        &["specified request cannot be processed"],
        "the path has neither a known store code nor the version behind /rest\nwrite /rest/V1/… or /rest/CODE/V1/…",
    ),
    (&["operation allowed only in https"], "the route is for https only\ncall it by https"),
    (&["decoding error"], "the body is not valid JSON or XML\nsend what Content-Type says"),
    (
        &["content-type"],
        "Magento decodes bodies of application/json and application/xml only\nsend Content-Type: application/json",
    ),
    (
        &["fieldname\" is required", "fieldname is a required field"],
        "the request lacks this parameter: a field in `parameters` of the answer is a key of the body, not of the object in it\n\
         send what the route expects: {\"entity\": {…}}, {\"product\": {…}}",
    ),
    (
        &["does not have accessor method"],
        "an object of the body has a field that its type in this release does not have\n\
         leave it out, or send it in custom_attributes or extension_attributes; `magespec openapi --calls` lists the fields",
    ),
    (
        &["invalid type for value"],
        "a value of the path, the query or the body has a different type than the release expects\n\
         send the type that the message expects; `magespec openapi --calls` lists those of all fields",
    ),
    (
        &["one or more input exceptions"],
        "several fields are missing or wrong: `errors` of the answer lists them\n\
         keys of the body are the parameters of the route: {\"entity\": {…}}, {\"product\": {…}}",
    ),
    (
        &["maximum searchcriteria pagesize"],
        "the shop limits the size of a page in Stores > Configuration > Services > Web API Limits\nsend a smaller pageSize, and ask page by page",
    ),
    (
        &["token length is invalid", "token is not the correct length"],
        "an access token has 32 characters\nsend it as Admin shows it: not its secret, and not that of an Admin user",
    ),
    (
        &["http method is not supported"],
        "Magento's REST API accepts only GET, POST, PUT and DELETE\nuse PUT for changes: fields that are left out stay as they are in most services",
    ),
    (
        &["request method is invalid"],
        "Magento's REST API accepts only GET, POST, PUT and DELETE\nuse one of them, in uppercase",
    ),
    (
        &["account sign-in was incorrect"],
        "name or password are wrong, or the account is locked after too many attempts\n\
         use an integration for a system, or wait for the lockout time of the shop",
    ),
    (
        &["unknown column"],
        "a field of searchCriteria or of a sort order is not a column of the table\n\
         filter by fields of the object itself, not by those of objects in it",
    ),
    (
        &["value's type is invalid"],
        "a field of the body has a different type than the release expects\n\
         send numbers as numbers and lists as lists; `magespec openapi --calls` lists the types",
    ),
    (
        &["entity that was requested doesn't exist", "no such entity"],
        "the call passed all checks, and there is no such object, at least not in the store of the path\n\
         compare the id with Admin: the number on an order is `increment_id`, not the `entity_id` of the path",
    ),
    (
        &["product that was requested doesn't exist"],
        "the call passed all checks, and there is no product with this SKU\n\
         encode the SKU in the path: %2F for a slash, %20 for a space",
    ),
    (
        &["requested store is not found"],
        "the store code of the path is unknown\nwrite /rest/V1/…, or the code of a store view",
    ),
    (
        &["internal error. details are available in magento log file"],
        "an exception that production mode hides\nlook for the report id in var/log/exception.log of the shop",
    ),
    (
        &["use the 2fa provider-specific endpoints"],
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
            "\"%fieldName\" is required. Enter and try again.",
            "%fieldName is a required field.",
            "No such entity with %fieldName = %fieldValue",
            "Requested store is not found",
        ] {
            assert!(cause(message).is_some(), "{message}");
        }
        assert_eq!(cause("Something else."), None);
        assert!(cause_of_service(400, true).is_some() && cause_of_service(401, true).is_none());
        assert!(
            cause_of_other(Some(403), "", false).is_some() && cause_of_other(Some(401), "", false).is_none()
        );
        assert_eq!(titled("<html><head><title>Error 503: Service Unavailable</title>"), Some(503));
    }
}
