//! `magespec why`: what it must not print, and what it adds to an answer.

use magespec::oauth::Dialect;

use super::{
    magespec,
    why::{GUEST, INVALID, URL, contains, curl, dir, secrets, signed, why},
};

/// Neither those of curl's options nor those of URL and header; `why` looks for `hidden` in what is printed.
#[test]
fn secrets_of_the_request_are_not_printed() {
    let dir = dir();
    let url = "https://u:hidden@shop.example/rest/V1/orders/1?token=hidden&a=1";
    for options in ["--proxy-user u:hidden", "-sSU u:hidden", "--pass hidden", "--proxy http://u:hidden@p/"] {
        contains(
            &why(dir.path(), &[], &format!("curl '{url}' {options}\n{GUEST}")),
            &["GET https://shop.example/rest/V1/orders/1?token=…&a=1\n"],
        );
    }
    for header in ["hidden", "Bearerhidden", "hidden x"] {
        contains(
            &why(dir.path(), &[], &curl(URL, header, GUEST)),
            &["reason   the scheme is missing: write `Bearer …`, or `OAuth …` for a signature"],
        );
    }
    contains(
        &why(dir.path(), &[], &curl(URL, "Basic hidden", GUEST)),
        &["reason   Magento ignores the scheme `Basic`"],
    );
    let path = "/rest/V1/customers/1/password/resetLinkToken/";
    for text in [
        format!("Client error: `GET https://shop.example{path}hidden` resulted in a `401 Unauthorized`"),
        format!("GET {path}hidden HTTP/1.1\nHost: shop.example\n\n"),
        format!(
            r#"{{"request": {{"method": "GET", "url": "https://shop.example{path}hidden", "headers": []}}}}"#
        ),
    ] {
        contains(&why(dir.path(), &[], &text), &[&format!("GET https://shop.example{path}…\n")]);
    }
    let url = "https://shop.example/rest/V1/orders/1?token=hidden";
    let other = signed(URL, Dialect::Laminas, &secrets());
    contains(
        &why(dir.path(), &["--credentials", "erp.json"], &curl(url, &other, INVALID)),
        &["the shop signs   GET&https%3A%2F%2Fshop.example", "%26token%3D…\n", "the query was not signed"],
    );
}

/// Whatever the spelling of its name, and wherever it stands.
#[test]
fn secrets_are_not_printed_in_any_format() {
    let dir = dir();
    let gone = r#"{"message":"No such entity with %fieldName = %fieldValue","parameters":{"fieldName":"rp_token","fieldValue":"hidden"}}"#;
    let other = signed("https://shop.example/rest/V1/x", Dialect::Laminas, &secrets());
    let form = "-d 'a=1&customer[password]=hidden&access%5Ftoken=hidden%26hidden'";
    for (text, shown) in [
        (
            "POST https://shop.example/rest/V1/customers/1/password/resetLinkToken/hidden\n\n".to_owned(),
            "password/resetLinkToken/…",
        ),
        (
            format!(
                "curl '{URL}?oauth_token_secret=hidden&oauth_verifier=hidden&PHPSESSID=hidden&oauth_token=t'\n{GUEST}"
            ),
            "/orders/1?oauth_token_secret=…&oauth_verifier=…&PHPSESSID=…&oauth_token=t",
        ),
        (format!("curl '{URL}?%74oken=hidden`hidden&a=1'\n{GUEST}"), "/orders/1?%74oken=…&a=1"),
        (format!("curl {URL}\nHTTP/1.1 404 Not Found\n\n{gone}"), "No such entity with rp_token = …"),
        (
            format!("curl {URL} -H 'Accept: text/html;token=hidden'\nHTTP/1.1 500 Error\n\n"),
            "`Accept: text/html;token=…`",
        ),
        (
            format!(
                "curl 'https://shop.example/rest/V1/orders' {form} -H 'Authorization: {other}'\nHTTP/1.1 401 x\n\n{INVALID}"
            ),
            "access_token%3D…%26customer%3DArray",
        ),
    ] {
        for format in ["human", "json"] {
            let text = why(dir.path(), &["--credentials", "erp.json", "--format", format], &text);
            contains(&text, &[shown]);
        }
    }
}

#[test]
fn a_signature_that_fits_is_not_blamed() {
    let dir = dir();
    let text = curl(URL, &signed(URL, Dialect::Laminas, &secrets()), INVALID);
    let text = why(dir.path(), &["--credentials", "erp.json", "--release", "2.4.7-p3"], &text);
    contains(&text, &["reason   the signature fits these credentials and this release", "--base-url"]);
    assert!(!text.contains("find nothing wrong"), "{text}");
}

