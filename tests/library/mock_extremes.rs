//! Ids, names and bodies of the greatest sizes.

use magespec::mock::MockShop;
use serde_json::{Value, json};

use crate::{
    mock::{call, get, shop},
    mock_kept::{posted, sent},
};

/// Reason that the mock gives for an answer.
fn reason(shop: &MockShop, method: &str, target: &str, body: &Value) -> String {
    let answer = call(shop, method, target, &body.to_string());
    let found = answer.headers.iter().find(|(name, _)| name == "X-Magespec-Mock");
    found.map(|(_, value)| value.clone()).unwrap_or_default()
}

#[test]
fn ids_end_where_those_of_columns_end() {
    let shop = shop("2.4.7-p3");
    let rate = |id: Value| {
        json!({ "taxRate": { "id": id, "code": "x", "rate": 1, "tax_country_id": "US", "tax_postcode": "*" } })
    };
    let order = |id: Value| {
        json!({ "entity": { "entity_id": id, "base_grand_total": 1, "customer_email": "a@example.com", "grand_total": 1 } })
    };
    for id in [json!(i64::MAX), json!(4_294_967_296_i64), json!(-1), json!(i64::MIN)] {
        let (status, answer) = sent(&shop, "POST", "/V1/taxRates", &rate(id.clone()));
        assert_eq!((status, &answer["parameters"]["fieldValue"]), (404, &id), "{answer}");
        assert_eq!(sent(&shop, "POST", "/V1/orders", &order(id.clone())).0, 404, "{id}");
        assert_eq!(sent(&shop, "GET", &format!("/V1/taxRates/{id}"), &Value::Null).0, 404, "{id}");
    }
    let why = reason(&shop, "POST", "/V1/taxRates", &rate(json!(i64::MAX)));
    assert!(why.contains("4294967295"), "{why}");
    let next = posted(&shop, "/V1/taxRates", rate(Value::Null))["id"].clone();
    assert_eq!(next, json!(3), "refused ids are not used up");
    assert_eq!(posted(&shop, "/V1/taxRates", rate(json!(4_294_967_295_i64)))["id"], json!(4_294_967_295_i64));
    let next = posted(&shop, "/V1/taxRates", rate(Value::Null))["id"].clone();
    assert_eq!(next, json!(4), "the greatest id is taken");
}

/// An old address or URL key is free again.
#[test]
fn a_row_that_is_renamed_gives_its_name_back() {
    let shop = shop("2.4.7-p3");
    let customer =
        |email: &str| json!({ "customer": { "email": email, "firstname": "New", "lastname": "One" } });
    let id = posted(&shop, "/V1/customers", customer("first@example.com"))["id"].clone();
    let put = sent(&shop, "PUT", &format!("/V1/customers/{id}"), &customer("second@example.com"));
    assert_eq!(put.0, 200, "{}", put.1);
    posted(&shop, "/V1/customers", customer("first@example.com"));
    assert_eq!(sent(&shop, "POST", "/V1/customers", &customer("second@example.com")).0, 400);
    let product = |sku: &str, url: &str| {
        json!({ "product": {
            "sku": sku, "name": "N", "price": 1, "attribute_set_id": 4,
            "custom_attributes": [{ "attribute_code": "url_key", "value": url }],
        } })
    };
    posted(&shop, "/all/V1/products", product("/b", "a"));
    posted(&shop, "/all/V1/products", product("/b", "b"));
    posted(&shop, "/all/V1/products", product("c", "a"));
    assert_eq!(sent(&shop, "POST", "/all/V1/products", &product("d", "b")).0, 400);
    assert_eq!(get(&shop, "/V1/products/%2Fb")["sku"], json!("/b"), "a SKU is no URL key");
}
