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

/// PHP words its errors otherwise from PHP 8 on, with which Magento runs from 2.4.4 on.
#[test]
fn errors_of_php_are_those_of_its_version() {
    const METHOD: &str = r"Magento\Catalog\Model\ProductRepository::getProductFromLocalCache()";
    let body = json!({ "product": { "name": "A", "price": 1, "attribute_set_id": 4 } }).to_string();
    for (release, message) in [
        ("2.4.3", format!("Argument 1 passed to {METHOD} must be of the type string, null given")),
        ("2.4.7-p3", format!("{METHOD}: Argument #1 ($sku) must be of type string, null given")),
    ] {
        let shop = shop(release);
        call(&shop, "POST", "/V1/products", &body);
        assert_eq!(shop.contract().failed[0].message, message, "{release}");
    }
}

#[test]
fn ids_end_where_those_of_columns_end() {
    let shop = shop("2.4.7-p3");
    let rate = |id: Value| json!({ "taxRate": { "id": id, "code": "x", "rate": 1, "tax_country_id": "US", "tax_postcode": "*" } });
    let order = |id: Value| json!({ "entity": { "entity_id": id, "base_grand_total": 1, "customer_email": "a@example.com", "grand_total": 1 } });
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

/// Only a move changes the place in the tree.
#[test]
fn a_category_keeps_its_parent_when_it_is_saved() {
    let shop = shop("2.4.7-p3");
    let before = get(&shop, "/V1/categories?rootCategoryId=3");
    for (category, parent) in [(5, 3), (3, 5), (3, 3)] {
        let moved = json!({ "category": { "parent_id": parent, "path": "1/3", "level": i64::MAX } });
        assert_eq!(sent(&shop, "PUT", &format!("/V1/categories/{category}"), &moved).0, 200);
    }
    assert_eq!(get(&shop, "/V1/categories?rootCategoryId=3"), before);
    let new = json!({ "category": { "parent_id": 3, "name": "New", "level": i64::MAX, "path": "1" } });
    let new = posted(&shop, "/V1/categories", new);
    let parent = get(&shop, "/V1/categories/3");
    assert_eq!(new["level"].as_i64(), parent["level"].as_i64().map(|level| level + 1));
    assert_eq!(new["path"], format!("{}/{}", parent["path"].as_str().unwrap(), new["id"]));
}

#[test]
fn categories_are_nested_as_deep_as_a_path_is_long() {
    let shop = shop("2.4.7-p3");
    let below = |parent: &Value| json!({ "category": { "name": "Nested", "parent_id": parent } });
    let (mut last, mut depth) = (json!(2), 0);
    while let (200, category) = sent(&shop, "POST", "/V1/categories", &below(&last)) {
        (last, depth) = (category["id"].clone(), depth + 1);
        assert!(depth < 200);
    }
    let why = reason(&shop, "POST", "/V1/categories", &below(&last));
    assert!(why.contains("255 characters"), "{why}");
    // Deeper than the parser of these tests reads.
    let tree = call(&shop, "GET", "/V1/categories?rootCategoryId=2", "");
    let tree = String::from_utf8(tree.body).unwrap();
    assert!(depth > 40 && tree.contains(&format!("\"id\":{last},")), "{depth}: {tree}");
}

#[test]
fn many_items_in_a_body_end() {
    let shop = shop("2.4.7-p3");
    let rows = |count: usize, row: &dyn Fn(usize) -> Value| (0..count).map(row).collect::<Vec<Value>>();
    let attributes =
        rows(20_000, &|number| json!({ "attribute_code": format!("a{number}"), "value": number }));
    let category = json!({ "category": { "name": "New", "custom_attributes": attributes } });
    let made = posted(&shop, "/V1/categories", category);
    assert_eq!(made["custom_attributes"].as_array().unwrap().len(), 20_005);
    let tier = |quantity: usize| {
        json!({
            "sku": "SKU-0001", "price": 1, "price_type": "fixed", "website_id": 0,
            "customer_group": "ALL GROUPS", "quantity": quantity + 2,
        })
    };
    let tiers = json!({ "prices": rows(5_000, &tier) });
    assert_eq!(posted(&shop, "/V1/products/tier-prices", tiers.clone()), json!([]));
    assert_eq!(get(&shop, "/V1/products/SKU-0001")["tier_prices"].as_array().unwrap().len(), 5_000);
    assert_eq!(posted(&shop, "/V1/products/tier-prices-delete", tiers), json!([]));
    assert_eq!(get(&shop, "/V1/products/SKU-0001")["tier_prices"], json!([]));
    let item = |number: usize| json!({ "product": { "sku": format!("b{number}") } });
    let (status, bulk) = sent(&shop, "POST", "/async/bulk/V1/products", &Value::Array(rows(5_000, &item)));
    assert_eq!((status, bulk["request_items"].as_array().unwrap().len()), (202, 5_000));
    let keys: serde_json::Map<String, Value> =
        (0..100_000).map(|number| (format!("k{number}"), json!(1))).collect();
    let (status, answer) = sent(&shop, "PUT", "/V1/products/SKU-0001", &Value::Object(keys));
    assert_eq!((status, &answer["parameters"]["fieldName"]), (400, &json!("product")), "{answer}");
}

#[test]
fn many_items_of_an_order_end() {
    let shop = shop("2.4.7-p3");
    let items: Vec<Value> = (1..=10_000)
        .map(|id| json!({ "item_id": id, "sku": "SKU-0001", "qty_ordered": 1, "price": 1, "base_price": 1 }))
        .collect();
    let order = json!({ "entity": {
        "entity_id": 1, "base_grand_total": 1, "grand_total": 1, "customer_email": "a@example.com", "items": items,
    } });
    posted(&shop, "/V1/orders", order);
    let lines: Vec<Value> = (1..=10_000).map(|id| json!({ "order_item_id": id, "qty": 1 })).collect();
    let (status, answer) = sent(&shop, "POST", "/V1/order/1/invoice", &json!({ "items": lines }));
    assert_eq!(status, 200, "{answer}");
}