/// Magento does not look at it there.
#[test]
fn a_signature_that_no_route_asks_for_is_not_judged() {
    let dir = dir();
    let arguments = ["--credentials", "erp.json", "--release", "2.4.7-p3"];
    let header = signed(URL, Dialect::Laminas, &secrets());
    let (start, end) = header.split_once("oauth_signature=\"").unwrap();
    let header = format!("{start}oauth_signature=\"abc\"{}", end.split_once('"').unwrap().1);
    let open = curl("https://shop.example/rest/V1/directory/countries", &header, INVALID);
    for arguments in [&arguments[..], &[]] {
        let text = why(dir.path(), arguments, &open);
        contains(&text, &["reason   the route needs no signature, and Magento does not check one here"]);
        for other in ["fits", "--credentials", "\n  check "] {
            assert!(!text.contains(other), "{text}");
        }
    }
    let exchange = curl("https://shop.example/oauth/token/request", &header, INVALID);
    let text = why(dir.path(), &arguments, &exchange);
    contains(&text, &["note     only calls of the REST API are judged"]);
    assert!(!text.contains("fits") && !text.contains("find nothing wrong"), "{text}");
}

#[test]
fn a_line_of_a_log_shows_the_permission_that_the_spec_lacks() {
    let dir = dir();
    let text = why(dir.path(), &[], "GET https://shop.example/rest/V1/cmsBlock/3 401");
    contains(&text, &["integration \"Acme Warehouse\" lacks Magento_Cms::block"]);
    contains(&why(dir.path(), &[], "curl https://a/graphql\n{}"), &["note     only calls of the REST API"]);
    let required = r#"{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"product"}}"#;
    let text = format!("curl --json '{{}}' https://a/rest/V1/products\nHTTP/1.1 400 Bad\n\n{required}");
    contains(&why(dir.path(), &[], &text), &["send what the route expects: {\"product\": …}"]);
}

/// A reason that the shop's own checks speak against is none.
#[test]
fn a_call_that_does_not_pass_is_not_called_right() {
    let dir = dir();
    for (call, expected) in [
        ("POST https://shop.example/rest/V1/nowhere", "404 Request does not match any route."),
        ("POST https://shop.example/rest/V1/products", "401 The consumer isn't authorized"),
    ] {
        for status in [400, 404] {
            let text = format!(
                "{call}\nContent-Type: application/json\n\n{{}}\n\nHTTP/1.1 {status} x\n\n{{\"message\":\"x\"}}"
            );
            let text = why(dir.path(), &[], &text);
            contains(
                &text,
                &[
                    "note     the reason is unknown",
                    &format!("this release and spec would answer {expected}"),
                ],
            );
            assert!(!text.contains("are right"), "{text}");
        }
    }
}

/// Magento takes it once, so that a second call is refused.
#[test]
fn an_empty_nonce_is_the_reason() {
    let dir = dir();
    let header = signed(URL, Dialect::Laminas, &secrets()).replace("oauth_nonce=\"n\"", "oauth_nonce=\"\"");
    let refused = r#"{"message":"An error occurred validating the nonce"}"#;
    let text = why(dir.path(), &[], &curl(URL, &header, refused));
    contains(&text, &["reason   oauth_nonce is empty: send a new one with each request"]);
    assert!(!text.contains("oauth_timestamp"), "{text}");
}

