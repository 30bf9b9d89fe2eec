//! Rows that the recorded shops had before the first request.

use std::fs;

use magespec::mock::MockShop;
use serde_json::{Value, json};

use crate::need::shared;

const PRODUCT: &str = r"Magento\Catalog\Api\Data\ProductInterface";
const STOCK_ITEM: &str = r"Magento\CatalogInventory\Api\Data\StockItemInterface";

/// Writes the rows, taken from the answers.
pub(super) fn fill(shop: &MockShop, release: &str) {
    let recorded = fs::read_to_string(shared("golden/answers.jsonl")).unwrap();
    let main = if release.starts_with("2.4.7") { "2.4.7-p3" } else { release };
    let cases: Vec<Value> = recorded.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let body = |id: &str| {
        let case = cases
            .iter()
            .find(|case| case["id"] == id && case["release"] == main && case["mode"] == "production");
        case.map(|case| case["response"]["body"].clone()).filter(Value::is_object)
    };
    let mut products = Vec::new();
    for id in ["store.put.default", "put.product.nosku"] {
        if let Some(mut product) = body(id) {
            product["name"] = json!("Golden one");
            products.push(product);
        }
    }
    if let Some(product) = body("get.product.slash") {
        let mut third = product.clone();
        for (name, value) in [("id", json!(3)), ("sku", json!("Ä+1")), ("name", json!("Golden umlaut"))] {
            third[name] = value;
        }
        products.extend([product, third]);
    }
    for product in products {
        let id = product["id"].clone();
        let item = body("get.stockitem").map(|mut item| {
            item["item_id"] = id.clone();
            item["product_id"] = id;
            item
        });
        shop.data.remember(PRODUCT, product);
        if let Some(item) = item {
            shop.data.remember(STOCK_ITEM, item);
        }
    }
    if let Some(customer) = body("get.customer") {
        shop.data.remember(r"Magento\Customer\Api\Data\CustomerInterface", customer);
    }
    if main == "2.4.7-p3" {
        let page = json!({
            "id": 1, "identifier": "no-route", "title": "404 Not Found", "creation_time": "2026-01-01 00:00:00",
            "sort_order": "0", "active": true,
        });
        shop.data.remember(r"Magento\Cms\Api\Data\PageInterface", page);
    }
    let listed = body("get.category.list").map(|list| list["items"].as_array().unwrap().clone());
    let categories = listed.into_iter().flatten().chain(body("get.category"));
    for category in categories {
        shop.data.remember(r"Magento\Catalog\Api\Data\CategoryInterface", category);
    }
    let second = fs::read_to_string(shared("golden/examples/order-pending.json")).unwrap();
    let second: Value = serde_json::from_str(&second).unwrap();
    let second = (main == "2.4.7-p3").then(|| second["body"].clone());
    let third = second.clone().map(|mut order| {
        for (name, value) in [("entity_id", json!(3)), ("increment_id", json!("000000003"))] {
            order[name] = value;
        }
        order["items"][0]["item_id"] = json!(3);
        order
    });
    for order in body("order.one").into_iter().chain(second).chain(third) {
        shop.data.remember(r"Magento\Sales\Api\Data\OrderInterface", order);
    }
}
