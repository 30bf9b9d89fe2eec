//! `magespec why` for commands with parts in files and variables.

use magespec::oauth::{CallUrl, Dialect, Outgoing, SignatureMethod};

use super::{
    magespec,
    why::{GUEST, INVALID, URL, contains, curl, dir, secrets, signed, why},
};

const ORDERS: &str = "https://shop.example/rest/V1/orders";

const ARGUMENTS: [&str; 4] = ["--credentials", "erp.json", "--release", "2.4.7-p3"];

/// Signatures cannot be judged without what they cover.
#[test]
fn a_signature_over_an_unseen_part_is_not_judged() {
    let dir = dir();
    let other = signed(&URL.replace("https", "http"), Dialect::Laminas, &secrets());
    for (options, part) in [
        ("-d @body.txt", "the body, which it covers, is"),
        ("--data-urlencode name@body.txt", "the body, which"),
        ("-d \"sku=$SKU\"", "the body, which"),
        ("-d '{}' -H @headers.txt", "Content-Type, which"),
        ("-G -d @body.txt", "the query, which"),
        ("--url-query @body.txt", "the query, which"),
        ("--url-query \"a=$(date)\"", "the query, which"),
        ("-X $METHOD", "the method, which"),
        ("-H \"Host: $HOST\" -G -d @f", "the query and the host, which it covers, are"),
    ] {
        let command = format!("curl {options} -H 'Authorization: {other}'");
        for (url, arguments) in [(URL, &ARGUMENTS[..]), (URL, &[])] {
            let text = why(dir.path(), arguments, &format!("{command} '{url}'\nHTTP/1.1 401 x\n\n{INVALID}"));
            contains(
                &text,
                &["reason   the client signed a different text", part, "in a file or a variable"],
            );
            for verdict in ["shop signs", "fits", "different scheme", "no usual mistake", "pass the client's"]
            {
                assert!(!text.contains(verdict), "{options}: {verdict}\n{text}");
            }
        }
    }
    for url in [
        "\"https://shop.example/rest/V1/orders/$ID\"",
        "\"$SHOP/rest/V1/orders/1\"",
        "\"https://shop.example/rest/V1/orders?$Q\"",
    ] {
        let text = format!("curl {url} -H 'Authorization: {other}'\nHTTP/1.1 401 x\n\n{INVALID}");
        contains(&why(dir.path(), &ARGUMENTS, &text), &["the signature was not judged"]);
    }
    // JSON is not signed, and `$` means nothing in single quotes.
    for options in ["--json @body.txt", "--json \"$BODY\"", "-d '$a' -H 'X-A: $b'"] {
        let text =
            format!("curl {options} '{ORDERS}' -H 'Authorization: {other}'\nHTTP/1.1 401 x\n\n{INVALID}");
        contains(&why(dir.path(), &ARGUMENTS, &text), &["the shop signs"]);
    }
}

/// Consumer key, method, version and timestamp are seen.
#[test]
fn what_is_seen_is_judged() {
    let dir = dir();
    let url = CallUrl::parse(ORDERS).unwrap();
    let sign = |timestamp: u64| {
        let request = url.request("POST", None);
        Outgoing::sign(&request, &secrets(), SignatureMethod::HmacSha256, Dialect::Laminas, timestamp, "n")
            .header()
    };
    let header = sign(1_700_000_000);
    for (header, answer, reason) in [
        (
            header.replace(&"k".repeat(32), &"x".repeat(32)),
            "A consumer having the specified key does not exist",
            "oauth_consumer_key is not the key",
        ),
        (
            header.replace("SHA256", "SHA1"),
            "Signature method %1 is not supported",
            "accepts only HMAC-SHA256",
        ),
        (
            header.replace("oauth_version=\"1.0\"", "oauth_version=\"2.0\""),
            "The \\\"%1\\\" Oauth version isn't supported.",
            "oauth_version",
        ),
        (sign(99_999_999_999), "An error occurred validating the nonce", "seconds ahead of the shop's clock"),
    ] {
        let text =
            format!("curl '{ORDERS}' -d @f -H 'Authorization: {header}'\n{{\"message\":\"{answer}\"}}");
        contains(&why(dir.path(), &ARGUMENTS, &text), &["reason   ", reason]);
    }
    // A variable in place of one value.
    let start = header.split("oauth_signature=").next().unwrap().replace('"', "\\\"");
    let unsigned =
        |header: &str| format!("curl '{ORDERS}' -H \"Authorization: {header}oauth_signature=\\\"$S\\\"\"");
    let text = format!("{}\n{INVALID}", unsigned(&start));
    let text = why(dir.path(), &ARGUMENTS, &text);
    contains(&text, &["the Authorization header was not judged"]);
    assert!(!text.contains("shop signs") && !text.contains("fits"), "{text}");
    let wrong = unsigned(&start.replace(&"k".repeat(32), &"x".repeat(32)));
    let text = format!("{wrong}\n{{\"message\":\"A consumer having the specified key does not exist\"}}");
    contains(&why(dir.path(), &ARGUMENTS, &text), &["reason   oauth_consumer_key is not the key"]);
}

