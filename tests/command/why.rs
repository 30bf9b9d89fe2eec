//! `magespec why`.

use std::{fs, io::Write as _, path::Path, process::Stdio};

use magespec::oauth::{CallUrl, Dialect, Outgoing, Secrets, SignatureMethod};

use super::{SPEC, command, ran};

pub(super) const URL: &str = "https://shop.example/rest/V1/orders/1";
pub(super) const INVALID: &str = r#"{"message":"The signature is invalid. Verify and try again."}"#;
pub(super) const GUEST: &str = r#"{"message":"The consumer isn't authorized to access %resources.","parameters":{"resources":"Magento_Sales::actions_view"}}"#;

pub(super) fn secrets() -> Secrets {
    Secrets {
        consumer_key: "k".repeat(32),
        consumer_secret: "hidden-1".to_owned(),
        access_token: Some("t".repeat(32)),
        access_token_secret: Some("hidden-2".to_owned()),
    }
}

pub(super) fn dir() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let secrets = serde_json::to_string(&secrets()).unwrap();
    fs::write(dir.path().join("erp.json"), secrets).unwrap();
    fs::write(dir.path().join("integration.toml"), SPEC.replace("\"2.4.2\"", "\"2.4.7\"")).unwrap();
    dir
}

/// Explains a text given on standard input.
#[track_caller]
pub(super) fn why(dir: &Path, arguments: &[&str], text: &str) -> String {
    let mut child = command(dir, &[&["why"], arguments].concat());
    let mut child =
        child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let ran = ran(child.wait_with_output().unwrap());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(!ran.stdout.contains("hidden"), "{}", ran.stdout);
    ran.stdout
}

pub(super) fn signed(url: &str, dialect: Dialect, secrets: &Secrets) -> String {
    let url = CallUrl::parse(url).unwrap();
    let request = url.request("GET", None);
    Outgoing::sign(&request, secrets, SignatureMethod::HmacSha256, dialect, 1_700_000_000, "n").header()
}

pub(super) fn curl(url: &str, header: &str, answer: &str) -> String {
    format!("curl -g '{url}' \\\n  -H 'Authorization: {header}'\nHTTP/1.1 401 Unauthorized\n\n{answer}\n")
}

#[track_caller]
pub(super) fn contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn the_wrong_part_of_a_signature_is_found() {
    let dir = dir();
    let url = "https://shop.example/rest/V1/products/A%2FB";
    let text = curl(url, &signed(url, Dialect::Zend, &secrets()), INVALID);
    let arguments = ["--credentials", "erp.json", "--release", "2.4.7-p3"];
    contains(
        &why(dir.path(), &arguments, &text),
        &[
            "GET https://shop.example/rest/V1/products/A%2FB\n  answer   401 The signature is invalid. Verify and try again.\n",
            "  route    GET /V1/products/:sku of Magento 2.4.7-p3; needs Magento_Catalog::products\n",
            "  reason   the path was signed as it was sent: 2.4.6 and 2.4.7 sign the decoded path",
            "the shop signs   GET&https%3A%2F%2Fshop.example%2Frest%2FV1%2Fproducts%2FA%2FB&",
            "the client signs GET&https%3A%2F%2Fshop.example%2Frest%2FV1%2Fproducts%2FA%252FB&",
        ],
    );
    let swapped = Secrets {
        consumer_secret: "hidden-2".to_owned(),
        access_token_secret: Some("hidden-1".to_owned()),
        ..secrets()
    };
    let text = curl(URL, &signed(URL, Dialect::Laminas, &swapped), INVALID);
    contains(
        &why(dir.path(), &arguments, &text),
        &["reason   the secrets are in the wrong order: the key is"],
    );
    let other = Secrets { consumer_secret: "other".to_owned(), ..secrets() };
    let text = curl(URL, &signed(URL, Dialect::Laminas, &other), INVALID);
    contains(&why(dir.path(), &arguments, &text), &["reason   no usual mistake explains the signature"]);
    let http = signed(&URL.replace("https", "http"), Dialect::Laminas, &secrets());
    contains(
        &why(dir.path(), &arguments, &curl(URL, &http, INVALID)),
        &["reason   the client signed a different scheme"],
    );
    let base = [&arguments[..], &["--base-url", "http://shop.example"]].concat();
    contains(
        &why(dir.path(), &base, &curl(URL, &http, INVALID)),
        &["reason   the signature fits these credentials"],
    );
}

