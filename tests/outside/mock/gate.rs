//! Answers of the checks before a service, replayed: signatures, permissions, routes, formats, with headers and bodies.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    sync::Arc,
};

use magespec::{
    catalog::Catalog,
    mock::{
        ConsumerStatus, HttpAnswer, HttpRequest, MockConsumer, MockMode, MockSettings, MockShop, ServedRoute,
        StoreView, TokenKind, TokenRow,
    },
    names::{Edition, MagentoVersion},
};
use serde_json::{Value, json};

use super::{
    echo, seeds,
    signed::{NOW, Replayed, replayed},
};
use crate::need::{Need, shared, trials};

trials! {
    [Need::Shared("golden/answers.jsonl")] => recorded_refusals_are_those_of_the_mock;
}

/// Kinds that are replayed with their headers.
const KINDS: [&str; 22] = [
    "auth",
    "oauth",
    "acl",
    "route",
    "path",
    "query",
    "method",
    "accept",
    "ctype",
    "async",
    "bulk",
    "store",
    "self",
    "integration",
    "bearer",
    "token",
    "admin",
    "customer",
    "2fa",
    "body",
    "param",
    "return",
];

/// Cases that the mock does not show, with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("2fa.token.right", "no provider is set up in the recorded shop"),
    ("2fa.google.right", "providers of the second factor are not served"),
    ("route.api-prefix", "a page of the storefront"),
    ("path.sku.slash.decoded 2.4.7-p7", "the recorded shop has other products"),
    ("acl.devstub", "a service that nobody has written"),
    ("query.verylong", "a limit of the recorded web server"),
    ("query.toolong", "a limit of the recorded web server"),
    ("async.post~ 2.3.2-p1", "needs a message queue that the recorded shop lacks"),
    ("bulk.post~ 2.3.2-p1", "needs a message queue that the recorded shop lacks"),
];

/// Headers of the web server, of the connection and of PHP.
const OF_SERVER: [&str; 7] =
    ["Server", "Date", "Transfer-Encoding", "Connection", "Vary", "X-Powered-By", "Content-Length"];

/// Integrations of the recorded shops: name, status, resources beside those of Magento; none for all.
const INTEGRATIONS: [(&str, ConsumerStatus); 7] = [
    ("all", ConsumerStatus::Active),
    ("golden", ConsumerStatus::Active),
    ("erp", ConsumerStatus::Active),
    ("inactive", ConsumerStatus::Inactive),
    ("reset", ConsumerStatus::Recreated),
    ("norules", ConsumerStatus::Active),
    ("handshake", ConsumerStatus::Active),
];

pub(super) fn shop(release: &str, is_developer: bool) -> MockShop {
    let catalog = Catalog::bundled();
    let version: MagentoVersion = release.parse().unwrap();
    let known = catalog.nearest(version).unwrap();
    let edition = if release == "2.3.2-p1" { Edition::Commerce } else { Edition::OpenSource };
    let mut settings = MockSettings::new(catalog, known.id, edition);
    settings.version = version;
    settings.mode = if is_developer { MockMode::Developer } else { MockMode::Production };
    settings.needs_two_factors = release == "2.4.7-p7";
    settings.stores = [(1, "default"), (2, "second")]
        .map(|(id, code)| StoreView { id, code: code.to_owned(), name: code.to_owned() })
        .to_vec();
    let mut routes = ServedRoute::of_release(catalog, known.id);
    let webapi = fs::read_to_string(shared("golden/module/GoldenRoutes/etc/webapi.xml")).unwrap();
    routes.extend(echo::routes(&webapi));
    let of_magento: BTreeSet<String> = routes
        .iter()
        .flat_map(|route| route.resources.iter().cloned())
        .filter(|id| id.starts_with("Magento_") || id == "Acme_GoldenRoutes::a")
        .collect();
    let id = |name: &str| match (release, is_developer, name) {
        ("2.2.5", _, "all") => 8,
        ("2.3.2-p1", _, "all") => 29,
        (_, true, "all") => 3,
        (_, _, "all") => 1,
        (_, _, "golden") => 2,
        _ => 99,
    };
    let consumers = INTEGRATIONS.map(|(name, status)| MockConsumer {
        id: id(name),
        name: name.to_owned(),
        granted: if name == "golden" { of_magento.clone() } else { BTreeSet::new() },
        calls: BTreeSet::new(),
        is_granted_all: ["all", "inactive", "reset", "handshake"].contains(&name),
        status,
        key: format!("{name:k<32}"),
        secret: format!("{name:s<32}"),
        posted: None,
    });
    let tokens = INTEGRATIONS.iter().enumerate().map(|(consumer, (name, _))| TokenRow {
        consumer,
        kind: TokenKind::Access,
        token: format!("{name:t<32}"),
        secret: format!("{name:u<32}"),
        verifier: None,
        is_revoked: false,
    });
    let mut shop = MockShop::new(settings, routes, vec![echo::shape()], consumers.to_vec(), tokens.collect());
    shop.data.clear();
    seeds::fill(&shop, release);
    let of = release.to_owned();
    shop.with_stand_in(Arc::new(move |method, arguments| echo::answer(method, arguments, &of)))
}