/// The answer that the shop would give repeats values of the request.
#[test]
fn secrets_in_the_expected_answer_are_not_printed() {
    let dir = dir();
    let url = "https://shop.example/rest/V1/orders?searchCriteria[pageSize]=token=hidden";
    let header = signed(&url.replace(['[', ']'], ""), Dialect::Laminas, &secrets());
    let text = why(dir.path(), &[], &curl(url, &header, r#"{"message":"x"}"#));
    contains(&text, &["this release and spec would answer 400", "The \"token=…\" value's type is invalid."]);
}

#[test]
fn a_log_line_may_have_the_answer() {
    let dir = dir();
    let line = format!(
        "[2026-11-30T10:00:00+00:00] app.ERROR: Client error: `GET {URL}` resulted in a `401 Unauthorized` response: {GUEST} [] []"
    );
    contains(
        &why(dir.path(), &[], &line),
        &[
            "answer   401 The consumer isn't authorized to access Magento_Sales::actions_view.",
            "paste the request, too",
        ],
    );
}

/// Answers repeat what was sent.
#[test]
fn secrets_of_the_request_are_hidden_in_the_answer() {
    let dir = dir();
    let url = URL.replace("orders/1", "integration/admin/token");
    let body = r#"{"username":"admin","password":"hidden-password"}"#;
    let text = format!(
        "curl -X POST {url} -H 'Content-Type: application/json' -d '{body}'\nHTTP/1.1 400 Bad Request\n\n\
         {{\"message\":\"no hidden-password, %1\",\"parameters\":[\"hidden-password\"]}}"
    );
    for format in ["human", "json"] {
        contains(&why(dir.path(), &["--format", format], &text), &["no …, …"]);
    }
    // As a bearer token, an access token alone opens a shop.
    let order = "No such entity with id = hidden-secret";
    for (options, path) in [
        ("-b 'a=b; PHPSESSID=hidden-secret'", ""),
        ("-u admin:hidden-secret", ""),
        ("-H 'Authorization: Token hidden-secret'", ""),
        ("-H 'Content-Type: text/xml' -X POST -d '<a><password>hidden-secret</password></a>'", ""),
        ("", "?token=hidden-secret"),
        ("", "/password/resetLinkToken/hidden-secret"),
    ] {
        let text =
            format!("curl '{URL}{path}' {options}\nHTTP/1.1 404 Not Found\n\n{{\"message\":\"{order}\"}}");
        contains(&why(dir.path(), &[], &text), &["No such entity with id = …"]);
    }
    let word = format!(
        "curl -X POST {url} -H 'Content-Type: application/json' -d '{{\"password\":\"integration\"}}'"
    );
    contains(&why(dir.path(), &[], &word), &["POST https://shop.example/rest/V1/integration/admin/token"]);
    let other = signed(&URL.replace("https", "http"), Dialect::Laminas, &secrets());
    for (release, is_bearer) in [("2.4.3", true), ("2.4.7", false)] {
        let said = why(
            dir.path(),
            &["--credentials", "erp.json", "--release", release],
            &curl(URL, &other, INVALID),
        );
        contains(&said, &["the shop signs"]);
        assert_eq!(said.contains(&"t".repeat(32)), !is_bearer, "{said}");
    }
}

/// As databases, logs and files write them; a short one is a secret, too.
#[test]
fn secrets_of_other_formats_are_not_printed() {
    let dir = dir();
    for (message, shown) in [
        ("INSERT INTO `a` (`id`, `token`) VALUES (1, 'hidden')", "(1, '…')"),
        ("WHERE token IN ('hidden','hidden')", "IN ('…','…')"),
        (
            "<item name=\"password\">hidden</item><param name=\"token\" value=\"hidden\"/>",
            "<param name=\"token\" value=\"…\"/>",
        ),
        ("{&quot;password&quot;:&quot;hidden&quot;}", "&quot;:&quot;…&quot;}"),
        ("{\"password\":\"hidden\"}", "{\"password\":\"…\"}"),
        ("'consumer_secret' => 'hidden'", "'consumer_secret' => '…'"),
        ("MAGENTO_ACCESS_TOKEN=hidden", "MAGENTO_ACCESS_TOKEN=…"),
        ("password: hidden", "password: …"),
    ] {
        let answer = serde_json::json!({ "message": message }).to_string();
        let text = format!("curl {URL}\nHTTP/1.1 500 x\n\n{answer}");
        contains(&why(dir.path(), &[], &text), &[shown]);
        // The whole document in a string.
        let answer = serde_json::json!({ "message": answer }).to_string();
        why(dir.path(), &[], &format!("curl {URL}\nHTTP/1.1 500 x\n\n{answer}"));
    }
    let text = format!(
        "curl -X POST {URL} -d '{{\"password\":\"hidden7\"}}'\nHTTP/1.1 400 x\n\n{{\"message\":\"no hidden7, the token is invalid\"}}"
    );
    contains(&why(dir.path(), &[], &text), &["no …, the token is invalid"]);
    let cookies = "year=2024; store=default_1; currency=USD1; sid=hidden7; x=hidden8901234567";
    let message = "store 2024 has default_1 and USD1, hidden7 and hidden8901234567";
    let text = format!(
        "curl {URL} -H 'Cookie: {cookies}'\nHTTP/1.1 500 x\n\n{}",
        serde_json::json!({ "message": message })
    );
    contains(&why(dir.path(), &[], &text), &["store 2024 has default_1 and USD1, … and …"]);
}

/// A log has too many requests to explain each.
#[test]
fn a_whole_log_is_refused() {
    let dir = dir();
    let line =
        "203.0.113.5 - - [30/Nov/2026:10:00:00 +0000] \"GET /rest/V1/orders/1 HTTP/1.1\" 401 1 \"-\" \"x\"\n";
    std::fs::write(dir.path().join("access.log"), line.repeat(1001)).unwrap();
    let output = magespec(dir.path(), &["why", "access.log"]);
    assert_eq!((output.status, &*output.stdout), (1, ""));
    assert_eq!(
        output.stderr,
        "error: access.log has 1001 requests, and at most 1000 are explained at once: paste those that failed, or count the \
         calls of the whole log with `magespec calls`\n"
    );
}