/// Without secrets the usual mistakes with such a URL are listed, if it is one on which Magento leaves the standard.
#[test]
fn without_secrets_the_usual_mistakes_are_listed() {
    let dir = dir();
    let url = "https://shop.example/rest/V1/orders?searchCriteria[f][10]=a&searchCriteria[f][9]=b+c";
    let text = curl(url, &signed(url, Dialect::Laminas, &secrets()), INVALID);
    let explained = why(dir.path(), &["--release", "2.4.7"], &text);
    contains(
        &explained,
        &["whether the parameters were sorted by bytes", "whether `+` in the query was signed as a space"],
    );
    contains(
        &explained,
        &["note     the signature was not checked: pass the client's secrets with --credentials FILE"],
    );
    assert!(!explained.contains("whether the path"), "{explained}");
}

#[test]
fn permissions_are_those_of_the_spec() {
    let dir = dir();
    let url = "https://shop.example/rest/V1/products/A";
    let answer = GUEST.replace("Magento_Sales::actions_view", "Magento_Catalog::products");
    let text = curl(url, &signed(url, Dialect::Laminas, &secrets()), &answer);
    contains(
        &why(dir.path(), &[], &text),
        &["reason   integration \"Acme Warehouse\" lacks Magento_Catalog::products"],
    );
    // The spec allows the call, and the shop does not.
    let text = curl(URL, &signed(URL, Dialect::Laminas, &secrets()), GUEST);
    contains(
        &why(dir.path(), &[], &text),
        &["reason   the caller lacks a permission, or was not recognised", "find nothing wrong"],
    );
    let bearer = curl(URL, "Bearer x", GUEST);
    contains(
        &why(dir.path(), &[], &bearer),
        &["reason   the caller lacks a permission, or was not recognised", "the bearer token was not judged"],
    );
    let none = format!("GET {URL}\n\n{GUEST}");
    contains(&why(dir.path(), &[], &none), &["reason   the request has no Authorization header"]);
    let in_query = format!("GET {URL}?oauth_consumer_key=k&oauth_token=t\n\n{GUEST}");
    contains(&why(dir.path(), &[], &in_query), &["Magento reads OAuth parameters from nowhere else"]);
    let own = URL.replace("orders/1", "customers/me");
    let own = curl(
        &own,
        &signed(&own, Dialect::Laminas, &secrets()),
        &GUEST.replace("Magento_Sales::actions_view", "self"),
    );
    contains(
        &why(dir.path(), &[], &own),
        &["for the customer who is logged in", "the route is for customers"],
    );
    fs::remove_file(dir.path().join("integration.toml")).unwrap();
    contains(
        &why(dir.path(), &[], &text),
        &["note     permissions were not checked: name a spec with --spec"],
    );
}