/// A header that is not there is neither wrong nor missing.
#[test]
fn an_unseen_authorization_is_not_judged() {
    let dir = dir();
    for options in [
        "-H \"Authorization: Bearer $TOKEN\"",
        "-H \"Authorization: Bearer $(cat token)\"",
        "-H \"$HEADER\"",
        "-H @headers.txt",
        "--oauth2-bearer \"$TOKEN\"",
        "--oauth2-bearer hidden -H @headers.txt",
        "-u a:hidden -H @headers.txt",
        "-K curl.conf",
        "-n",
        "--netrc-file secrets",
        "-H \"authorization$N: x\"",
        "-H \"Author$X: Bearer $Y\"",
        "-H \"Authorization: Bearer $(echo '(' | tr '(' ')')\"",
    ] {
        for arguments in [&ARGUMENTS[..], &[]] {
            let text =
                why(dir.path(), arguments, &format!("curl '{URL}' {options}\nHTTP/1.1 401 x\n\n{GUEST}"));
            contains(
                &text,
                &[
                    "the caller lacks a permission, or was not recognised",
                    "the Authorization header was not judged",
                ],
            );
            for verdict in ["bearer token", "no Authorization header", "ignores the scheme"] {
                assert!(!text.contains(verdict), "{options}: {verdict}\n{text}");
            }
        }
    }
}

/// Option `-H` comes before those that make the same header.
#[test]
fn the_header_that_is_sent_is_judged() {
    let dir = dir();
    let header = signed(URL, Dialect::Laminas, &secrets());
    for options in [
        format!("-u a:hidden -H 'Authorization: {header}'"),
        format!("-H 'Authorization: {header}' --oauth2-bearer hidden"),
        format!("-H 'Authorization: {header}' -H @headers.txt"),
    ] {
        let text = why(dir.path(), &ARGUMENTS, &format!("curl '{URL}' {options}\n{INVALID}"));
        contains(&text, &["reason   the signature fits these credentials"]);
    }
    for (options, reason) in [
        ("-u a:hidden", "Magento ignores the scheme `Basic`"),
        ("-u a:hidden -H Authorization:", "the request has no Authorization header"),
        ("-u a:hidden --oauth2-bearer hidden", "the bearer token was not judged"),
        ("-u a:hidden -H 'Authorization: Bearer hidden'", "the bearer token was not judged"),
    ] {
        let text = why(dir.path(), &ARGUMENTS, &format!("curl '{URL}' {options}\n{GUEST}"));
        contains(&text, &["reason   ", reason]);
    }
    let user = curl("https://a:hidden@shop.example/rest/V1/orders/1", "x", GUEST)
        .replace("-H 'Authorization: x'", "");
    contains(&why(dir.path(), &ARGUMENTS, &user), &["Magento ignores the scheme `Basic`"]);
}

/// Permissions do not depend on the body.
#[test]
fn the_caller_is_judged_whatever_the_body_is() {
    let dir = dir();
    let url = "https://shop.example/rest/V1/products";
    let header = signed(url, Dialect::Laminas, &secrets());
    for options in ["-H \"Content-Type: $C\"", "-X GET -H 'Content-Type: text/plain' -d @f", "-H @f"] {
        let text = why(
            dir.path(),
            &ARGUMENTS,
            &format!("curl {url} {options} -H 'Authorization: {header}'\n{GUEST}"),
        );
        contains(&text, &["lacks Magento_Catalog::products"]);
    }
    for (options, reason) in [
        ("", "the request has no Authorization header"),
        ("-u a:hidden", "Magento ignores the scheme `Basic`"),
        ("-n -u a:hidden", "Magento ignores the scheme `Basic`"),
    ] {
        let text = why(dir.path(), &[], &format!("curl {url} -H \"Content-Type: $C\" {options}\n{GUEST}"));
        contains(&text, &[reason]);
    }
}

/// A placeholder is neither a wrong body nor a wrong path.
#[test]
fn unseen_bodies_and_paths_are_not_judged() {
    let dir = dir();
    let products = "https://shop.example/rest/V1/products";
    let spec = std::fs::read_to_string(dir.path().join("integration.toml")).unwrap();
    let spec = spec.replace("Magento_Sales::actions_view", "Magento_Catalog::products");
    std::fs::write(dir.path().join("integration.toml"), spec).unwrap();
    let url = CallUrl::parse(products).unwrap();
    let request = url.request("POST", None);
    let header = Outgoing::sign(
        &request,
        &secrets(),
        SignatureMethod::HmacSha256,
        Dialect::Laminas,
        1_700_000_000,
        "n",
    )
    .header();
    for options in
        ["-d @f -H 'Content-Type: application/json'", "--json \"$BODY\"", "-d '{\"product\":{}}' -H @f"]
    {
        let text = format!(
            "curl {products} {options} -H 'Authorization: {header}'\nHTTP/1.1 400 x\n\n{{\"message\":\"x\"}}"
        );
        let text = why(dir.path(), &ARGUMENTS, &text);
        contains(&text, &["nothing wrong with what is seen of the request"]);
        assert!(!text.contains("would answer"), "{options}\n{text}");
    }
    let text = why(
        dir.path(),
        &ARGUMENTS,
        "curl \"https://shop.example/rest/$PATH\"\nHTTP/1.1 400 x\n\n{\"message\":\"x\"}",
    );
    assert!(!text.contains("would answer"), "{text}");
}