/// Tokens of the Admin user and of a customer.
fn login(shop: &mut MockShop) -> [String; 2] {
    let needs = std::mem::replace(&mut shop.settings.needs_two_factors, false);
    let customer =
        json!({ "id": 1, "email": "jane.doe@example.com", "firstname": "Jane", "lastname": "Doe" });
    shop.data.remember(r"Magento\Customer\Api\Data\CustomerInterface", customer);
    let tokens = [("admin", "admin"), ("customer", "jane.doe@example.com")].map(|(kind, name)| {
        let password = shop.settings.password();
        let request = HttpRequest {
            method: "POST".to_owned(),
            scheme: "http".to_owned(),
            target: format!("/rest/V1/integration/{kind}/token"),
            headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
            body: format!(r#"{{"username":"{name}","password":"{password}"}}"#).into_bytes(),
            ..HttpRequest::default()
        };
        let answer = shop.answer(&request, NOW - 1000);
        serde_json::from_slice::<String>(&answer.body).unwrap()
    });
    shop.settings.needs_two_factors = needs;
    tokens
}

fn recorded_refusals_are_those_of_the_mock() {
    let recorded = fs::read_to_string(shared("golden/answers.jsonl")).unwrap();
    let mut shops: BTreeMap<(String, bool), (MockShop, [String; 2])> = BTreeMap::new();
    let mut figures: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (number, line) in recorded.lines().enumerate() {
        let case: Value = serde_json::from_str(line).unwrap();
        let (id, release) = (case["id"].as_str().unwrap(), case["release"].as_str().unwrap());
        let kind = id.split('.').next().unwrap();
        let is_excepted =
            EXCEPTIONS.iter().any(|(name, _)| *name == id || *name == format!("{id} {release}"));
        if !KINDS.contains(&kind) || is_excepted {
            continue;
        }
        let is_developer = case["mode"] == "developer";
        let (shop, login) = shops.entry((release.to_owned(), is_developer)).or_insert_with(|| {
            let mut shop = shop(release, is_developer);
            let login = login(&mut shop);
            (shop, login)
        });
        shop.settings.takes_bearer = id.starts_with("auth.bearer.on");
        let Replayed { request, now } = replayed(&case, shop, number, login);
        let answer = shop.answer(&request, now);
        let figure =
            figures.entry(format!("{kind:<12} {release:<9} {}", case["mode"].as_str().unwrap())).or_default();
        figure[1] += 1;
        match difference(&case, &answer) {
            None => figure[0] += 1,
            Some(difference) => wrong.push(format!("{id} {release} {}: {difference}", case["mode"])),
        }
    }
    let table = figures.iter().map(|(kind, [passed, all])| format!("{kind} {passed} of {all}"));
    println!("{}", table.collect::<Vec<_>>().join("\n"));
    assert!(wrong.is_empty(), "{}\n{} wrong", wrong.join("\n"), wrong.len());
}

/// First difference between a recorded answer and that of the mock.
pub(super) fn difference(case: &Value, answer: &HttpAnswer) -> Option<String> {
    let recorded = &case["response"];
    let (status, body) = (recorded["status"].as_u64().unwrap(), String::from_utf8_lossy(&answer.body));
    if u64::from(answer.status) != status {
        return Some(format!("status {} instead of {status}: {body:.200}", answer.status));
    }
    let expected = headers(
        recorded["headers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap())),
    );
    let given = headers(answer.headers.iter().map(|(name, value)| (name.as_ref(), value.as_str())));
    if expected != given {
        return Some(format!("headers {given:?} instead of {expected:?}"));
    }
    let text = recorded["raw"].as_str().or(recorded["body"].as_str()).unwrap_or_default();
    // Bodies of services are compared elsewhere.
    let is_compared = status >= 400 || case["request"]["path"].as_str().unwrap().contains("golden");
    if recorded["body"].is_object() && recorded["raw"].is_null() {
        let message = recorded["body"]["message"].as_str().unwrap_or_default().split('\n').next().unwrap();
        return (!body.contains(message.trim())).then(|| format!("{body} instead of {message}"));
    }
    if !is_compared || text.contains("HTML page") && same_page(text, &body) {
        return None;
    }
    let (text, body) = (plain(text), plain(&body));
    (text != body).then(|| format!("{body} instead of {text}"))
}

fn headers<'a>(headers: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let kept = headers.filter(|(name, value)| {
        !OF_SERVER.contains(name) && *name != "X-Magespec-Mock" && !value.starts_with("form_key")
    });
    let short = |(name, value): (&str, &str)| match name {
        "Set-Cookie" => format!("{name}: {}", value.split('=').next().unwrap()),
        // Its hosts are those of the modules of a shop.
        "Content-Security-Policy-Report-Only" => name.to_owned(),
        "Expires" if !value.contains(" 1981 ") => format!("{name}: <date>"),
        _ => format!("{name}: {value}"),
    };
    kept.map(short).collect()
}

/// Compares the title and heading of a page.
fn same_page(recorded: &str, body: &str) -> bool {
    let title =
        recorded.split("title: ").nth(1).and_then(|rest| rest.split("; h1").next()).unwrap_or_default();
    body.contains(&format!("<title>{title}</title>"))
}

/// Text without what differs from call to call.
fn plain(text: &str) -> String {
    let text = match text.split_once("Report ID: webapi-") {
        Some((start, _)) => start.to_owned(),
        None => text.to_owned(),
    };
    let mut text = text.replace("<trace>", "#0 {main}");
    for mark in ["Stack trace:", "1 exception(s):", "PHPSESSID"] {
        if let Some((start, _)) = text.split_once(mark) {
            text = start.to_owned();
        }
    }
    text
}