#[test]
fn every_form_of_a_request_is_read() {
    let dir = dir();
    let log = "10.0.0.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /rest/V1/order/1 HTTP/1.1\" 404 12 \"-\" \"x\"\n\
               10.0.0.1 - - [01/Jan/2026:00:00:00 +0000] \"GET /rest/V1/orders/1 HTTP/1.1\" 401 12 \"-\" \"x\"";
    contains(
        &why(dir.path(), &[], log),
        &[
            "GET /rest/V1/order/1\n  answer   404\n  reason   Magento",
            "a log has neither the Authorization header nor the body",
        ],
    );
    let har = format!(
        r#"{{"request": {{"method": "PATCH", "url": "{URL}", "headers": []}}, "response": {{"status": 405, "content":
        {{"text": "{{\"message\":\"The PATCH HTTP method is not supported.\"}}"}}}}}}"#
    );
    contains(
        &why(dir.path(), &[], &har),
        &[
            "answer   405 The PATCH HTTP method is not supported.",
            "reason   Magento's REST API accepts only GET, POST, PUT and DELETE",
        ],
    );
    let sha1 = signed(URL, Dialect::Laminas, &secrets()).replace("SHA256", "SHA1");
    let answer = r#"{"message":"Signature method %1 is not supported","parameters":["HMAC-SHA1"]}"#;
    let text = format!(
        "GET /rest/V1/orders/1 HTTP/1.1\nHost: shop.example\nAuthorization: {sha1}\n\nHTTP/1.1 400 Bad Request\n\n{answer}"
    );
    contains(
        &why(dir.path(), &[], &text),
        &["reason   Magento 2.4.7", "accepts only HMAC-SHA256 (case-sensitive)"],
    );
    let nonce =
        r#"{"message":"The nonce is already being used by the consumer with ID %1","parameters":["2"]}"#;
    let text = curl(URL, &signed(URL, Dialect::Laminas, &secrets()), nonce);
    contains(&why(dir.path(), &[], &text), &["reason   the same oauth_nonce came before"]);
    let mut broken = command(dir.path(), &["why"]);
    let broken = ran(broken.output().unwrap());
    assert_eq!(broken.status, 1);
    contains(&broken.stderr, &["standard input is neither a curl command"]);
}

/// Faults that the request itself shows, beyond signature and permission.
#[test]
fn answers_about_the_request_are_explained() {
    let dir = dir();
    let text = |method: &str, target: &str, body: &str, answer: &str| {
        let url = format!("https://shop.example{target}");
        let url = CallUrl::parse(&url).unwrap();
        let signed = Outgoing::sign(
            &url.request(method, None),
            &secrets(),
            SignatureMethod::HmacSha256,
            Dialect::Laminas,
            17,
            "n",
        );
        format!(
            "{method} {target} HTTP/1.1\nHost: shop.example\nContent-Type: application/json\nAuthorization: {}\n\n{body}\n\n{answer}",
            signed.header()
        )
    };
    let no_route = "HTTP/1.1 404 Not Found\n\n{\"message\":\"Request does not match any route.\"}";
    contains(
        &why(dir.path(), &[], &text("GET", "/rest/V1/order/1", "", no_route)),
        &[
            "reason   Magento 2.4.7",
            "has no route like GET /V1/order/1",
            "note     similar routes: GET /V1/orders/:id",
        ],
    );
    // The spec lets it through to the parameters of the service.
    fs::write(
        dir.path().join("integration.toml"),
        SPEC.replace("\"2.4.2\"", "\"2.4.7\"")
            .replace("Magento_Sales::actions_view", "Magento_Catalog::products"),
    )
    .unwrap();
    let missing = "HTTP/1.1 400 Bad Request\n\n{\"message\":\"\\\"%fieldName\\\" is required. Enter and try again.\",\"parameters\":{\"fieldName\":\"product\"}}";
    contains(
        &why(dir.path(), &[], &text("POST", "/rest/V1/products", "{\"sku\":\"A\"}", missing)),
        &[
            "answer   400 \"product\" is required. Enter and try again.",
            "needs Magento_Catalog::products; takes product, saveOptions?",
            "reason   the request lacks this parameter",
            "send what the route expects: {\"product\": …}",
        ],
    );
    let kind = "HTTP/1.1 400 Bad Request\n\n{\"message\":\"The \\\"%1\\\" value's type is invalid.\",\"parameters\":[\"x\"]}";
    contains(
        &why(dir.path(), &[], &text("POST", "/rest/V1/products", "{\"product\":{}}", kind)),
        &["400 The \"x\" value's type is invalid.", "reason   a field of the body has a different type"],
    );
    let gone = "HTTP/1.1 404 Not Found\n\n{\"message\":\"The product that was requested doesn't exist. Verify the product and try again.\"}";
    contains(
        &why(dir.path(), &[], &text("GET", "/rest/V1/products/A%252FB", "", gone)),
        &["reason   the call passed all checks, and there is no product with this SKU"],
    );
}

