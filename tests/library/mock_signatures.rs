//! Wrong signatures: the mock answers as Magento does, and its header and report say which usual mistake it was.

use magespec::{
    mock::{HttpAnswer, HttpRequest, MockShop},
    oauth::{CallUrl, Dialect, Outgoing, Secrets, SignatureMethod, base_string, header},
};

use crate::support::mock_shop::{secrets, shop_of};

const NOW: u64 = 1_800_000_000;
const OWN: &str = "X-Magespec-Mock";

fn shop() -> MockShop {
    shop_of("2.4.7-p3", |settings| {
        settings.base_url = Some(("https".to_owned(), "shop.example".to_owned()));
    })
}

/// Header for a URL, as a client signs it.
fn signed(url: &str, secrets: &Secrets, method: SignatureMethod) -> String {
    let url = CallUrl::parse(url).unwrap();
    Outgoing::sign(&url.request("GET", None), secrets, method, Dialect::Laminas, NOW, "n").header()
}

fn usual(url: &str) -> String {
    signed(url, &secrets(), SignatureMethod::HmacSha256)
}

/// Header of a client that signs the path as it is written.
fn as_sent(url: &str) -> String {
    let url = CallUrl::parse(url).unwrap();
    let request = url.request("GET", None);
    Outgoing::sign(&request, &secrets(), SignatureMethod::HmacSha256, Dialect::Zend, NOW, "n").header()
}

fn call(shop: &MockShop, target: &str, authorization: String) -> HttpAnswer {
    let request = HttpRequest {
        method: "GET".to_owned(),
        scheme: "http".to_owned(),
        host: "127.0.0.1:8080".to_owned(),
        target: target.to_owned(),
        headers: vec![("Authorization".to_owned(), authorization)],
        body: Vec::new(),
    };
    shop.answer(&request, NOW)
}

