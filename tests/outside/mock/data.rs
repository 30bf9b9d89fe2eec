//! Answers of services, replayed: the cases about parameters, types and data.

use std::{collections::BTreeMap, fs, sync::Arc};

use magespec::{
    catalog::Catalog,
    mock::{HttpRequest, MockMode, MockSettings, MockShop, ServedRoute, StoreView, input::InputLimits},
    names::{Edition, MagentoVersion},
};
use serde_json::{Value, json};

use super::{echo, seeds, signed::recorded_bytes};
use crate::{
    need::{Need, shared, trials},
    support::mock_shop::unlimited,
};

trials! {
    [Need::Shared("golden/answers.jsonl")] => recorded_services_answer_as_the_shops_did;
}

/// Kinds whose answers have to be the same.
const EXACT: [&str; 10] =
    ["param", "object", "list", "return", "exception", "fields", "limits", "filter", "body", "store"];
/// Kinds whose answers have to have the same status, and the same form where data differ.
const FORMAL: [&str; 11] =
    ["get", "post", "put", "delete", "order", "query", "async", "bulk", "bulk-status", "cart", "customer"];

/// Cases that the replay cannot show: id, start of the release, reason. May only shrink.
const EXCEPTIONS: [(&str, &str, &str); 14] = [
    ("list.sort.product.bad-field", "", "products before it are not recorded"),
    ("list.beyond.products.nofields", "", "products before it are not recorded"),
    ("get.modules", "", "the order and the number of modules are those of one shop"),
    ("query.verylong", "", "the request is cut short in the recording; the server refuses it"),
    ("query.toolong", "", "the request is cut short in the recording; the server refuses it"),
    ("filter.bad-field~", "2.4.7", "developer mode: the query of one shop"),
    ("order.ship~", "2.2", "2.2.5 fails on PHP 7.4"),
    ("get.shipment", "2.2", "2.2.5 fails on PHP 7.4 when it ships"),
    ("order.after", "2.2", "2.2.5 fails on PHP 7.4 when it ships"),
    ("order.one", "2.3", "fields of Adobe Commerce are not published"),
    ("order.pending", "2.3", "fields of Adobe Commerce are not published"),
    ("order.after", "2.3", "fields of Adobe Commerce are not published"),
    ("async.post~", "2.3", "the shop had no queue"),
    ("bulk.post~", "2.3", "the shop had no queue"),
];

fn shop(release: &str, is_developer: bool) -> Option<MockShop> {
    let catalog = Catalog::bundled();
    let version: MagentoVersion = release.parse().unwrap();
    let known = catalog.releases().iter().find(|it| it.version == version);
    let known = known.or_else(|| {
        let mut near = catalog.releases().iter();
        near.find(|it| (it.version.minor, it.version.patch) == (version.minor, version.patch))
    })?;
    let edition = if release.starts_with("2.3") { Edition::Commerce } else { Edition::OpenSource };
    let mut settings = MockSettings::new(catalog, known.id, edition);
    settings.takes_bearer = true;
    settings.mode = if is_developer { MockMode::Developer } else { MockMode::Production };
    settings.stores = [(1, "default", "Default Store View"), (2, "second", "Second view")]
        .map(|(id, code, name)| StoreView { id, code: code.to_owned(), name: name.to_owned() })
        .to_vec();
    let mut routes = ServedRoute::of_release(catalog, known.id);
    let webapi = fs::read_to_string(shared("golden/module/GoldenRoutes/etc/webapi.xml")).unwrap();
    routes.extend(echo::routes(&webapi));
    let (consumer, token) = unlimited();
    let mut shop = MockShop::new(settings, routes, vec![echo::shape()], vec![consumer], vec![token]);
    shop.data.clear();
    seeds::fill(&shop, release);
    let of = release.to_owned();
    Some(shop.with_stand_in(Arc::new(move |method, arguments| echo::answer(method, arguments, &of))))
}