/// Answers that are not Magento's.
#[test]
fn answers_of_others_are_told_apart() {
    let dir = dir();
    let header = signed(URL, Dialect::Laminas, &secrets());
    for (answer, reason) in [
        (
            "HTTP/1.1 403 Forbidden\nServer: cloudflare\n\n<html>Forbidden</html>",
            "this is from a web server, a firewall or a CDN",
        ),
        (
            "HTTP/1.1 301 Moved Permanently\nLocation: https://www.shop.example/\n\n",
            "the web server redirects to another URL",
        ),
        (
            "HTTP/1.1 401 Unauthorized\n\n<html><h1>401 Authorization Required</h1></html>",
            "asks for a password of its own",
        ),
        (
            "HTTP/1.1 404 Not Found\n\n<!DOCTYPE html><html></html>",
            "the web server or the storefront answered",
        ),
        ("HTTP/1.1 503 Service Unavailable\n\n", "maintenance mode"),
        ("HTTP/1.1 504 Gateway Time-out\n\n<html></html>", "PHP did not answer in time"),
        (
            "<html>\n<head><title>502 Bad Gateway</title></head>\n<body><center>nginx</center></body></html>",
            "look into the logs of the web server and of PHP",
        ),
        (
            "HTTP/1.1 503 x\n\n<!doctype html><h1>Service Temporarily Unavailable</h1>unable to service your request due to maintenance downtime",
            "look at `bin/magento maintenance:status`",
        ),
        (
            "HTTP/1.1 200 OK\n\n<!doctype html><title>Customer Login</title>",
            "the answer is not from the REST API",
        ),
        (
            "HTTP/1.1 200 OK\n\n<html>The requested URL was rejected. ID 17</html>",
            "a web application firewall",
        ),
        ("<!doctype html><h1>There has been an error processing your request</h1>", "the file in var/report"),
        ("HTTP/1.1 403 x\n\n<!DOCTYPE html><title>Just a moment...</title>", "Cloudflare refused the client"),
        (
            "curl: (60) SSL certificate problem: unable to get local issuer certificate",
            "does not trust the certificate",
        ),
        ("curl: (52) Empty reply from server", "closed without an answer"),
        ("HTTP/1.1 413 x\n\n<html><center>cloudflare</center></html>", "larger than the web server accepts"),
        ("HTTP/1.1 503 x\n\nupstream connect error: connection refused", "maintenance mode"),
        ("{\"error\": \"upstream request timeout\"}", "the answer is not from the REST API"),
        ("504 Gateway Timeout", "PHP did not answer in time"),
        ("HTTP/1.1 503 x\n\n<html><title>503 Backend fetch failed</title>Guru Meditation", "log"),
    ] {
        let text = format!(
            "GET /rest/V1/orders/1 HTTP/1.1\nHost: shop.example\nAuthorization: {header}\n\n{answer}"
        );
        contains(&why(dir.path(), &[], &text), &["reason   ", reason]);
        // Without a signature, the page is explained nevertheless.
        let unsigned = format!("GET /rest/V1/orders/1 HTTP/1.1\nHost: shop.example\n\n{answer}");
        contains(&why(dir.path(), &[], &unsigned), &["reason   ", reason]);
    }
    let xml = format!(
        "GET /rest/V1/orders/1 HTTP/1.1\nHost: shop.example\nAuthorization: {header}\nAccept: application/xml\n\nHTTP/1.1 401 Unauthorized\n\n\
         <?xml version=\"1.0\"?>\n<response><message>The nonce is already being used by the consumer with ID %1</message></response>"
    );
    contains(&why(dir.path(), &[], &xml), &["reason   the same oauth_nonce came before"]);
    let handshake = "POST /oauth/token/request HTTP/1.1\nHost: shop.example\nAuthorization: OAuth oauth_consumer_key=\"x\"\n\n\
                     HTTP/1.1 401 Unauthorized\n\noauth_problem=Consumer+key+has+expired";
    contains(
        &why(dir.path(), &[], handshake),
        &["answer   401 Consumer key has expired", "reason   the handshake began more than 300 seconds"],
    );
}