#[test]
fn each_usual_mistake_is_named() {
    const ORDERS: &str = "/rest/V1/orders?searchCriteria%5BpageSize%5D=2&searchCriteria%5BcurrentPage%5D=1&fields=total%20count";
    let to = |target: &str| format!("https://shop.example{target}");
    let swapped =
        Secrets { consumer_secret: "u".repeat(32), access_token_secret: Some("s".repeat(32)), ..secrets() };
    let without = Secrets { access_token_secret: None, ..secrets() };
    let named =
        |url: &str| signed(url, &secrets(), SignatureMethod::HmacSha1).replace("HMAC-SHA1", "HMAC-SHA256");
    // A method is signed with its name: only the hash differs.
    let sha1 = {
        let url = CallUrl::parse(&to(ORDERS)).unwrap();
        let outgoing = Outgoing::sign(
            &url.request("GET", None),
            &secrets(),
            SignatureMethod::HmacSha256,
            Dialect::Laminas,
            NOW,
            "n",
        );
        let signature =
            SignatureMethod::HmacSha1.sign(&outgoing.base_string, &"s".repeat(32), &"u".repeat(32));
        let mut parameters = outgoing.parameters;
        parameters.pop();
        parameters.push(("oauth_signature".to_owned(), signature));
        magespec::oauth::header::write(&parameters)
    };
    let twice = usual(&to(ORDERS));
    let (before, signature) = twice.split_once("oauth_signature=\"").unwrap();
    let (signature, behind) = signature.split_once('"').unwrap();
    let twice = format!("{before}oauth_signature=\"{}\"{behind}", signature.replace('%', "%25"));
    let cases = [
        ("names and values of the query were encoded twice", ORDERS, usual(&to(&ORDERS.replace('%', "%25")))),
        ("the path was encoded twice", "/rest/V1/products/A%20B", as_sent(&to("/rest/V1/products/A%2520B"))),
        ("the signature is encoded twice in the header", ORDERS, twice),
        (
            "the parameter `searchCriteria[currentPage]` of the query was not signed",
            ORDERS,
            usual(&to(&ORDERS.replace("&searchCriteria%5BcurrentPage%5D=1", ""))),
        ),
        ("the query was not signed", ORDERS, usual(&to("/rest/V1/orders"))),
        (
            "the client signed a different scheme than the shop sees",
            ORDERS,
            usual(&to(ORDERS).replace("https", "http")),
        ),
        ("the signature was computed with a different hash than oauth_signature_method names", ORDERS, sha1),
        ("the signature was computed with a different hash", ORDERS, named(&to(ORDERS))),
        (
            "the secrets are in the wrong order",
            ORDERS,
            signed(&to(ORDERS), &swapped, SignatureMethod::HmacSha256),
        ),
        (
            "the access token secret is missing in the key",
            ORDERS,
            signed(&to(ORDERS), &without, SignatureMethod::HmacSha256),
        ),
        (
            "the store code of the path was not signed",
            "/rest/default/V1/orders/1",
            usual(&to("/rest/V1/orders/1")),
        ),
        (
            "a store code was signed that is not in the path",
            "/rest/V1/orders/1",
            usual(&to("/rest/default/V1/orders/1")),
        ),
    ];
    for (mistake, target, authorization) in cases {
        let shop = shop();
        let answer = call(&shop, target, authorization);
        let body = String::from_utf8(answer.body.clone()).unwrap();
        assert_eq!(
            (answer.status, body.as_str()),
            (401, r#"{"message":"The signature is invalid. Verify and try again."}"#),
            "{mistake}"
        );
        let header = answer.header(OWN).unwrap();
        assert!(header.contains(mistake) && !header.contains("GET&"), "{mistake}: {header}");
        let report = shop.contract();
        let why = report.refused[0].why.as_deref().unwrap();
        assert!(why.contains(mistake), "{mistake}: {why}");
        let signed: Vec<String> = report.refused[0].signed.lines().collect();
        for (line, start) in signed
            .iter()
            .zip(["the shop signs   GET&https%3A%2F%2Fshop.example%2Frest%2F", "the client signs GET&http"])
        {
            let is_same = line == "the client signs the same text";
            assert!(line.starts_with(start) || is_same, "{mistake}: {line}");
        }
    }
}

/// Parts of a request that Magento does not sign, and some clients do.
#[test]
fn a_signed_realm_and_a_signed_body_are_named() {
    const ORDERS: &str = "/rest/V1/orders";
    let body = r#"{"entity": {"increment_id": "7", "is_virtual": 0, "items": [{"sku": "A B"}]}, "password": "hidden"}"#;
    let fields = "entity%5Bincrement_id%5D=7&entity%5Bis_virtual%5D=0&entity%5Bitems%5D%5B0%5D%5Bsku%5D=A%20B&password=hidden";
    let url = CallUrl::parse(&format!("https://shop.example{ORDERS}")).unwrap();
    let method = SignatureMethod::HmacSha256;
    let sign = |fields: Option<&str>, realm: &str| {
        let url = CallUrl { query: fields.map(str::to_owned), ..url.clone() };
        let request = url.request("POST", None);
        let mut header = Outgoing::sign(&request, &secrets(), method, Dialect::Laminas, NOW, "n").parameters;
        header.retain(|(name, _)| name != "oauth_signature");
        let own = header.clone();
        header.extend((!realm.is_empty()).then(|| ("realm".to_owned(), realm.to_owned())));
        let text = base_string(&request, &header, Dialect::Laminas);
        let signature = method.sign(&text, &"s".repeat(32), &"u".repeat(32));
        let parameters = [own, vec![("oauth_signature".to_owned(), signature)]].concat();
        header::write(&parameters).replacen("OAuth ", &format!("OAuth realm=\"{realm}\", "), 1)
    };
    for (authorization, mistake) in [
        (sign(None, "shop"), "the `realm` of the header was signed: leave it out: it is sent but not signed"),
        (
            sign(Some(fields), ""),
            "the JSON body was signed: leave it out: only the fields of a form are signed",
        ),
    ] {
        let shop = shop();
        let headers = [("Authorization", authorization), ("Content-Type", "application/json".to_owned())];
        let request = HttpRequest {
            method: "POST".to_owned(),
            scheme: "https".to_owned(),
            host: "shop.example".to_owned(),
            target: ORDERS.to_owned(),
            headers: headers.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            body: body.as_bytes().to_vec(),
        };
        let answer = shop.answer(&request, NOW);
        assert_eq!((answer.status, answer.header(OWN)), (401, Some(mistake)));
        let report = serde_json::to_string(&shop.contract()).unwrap();
        assert!(report.contains(mistake) && !report.contains("hidden"), "{report}");
    }
}

#[test]
fn what_no_usual_mistake_explains_is_said_as_such() {
    let shop = shop();
    let other = Secrets { consumer_secret: "other".to_owned(), ..secrets() };
    let answer = call(
        &shop,
        "/rest/V1/orders/1",
        signed("https://shop.example/rest/V1/orders/1", &other, SignatureMethod::HmacSha256),
    );
    assert_eq!(answer.status, 401);
    assert!(answer.header(OWN).unwrap().starts_with("no usual mistake explains the signature"));
    // A name that the release refuses is another refusal, with its own reason.
    let sha1 = signed("https://shop.example/rest/V1/orders/1", &secrets(), SignatureMethod::HmacSha1);
    let answer = call(&shop, "/rest/V1/orders/1", sha1);
    assert_eq!(answer.status, 400);
    assert!(answer.header(OWN).unwrap().contains("accepts only HMAC-SHA256"), "{:?}", answer.headers);
}

/// Refusals with one message count as one only if they have one reason.
#[test]
fn refusals_are_counted_by_their_reasons() {
    const TARGET: &str = "/rest/V1/orders/1";
    let url = format!("https://shop.example{TARGET}");
    let shop = shop();
    for _ in 0..2 {
        call(&shop, TARGET, "Bearer unknown".to_owned());
        call(&shop, TARGET, "OAuth x".to_owned());
    }
    let swapped =
        Secrets { consumer_secret: "u".repeat(32), access_token_secret: Some("s".repeat(32)), ..secrets() };
    let other = Secrets { consumer_secret: "other".to_owned(), ..secrets() };
    for (nonce, secrets) in [("n1", &swapped), ("n2", &swapped), ("n3", &other)] {
        let url = CallUrl::parse(&url).unwrap();
        let request = url.request("GET", None);
        let outgoing =
            Outgoing::sign(&request, secrets, SignatureMethod::HmacSha256, Dialect::Laminas, NOW, nonce);
        call(&shop, TARGET, outgoing.header());
    }
    let mut found: Vec<(String, u64)> = shop
        .contract()
        .refused
        .into_iter()
        .map(|it| (it.why.unwrap().lines().next().unwrap().to_owned(), it.count))
        .collect();
    found.sort();
    let expected = [
        ("no integration, Admin user or customer has this bearer token", 2),
        ("no usual mistake explains the signature: the client has other secrets, or signs something else", 1),
        ("the OAuth header has no parameters", 2),
        (
            "the secrets are in the wrong order: the key is the consumer secret, `&`, and the access token secret",
            2,
        ),
    ];
    assert_eq!(found, expected.map(|(why, count)| (why.to_owned(), count)));
}

/// Magento does not look at the caller of an open route, but the report does; and a refused signature has a name.
#[test]
fn calls_are_credited_to_who_signed() {
    let shop = shop();
    let open = "/rest/V1/directory/countries";
    let url = |target: &str| format!("https://shop.example{target}");
    assert_eq!(call(&shop, open, usual(&url(open))).status, 200);
    assert_eq!(call(&shop, open, usual(&url("/rest/V1/other"))).status, 200);
    let orders = "/rest/V1/orders/1";
    assert_eq!(call(&shop, orders, usual(&url(open))).status, 401);
    let report = shop.contract();
    let [integration] = &report.integrations[..] else { panic!("{report:?}") };
    let counts: Vec<u64> =
        integration.made.iter().chain(&integration.unlisted).map(|made| made.count).collect();
    assert_eq!((counts, report.others[0].count), (vec![1], 1));
    assert_eq!(report.refused[0].integration.as_deref(), Some(&*integration.name));
}

#[test]
fn each_refusal_of_a_header_has_a_reason_in_ascii() {
    let shop = shop();
    let orders = "/rest/V1/orders/1";
    let right = usual("https://shop.example/rest/V1/orders/1");
    let cases = [
        ("oauth_nonce=", "x=", "lacks oauth_nonce"),
        ("oauth_consumer_key=", "x=", "lacks oauth_consumer_key"),
        ("oauth_version=\"1.0\"", "oauth_version=\"\u{e9}\"", "oauth_version is `%C3%A9`: send 1.0"),
        ("oauth_token=\"", "oauth_token=\"1", "oauth_token has 33 characters"),
        ("oauth_consumer_key=\"", "oauth_consumer_key=\"1", "oauth_consumer_key has 33 characters"),
        ("oauth_timestamp=\"1800000000", "oauth_timestamp=\"1800000000000", "in milliseconds"),
    ];
    for (from, to, reason) in cases {
        let answer = call(&shop, orders, right.replacen(from, to, 1));
        let header = answer.header(OWN).unwrap();
        assert!(header.is_ascii(), "{header}");
        assert!(header.contains(reason), "{reason}: {header}");
    }
    assert!(shop.contract().refused.iter().all(|it| it.why.is_some()));
}

/// Magento takes an empty nonce once.
#[test]
fn an_empty_nonce_has_a_reason() {
    let (shop, target) = (shop(), "/rest/V1/orders/1");
    let url = CallUrl::parse(&format!("https://shop.example{target}")).unwrap();
    let request = url.request("GET", None);
    let method = SignatureMethod::HmacSha256;
    let header = Outgoing::sign(&request, &secrets(), method, Dialect::Laminas, NOW, "").header();
    assert_eq!(call(&shop, target, header.clone()).status, 200);
    let refused = call(&shop, target, header);
    assert_eq!(refused.status, 401);
    assert_eq!(refused.header(OWN), Some("oauth_nonce is empty: send a new one with each request"));
}

/// Clients put secrets where they do not belong. With bearer tokens, an access token is one, too.
#[test]
fn secrets_of_the_shop_are_nowhere_in_the_report() {
    let (secret, token) = ("s".repeat(32), "t".repeat(32));
    for takes_bearer in [false, true] {
        let shop = shop_of("2.4.7-p3", |settings| settings.takes_bearer = takes_bearer);
        let header = usual("https://shop.example/rest/V1/orders/1");
        call(&shop, &format!("/rest/V1/nosuch/{secret}"), String::new());
        call(&shop, &format!("/rest/{secret}/V1/orders"), header.clone());
        // Half of it is too much, too.
        call(&shop, &format!("/rest/V1/{}/{secret}", "p".repeat(170)), String::new());
        call(&shop, &format!("/rest/V1/nosuch/{}", token.to_uppercase()), String::new());
        call(&shop, &format!("/rest/V1/orders/1?x={secret}"), header.clone());
        call(&shop, "/rest/V1/orders/1", header.replace("\"1.0\"", &format!("\"{secret}\"")));
        call(&shop, &format!("/rest/V1/nosuch/{}", shop.settings.password()), String::new());
        let report = serde_json::to_string(&shop.contract()).unwrap();
        assert!(report.contains("oauth_version is `…`") && report.contains("/nosuch/…"), "{report}");
        assert!(!report.contains(&secret[..8]) && !report.contains(&shop.settings.password()), "{report}");
        assert_eq!(report.contains(&token), !takes_bearer, "{report}");
        assert_eq!(report.contains(&token.to_uppercase()), !takes_bearer, "{report}");
    }
}

#[test]
fn mistakes_are_not_looked_for_in_long_texts() {
    let shop = shop();
    let target = format!("/rest/V1/orders/1?a={}", "b".repeat(20_000));
    let wrong = Secrets { consumer_secret: "w".repeat(32), ..secrets() };
    let header = signed(&format!("http://127.0.0.1:8080{target}"), &wrong, SignatureMethod::HmacSha256);
    assert_eq!(call(&shop, &target, header).status, 401);
    let refused = shop.contract().refused.remove(0);
    let why = refused.why.unwrap();
    assert!(why.contains("only looked for in up to 8192 characters"), "{why}");
    assert_eq!(refused.signed.client_signs, None);
}