fn recorded_services_answer_as_the_shops_did() {
    let recorded = fs::read_to_string(shared("golden/answers.jsonl")).unwrap();
    let mut shops: BTreeMap<(String, bool), MockShop> = BTreeMap::new();
    let mut figures: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut drawn: BTreeMap<String, String> = BTreeMap::new();
    let mut now = AFTER - 1_000;
    for line in recorded.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let id = case["id"].as_str().unwrap();
        let kind = id.split('.').next().unwrap();
        // The rows of these lists differ from those of the shops.
        let is_exact = EXACT.contains(&kind) && !id.starts_with("list.criteria");
        let is_signature = case["response"]["raw"].as_str().is_some_and(|raw| {
            raw.to_lowercase().contains("invalid signature") || raw.contains("signature is invalid")
        });
        // Others than this replay's integration, which has all permissions.
        let is_denied = case["request"]["signed_as"].as_str().is_some_and(|by| by.contains(" as erp"));
        let of_release = |release: &str| case["release"].as_str().unwrap().starts_with(release);
        let is_exception = EXCEPTIONS.iter().any(|(it, release, _)| *it == id && of_release(release));
        if !EXACT.contains(&kind) && !FORMAL.contains(&kind) || is_signature || is_denied || is_exception {
            continue;
        }
        let release = case["release"].as_str().unwrap().to_owned();
        let is_developer = case["mode"] == "developer";
        let shop = shops
            .entry((release.clone(), is_developer))
            .or_insert_with(|| shop(&release, is_developer).unwrap());
        if kind == "limits" {
            shop.data.limit(InputLimits { default_page_size: 15, ..InputLimits::default() });
        } else {
            shop.data.unlimit();
        }
        if id.starts_with("bulk-status.after") {
            now = AFTER;
        }
        let named = match id {
            _ if id.contains(".bulk") => "bulk.post",
            _ if id.contains("async-failed") => "async.delete",
            _ => "async.post",
        };
        let uuid = drawn.get(named).cloned().unwrap_or_default();
        let mut request = request(&case, &drawn, &uuid);
        if id == "order.ship.empty-body" {
            // Asks for more than is left, so that all is shipped.
            let body = r#"{"items": [{"order_item_id": 1, "qty": 5}]}"#.as_bytes().to_vec();
            let target = "/rest/V1/order/1/ship".to_owned();
            assert_eq!(shop.answer(&HttpRequest { target, body, ..request.clone() }, now).status, 200);
        }
        if kind == "customer" {
            logged_in(shop, &mut request, now);
        }
        let answer = shop.answer(&request, now);
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        if let Some(uuid) = serde_json::from_str::<Value>(&body)
            .ok()
            .and_then(|it| it["bulk_uuid"].as_str().map(str::to_owned))
        {
            drawn.insert(id.to_owned(), uuid);
        }
        if id == "cart.new" {
            drawn.insert("cart".to_owned(), body.trim_matches('"').to_owned());
        }
        let status = case["response"]["status"].as_u64().unwrap();
        let figure = figures.entry(format!("{kind} {release}")).or_default();
        figure.1 += 1;
        let difference = if u64::from(answer.status) != status {
            Some(format!(
                "{} instead of {status}: {}",
                answer.status,
                body.chars().take(300).collect::<String>()
            ))
        } else {
            let expected = case["response"].get("body").cloned().unwrap_or_default();
            let given = serde_json::from_str(&body).unwrap_or_else(|_| json!(body));
            let is_same_form_enough = !is_exact && status < 400;
            super::compare::difference(&expected, &given, is_same_form_enough)
        };
        match difference {
            None => figure.0 += 1,
            Some(difference) => {
                wrong.push(format!(
                    "{id} {release} {}\n    {} {}\n    {}\n    {difference}",
                    case["mode"], request.method, request.target, case["request"]["body"]
                ));
            }
        }
    }
    let table: Vec<String> =
        figures.iter().map(|(kind, (passed, all))| format!("{kind}: {passed} of {all}")).collect();
    println!("{}", table.join("\n"));
    assert!(wrong.is_empty(), "{}\n{}\n{} wrong", table.join("\n"), wrong.join("\n"), wrong.len());
}

/// Time after the queue was emptied, in seconds.
const AFTER: u64 = 1_800_000_000;

/// Sends a request as the customer whom the shop knows.
fn logged_in(shop: &MockShop, request: &mut HttpRequest, now: u64) {
    let body =
        json!({ "username": "jane.doe@example.com", "password": shop.settings.password() }).to_string();
    let login = HttpRequest {
        method: "POST".to_owned(),
        target: "/rest/V1/integration/customer/token".to_owned(),
        headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
        body: body.into_bytes(),
        ..request.clone()
    };
    let token: String = serde_json::from_slice(&shop.answer(&login, now).body).unwrap();
    for (name, value) in &mut request.headers {
        if name == "Authorization" {
            *value = format!("Bearer {token}");
        }
    }
}

/// Request of a case, sent by an integration that may do everything, or by nobody.
fn request(case: &Value, drawn: &BTreeMap<String, String>, uuid: &str) -> HttpRequest {
    let sent = &case["request"];
    let text = |key: &str| sent[key].as_str().unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    for (name, value) in sent["headers"].as_object().unwrap() {
        let value = value.as_str().unwrap();
        if name == "Authorization" {
            if !sent["signed_as"].is_null() || value.contains("jwt") {
                headers.push((name.clone(), format!("Bearer {}", "t".repeat(32))));
            } else {
                headers.push((name.clone(), value.to_owned()));
            }
        } else {
            headers.push((name.clone(), value.to_owned()));
        }
    }
    let known = |text: String| {
        let cart = drawn.get("cart").cloned().unwrap_or_default();
        text.replace("<uuid>", uuid).replace("pgXDBFxxu1hnyDZ06IGAeoLdLykz75aY", &cart)
    };
    HttpRequest {
        method: text("method"),
        scheme: text("scheme"),
        host: text("host"),
        target: known(text("path")),
        headers,
        body: recorded_bytes(&known(text("body"))),
    }
}