/// A successful answer without its status is one, and a token that is not known is not judged.
#[test]
fn what_the_answer_shows_counts_more_than_the_request() {
    let dir = dir();
    let accepted = why(dir.path(), &[], &format!("curl {URL}\n{{\"entity_id\": 1}}"));
    contains(&accepted, &["reason   the shop accepted the call"]);
    let gone =
        r#"{"message":"The entity that was requested doesn't exist. Verify the entity and try again."}"#;
    let bearer = why(dir.path(), &[], &format!("curl {URL} -H 'Authorization: Bearer x'\n{gone}"));
    assert!(!bearer.contains("bearer token"), "{bearer}");
}

/// Advice for a real shop, and arguments that say nothing.
#[test]
fn advice_is_for_the_shop_that_was_asked() {
    let dir = dir();
    let bearer = curl(URL, &format!("Bearer {}", "t".repeat(32)), GUEST);
    let explained = why(dir.path(), &["--credentials", "erp.json", "--release", "2.4.7"], &bearer);
    contains(
        &explained,
        &["`oauth/consumer/enable_integration_as_bearer` is on", "turn that on in the shop"],
    );
    let url = signed("http://10.0.0.7/rest/V1/orders/1", Dialect::Laminas, &secrets());
    let text = curl("http://10.0.0.7/rest/V1/orders/1", &url, INVALID);
    let arguments = ["--credentials", "erp.json", "--base-url", "https://shop.example"];
    contains(&why(dir.path(), &arguments, &text), &["reason   the client signed the URL that it calls"]);
    fs::write(dir.path().join("call.txt"), text).unwrap();
    for (arguments, reason) in [
        (&["--base-url", "https://shop.example/rest"][..], "is not a base URL"),
        (&["--release", "1.0.0"], "1.0.0 is not in the catalog, which begins with 2.0.0; Mage-OS 1.0.0 is"),
        (&["--integration", "x"], "the spec has no integration \"x\"; it has \""),
        (&["--integration", "Acme Warehous"], "the spec has no integration \"Acme Warehous\"; did you mean"),
    ] {
        let ran = super::magespec(dir.path(), &[&["why", "call.txt"], arguments].concat());
        assert_eq!(ran.status, 1, "{}", ran.stdout);
        contains(&ran.stderr, &[reason]);
    }
    let folder = super::magespec(dir.path(), &["why", "call.txt", "--spec", "."]);
    assert_eq!(folder.status, 0, "{}", folder.stderr);
    fs::remove_file(dir.path().join("integration.toml")).unwrap();
    let named = super::magespec(dir.path(), &["why", "call.txt", "--integration", "x"]);
    contains(&named.stderr, &["add --spec or --credentials"]);
}

#[test]
fn the_document_has_the_base_strings_apart() {
    let dir = dir();
    let url = "https://shop.example/rest/V1/products/A%2FB";
    let text = curl(url, &signed(url, Dialect::Zend, &secrets()), INVALID);
    let document =
        why(dir.path(), &["--credentials", "erp.json", "--release", "2.4.7-p3", "--format", "json"], &text);
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let call = &document["calls"][0];
    assert_eq!((&document["release"], &call["verdict"]), (&"2.4.7-p3".into(), &"explained".into()));
    assert!(call["reason"][0].as_str().unwrap().starts_with("the path was signed as it was sent"));
    assert_eq!(call["reason"].as_array().unwrap().len(), 1, "{call:#}");
    assert!(call["shop_signs"].as_str().unwrap().contains("products%2FA%2FB&"));
    assert!(call["client_signs"].as_str().unwrap().contains("products%2FA%252FB&"));
    assert_eq!(call["route"]["needs"][0], "Magento_Catalog::products");
}