/// Requests of frameworks may come without their host.
#[test]
fn a_signature_without_a_host_is_not_judged() {
    let dir = dir();
    let header = signed(URL, Dialect::Laminas, &secrets());
    let text = format!(
        "GET /rest/V1/orders/1 HTTP/1.1\nAuthorization: {header}\n\nHTTP/1.1 401 Unauthorized\n\n{INVALID}"
    );
    let without = why(dir.path(), &ARGUMENTS, &text);
    contains(&without, &["the request has no Host header; name the address of the shop with --base-url"]);
    assert!(!without.contains("no usual mistake") && !without.contains("shop signs"), "{without}");
    let with = why(dir.path(), &[&ARGUMENTS[..], &["--base-url", "https://shop.example"]].concat(), &text);
    contains(&with, &["reason   the signature fits these credentials"]);
}

/// Only the shop knows the tokens of its users.
#[test]
fn a_bearer_token_of_others_is_not_judged() {
    let dir = dir();
    let release = |release| [&ARGUMENTS[..2], &["--release", release]].concat();
    for (release, is_refused) in [(release("2.4.3"), false), (release("2.4.7"), true)] {
        for (path, answer) in [("orders/1", GUEST), ("carts/mine", r#"{"message":"No such entity"}"#)] {
            let url = format!("https://shop.example/rest/V1/{path}");
            let text = why(dir.path(), &release, &curl(&url, "Bearer e30.e30.hidden", answer));
            let is_of_token = answer == GUEST;
            assert_eq!(text.contains("the bearer token was not judged"), is_of_token, "{text}");
            assert_eq!(text.contains("enable_integration_as_bearer"), is_of_token && is_refused, "{text}");
            assert!(!text.contains("would answer"), "{text}");
        }
    }
}

#[test]
fn an_answer_that_breaks_off_is_not_taken_for_success() {
    let dir = dir();
    let header = signed(URL, Dialect::Laminas, &secrets());
    for answer in ["{\"message\":\"The signature is inv", "{", "[{\"id\": 1,"] {
        let text = why(dir.path(), &[], &format!("curl '{URL}' -H 'Authorization: {header}'\n{answer}"));
        contains(&text, &["the answer breaks off within its JSON: paste all of it"]);
        assert!(!text.contains("accepted"), "{text}");
    }
}

/// Without a sentence, the texts that were signed say little.
#[test]
fn a_wrong_signature_has_a_reason_whatever_the_answer_says() {
    let dir = dir();
    let header = signed(URL, Dialect::Laminas, &secrets());
    let text = why(
        dir.path(),
        &ARGUMENTS,
        &format!("curl '{URL}?a=1' -H 'Authorization: {header}'\n{{\"message\":\"x\"}}"),
    );
    contains(&text, &["reason   the query was not signed", "the shop signs"]);
    assert!(!text.contains("the reason is unknown"), "{text}");
}

#[test]
fn a_credential_in_the_place_of_another_is_named() {
    let dir = dir();
    let header = signed(URL, Dialect::Laminas, &secrets());
    let (key, token) = ("k".repeat(32), "t".repeat(32));
    for (from, to, reason) in [
        (&key, &token, "oauth_consumer_key is the access token: send the consumer key"),
        (&token, &key, "oauth_token is the consumer key: send the access token"),
    ] {
        let header = header.replace(from, to);
        contains(&why(dir.path(), &ARGUMENTS, &curl(URL, &header, "")), &[reason]);
    }
}

#[test]
fn a_command_with_other_than_one_url_is_refused() {
    let dir = dir();
    for (text, reason) in [
        (
            format!("curl {URL} {ORDERS}"),
            "is a curl command with 2 URLs; paste it with one, and the answer to that",
        ),
        (
            format!("curl --odd {URL}"),
            "is a curl command without a URL: its option --odd takes the URL as its value",
        ),
        (
            format!("curl {URL}\n{GUEST}\n$ curl {URL}\n{GUEST}"),
            "has several curl commands; paste one, with the answer behind it",
        ),
    ] {
        std::fs::write(dir.path().join("call"), text).unwrap();
        let output = magespec(dir.path(), &["why", "call"]);
        assert_eq!((output.status, output.stderr), (1, format!("error: call {reason}\n")));
    }
}
