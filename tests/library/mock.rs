//! Answers of a mock shop that nothing was written to.

use magespec::mock::{HttpAnswer, HttpRequest, MockSettings, MockShop, ServedMethod, ServedRoute};
use serde_json::{Value, json};

use crate::support::mock_shop::shop_of;

const NOW: u64 = 1_800_000_000;

/// Shop of a release with one integration that may do everything.
pub(crate) fn shop(version: &str) -> MockShop {
    shop_of(version, |settings| settings.takes_bearer = true)
}

pub(crate) fn call(shop: &MockShop, method: &str, target: &str, body: &str) -> HttpAnswer {
    let headers = [
        ("Authorization", format!("Bearer {}", "t".repeat(32))),
        ("Content-Type", "application/json".to_owned()),
    ];
    let request = HttpRequest {
        method: method.to_owned(),
        scheme: "http".to_owned(),
        host: "127.0.0.1".to_owned(),
        target: format!("/rest{target}"),
        headers: headers.map(|(name, value)| (name.to_owned(), value)).to_vec(),
        body: body.as_bytes().to_vec(),
    };
    shop.answer(&request, NOW)
}

pub(crate) fn json(answer: &HttpAnswer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

pub(crate) fn get(shop: &MockShop, target: &str) -> Value {
    let answer = call(shop, "GET", target, "");
    assert_eq!(answer.status, 200, "{target}: {}", String::from_utf8_lossy(&answer.body));
    json(&answer)
}

/// Path and query that call a route with plausible values.
fn target(route: &ServedRoute, method: &ServedMethod) -> String {
    let value = |name: &str, kind: &str| match (name, kind) {
        ("sku" | "productSku" | "childSku" | "linkedProductSku", _) => "SKU-0001".to_owned(),
        ("countryId", _) => "US".to_owned(),
        ("blockId", _) => "1".to_owned(),
        ("sourceCode", _) => "default".to_owned(),
        ("type" | "salesChannelType", _) => "website".to_owned(),
        ("code" | "salesChannelCode", _) => "base".to_owned(),
        ("attributeCode", _) if route.path.contains("Metadata") => "firstname".to_owned(),
        (_, kind) if kind.starts_with("string") => "name".to_owned(),
        _ => "1".to_owned(),
    };
    let mut query = Vec::new();
    let mut path = route.path.clone();
    for parameter in &method.parameters {
        let kind = &parameter.php_type;
        let variable = format!(":{}", parameter.name);
        if path.split('/').any(|step| step == variable) {
            let steps = path
                .split('/')
                .map(|step| if step == variable { value(&parameter.name, kind) } else { step.to_owned() });
            path = steps.collect::<Vec<_>>().join("/");
        } else if kind.contains("SearchCriteria") {
            query.push(format!("{}[pageSize]=2", parameter.name));
        } else if parameter.default.is_none() {
            let list = if kind.contains("[]") { "[]" } else { "" };
            query.push(format!("{}{list}={}", parameter.name, value(&parameter.name, kind)));
        }
    }
    format!("{path}?{}", query.join("&"))
}

#[test]
fn every_route_that_reads_answers() {
    for version in ["2.2.5", "2.3.7", "2.4.7-p3"] {
        let shop = shop(version);
        let mut refused = Vec::new();
        let mut count = 0;
        for route in shop.routes.iter().filter(|route| route.method == "GET") {
            let Some(method) = &route.service else { continue };
            let names_customer = route.resources.iter().any(|it| it == "self");
            // Carts and bulks exist once they are made.
            if names_customer || route.path.contains("cart") || route.path.contains("bulk/") {
                continue;
            }
            count += 1;
            let target = target(route, method);
            let answer = call(&shop, "GET", &target, "");
            if answer.status != 200 {
                refused.push(format!(
                    "{target}: {} {}",
                    answer.status,
                    String::from_utf8_lossy(&answer.body)
                ));
            } else if answer != call(&shop, "GET", &target, "") && !route.path.contains("token") {
                let again = call(&shop, "GET", &target, "");
                if answer.body != again.body {
                    refused.push(format!("{target} differs from call to call"));
                }
            }
        }
        assert!(count > 90, "{version}: {count}");
        assert!(refused.is_empty(), "{version}\n{}", refused.join("\n"));
    }
}

#[test]
fn every_route_that_writes_takes_an_empty_object_or_says_what_is_wrong() {
    let shop = shop("2.4.7-p3");
    for route in shop.routes.iter().filter(|route| route.method != "GET") {
        let Some(method) = &route.service else { continue };
        let fields: Vec<String> = method
            .parameters
            .iter()
            .filter(|it| it.default.is_none() && it.php_type.contains('\\'))
            .map(|it| format!("{:?}: {}", it.name, if it.php_type.contains("[]") { "[]" } else { "{}" }))
            .collect();
        let target = target(route, method);
        let answer = call(&shop, &route.method, &target, &format!("{{{}}}", fields.join(",")));
        assert!(
            matches!(answer.status, 200 | 400 | 401 | 404 | 500),
            "{} {target}: {}",
            route.method,
            answer.status
        );
    }
}

#[test]
fn orders_name_things_that_exist() {
    let shop = shop("2.4.7-p3");
    let orders = get(&shop, "/V1/orders?searchCriteria[pageSize]=0");
    assert_eq!(orders["total_count"], orders["items"].as_array().unwrap().len());
    for order in orders["items"].as_array().unwrap() {
        let sum: f64 =
            order["items"].as_array().unwrap().iter().map(|item| item["row_total"].as_f64().unwrap()).sum();
        assert!((sum - order["subtotal"].as_f64().unwrap()).abs() < 0.001, "{order}");
        for item in order["items"].as_array().unwrap() {
            let product = get(&shop, &format!("/V1/products/{}", item["sku"].as_str().unwrap()));
            assert_eq!((&product["id"], &product["price"]), (&item["product_id"], &item["price"]));
        }
        if !order["customer_id"].is_null() {
            let customer = get(&shop, &format!("/V1/customers/{}", order["customer_id"]));
            assert_eq!(customer["email"], order["customer_email"]);
        }
    }
    for invoice in get(&shop, "/V1/invoices?searchCriteria[pageSize]=0")["items"].as_array().unwrap() {
        let order = get(&shop, &format!("/V1/orders/{}", invoice["order_id"]));
        assert_eq!(order["total_invoiced"], invoice["grand_total"], "{invoice}");
    }
}

#[test]
fn what_is_written_can_be_read() {
    let shop = shop("2.4.7-p3");
    let product = r#"{"product": {"sku": "new", "name": "New one", "price": 5, "attribute_set_id": 4}}"#;
    let made = json(&call(&shop, "POST", "/V1/products", product));
    assert_eq!(get(&shop, "/V1/products/NEW"), made);
    let filter = "/V1/products?searchCriteria[filter_groups][0][filters][0][field]=name&searchCriteria[filter_groups][0][filters][0][value]=new%20one";
    assert_eq!(get(&shop, filter)["items"][0]["sku"], "new");
    assert_eq!(call(&shop, "DELETE", "/V1/products/new", "").status, 200);
    assert_eq!(call(&shop, "GET", "/V1/products/new", "").status, 404);
    let rule = r#"{"rule": {"code": "R", "priority": 1, "position": 1, "customer_tax_class_ids": [3], "product_tax_class_ids": [2], "tax_rate_ids": [1]}}"#;
    let id = json(&call(&shop, "POST", "/V1/taxRules", rule))["id"].clone();
    assert_eq!(get(&shop, &format!("/V1/taxRules/{id}"))["code"], "R");
    let order = get(&shop, "/V1/orders/1");
    assert_eq!(order["status"], "pending");
    assert!(json(&call(&shop, "POST", "/V1/order/1/ship", "{}")).is_string());
    let shipped = get(&shop, "/V1/orders/1");
    assert_eq!(
        (&shipped["status"], &shipped["items"][0]["qty_shipped"]),
        (&"processing".into(), &order["items"][0]["qty_ordered"])
    );
}

#[test]
fn another_seed_makes_other_data() {
    let first = shop("2.4.7-p3");
    let settings = MockSettings { seed: 7, ..first.settings.clone() };
    let (consumers, tokens) = first.rows();
    let second = MockShop::new(settings, first.routes.clone(), Vec::new(), consumers, tokens);
    assert_ne!(get(&first, "/V1/orders/1"), get(&second, "/V1/orders/1"));
    assert_eq!(get(&first, "/V1/orders/1"), get(&shop("2.4.7-p3"), "/V1/orders/1"));
}

#[test]
fn a_code_of_six_digits_gives_the_admin_user_a_token() {
    let shop = shop_of("2.4.7-p7", |settings| settings.needs_two_factors = true);
    let password = shop.settings.password();
    let login = |path: &str, otp: Value| {
        let body = json!({ "username": "admin", "password": password, "otp": otp }).to_string();
        let answer = call(&shop, "POST", path, &body);
        (answer.status, json(&answer))
    };
    let google = "/V1/tfa/provider/google/authenticate";
    let (status, answer) = login("/V1/integration/admin/token", json!("123456"));
    assert_eq!((status, &answer["parameters"]), (400, &json!({ "active_providers": ["google"] })));
    assert_eq!(login(google, json!("12345")), (401, json!({ "message": "Invalid code." })));
    assert_eq!(login(google, json!("")).1["parameters"], json!({ "fieldName": "otp" }));
    let (status, token) = login(google, json!(123_456));
    let headers = vec![("Authorization".to_owned(), format!("Bearer {}", token.as_str().unwrap()))];
    let target = "/rest/V1/orders/1".to_owned();
    let request = HttpRequest { method: "GET".to_owned(), target, headers, ..HttpRequest::default() };
    assert_eq!((status, shop.answer(&request, NOW).status), (200, 200));
}

#[test]
fn routes_of_second_factors_are_there_if_one_is_needed() {
    for path in ["google/authenticate", "duo_security/authenticate", "authy/configure"] {
        let path = format!("/V1/tfa/provider/{path}");
        let body = r#"{"username": "admin", "password": "wrong", "otp": "123456"}"#;
        let answer = call(&shop("2.4.7-p7"), "POST", &path, body);
        let text = (answer.status, json(&answer)["message"].clone());
        assert_eq!(text, (404, json!("Request does not match any route.")));
        assert_eq!(answer.header("X-Magespec-Mock"), Some("start the mock with --two-factor"), "{path}");
        let shop = shop_of("2.4.7-p7", |settings| settings.needs_two_factors = true);
        assert_ne!(call(&shop, "POST", &path, body).status, 404, "{path}");
    }
}

/// As PHP casts them.
#[test]
fn a_login_takes_numbers_for_texts() {
    let shop = shop("2.4.7-p7");
    for (name, password, status) in
        [(json!(1), json!(2), 401), (json!("admin"), json!(true), 401), (json!(1), json!(false), 400)]
    {
        let body = json!({ "username": name, "password": password }).to_string();
        assert_eq!(call(&shop, "POST", "/V1/integration/admin/token", &body).status, status, "{body}");
    }
}

/// Anyone may ask for a token.
#[test]
fn a_refused_login_does_not_name_the_password() {
    let shop = shop("2.4.7-p7");
    for kind in ["admin", "customer"] {
        let body = json!({ "username": "admin", "password": "wrong" }).to_string();
        let answer = call(&shop, "POST", &format!("/V1/integration/{kind}/token"), &body);
        let said = answer.header("X-Magespec-Mock").unwrap();
        assert!(said.contains("MAGENTO_ADMIN_PASSWORD"), "{said}");
        assert!(!said.contains(&shop.settings.password()), "{said}");
    }
}
