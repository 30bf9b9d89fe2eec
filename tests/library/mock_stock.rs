//! Carts of customers, and the stock that orders take.

use magespec::mock::{HttpRequest, MockShop};
use serde_json::{Value, json};

use crate::{
    mock::{get, shop},
    mock_kept::sent,
    mock_writes::filled_cart,
};

/// Places an order of two pieces of the first product; returns its id.
fn ordered(shop: &MockShop) -> String {
    let cart = filled_cart(shop, "/V1/carts", "/V1/carts");
    let quote = cart.rsplit('/').next().unwrap();
    let item = json!({ "cartItem": { "sku": "SKU-0001", "qty": 1, "quote_id": quote } });
    assert_eq!(sent(shop, "POST", &format!("{cart}/items"), &item).0, 200);
    let (status, id) = sent(shop, "PUT", &format!("{cart}/order"), &json!({}));
    assert_eq!(status, 200, "{id}");
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

fn in_stock(shop: &MockShop) -> i64 {
    get(shop, "/V1/stockItems/SKU-0001")["qty"].as_i64().unwrap()
}

/// Quantity that can be sold, and that of the source.
fn salable(shop: &MockShop) -> (i64, i64) {
    let sources = get(
        shop,
        "/V1/inventory/source-items?searchCriteria[filter_groups][0][filters][0][field]=sku&searchCriteria[filter_groups][0][filters][0][value]=SKU-0001",
    );
    let salable = get(shop, "/V1/inventory/get-product-salable-quantity/SKU-0001/1");
    (salable.as_i64().unwrap(), sources["items"][0]["quantity"].as_i64().unwrap())
}

#[test]
fn an_order_reserves_stock_and_a_shipment_takes_it() {
    let shop = shop("2.4.7-p3");
    let (before, (could_sell, in_source)) = (in_stock(&shop), salable(&shop));
    let order = ordered(&shop);
    assert_eq!((in_stock(&shop), salable(&shop)), (before, (could_sell - 2, in_source)));
    let statuses = get(&shop, "/V1/stockStatuses/SKU-0001");
    assert_eq!(statuses["qty"], json!(before));
    let other = ordered(&shop);
    assert_eq!(sent(&shop, "POST", &format!("/V1/orders/{other}/cancel"), &json!({})), (200, json!(true)));
    assert_eq!((in_stock(&shop), salable(&shop)), (before, (could_sell - 2, in_source)));
    assert_eq!(sent(&shop, "POST", &format!("/V1/order/{order}/ship"), &json!({})).0, 200);
    assert_eq!((in_stock(&shop), salable(&shop)), (before - 2, (could_sell - 2, in_source - 2)));
}

#[test]
fn an_order_takes_stock_at_once_up_to_2_2() {
    let shop = shop("2.2.5");
    let before = in_stock(&shop);
    let order = ordered(&shop);
    assert_eq!(in_stock(&shop), before - 2);
    assert_eq!(sent(&shop, "POST", &format!("/V1/orders/{order}/cancel"), &json!({})), (200, json!(true)));
    assert_eq!(in_stock(&shop), before);
}

#[test]
fn what_is_reserved_cannot_be_bought() {
    let shop = shop("2.4.7-p3");
    let (could_sell, _) = salable(&shop);
    ordered(&shop);
    let cart = filled_cart(&shop, "/V1/carts", "/V1/carts");
    let quote = cart.rsplit('/').next().unwrap();
    let add = |count: i64| {
        let item = json!({ "cartItem": { "sku": "SKU-0001", "qty": count, "quote_id": quote } });
        sent(&shop, "POST", &format!("{cart}/items"), &item)
    };
    let refused = add(could_sell - 2);
    assert_eq!((refused.0, &refused.1["message"]), (400, &json!("The requested qty is not available")));
    assert_eq!(add(could_sell - 3).0, 200);
}

/// The routes of a customer's own cart name no cart: it is the one that is not ordered.
#[test]
fn a_customer_has_one_active_cart() {
    for release in ["2.2.5", "2.3.2-p1", "2.4.7-p3"] {
        let shop = shop(release);
        let password = shop.settings.password();
        let email = get(&shop, "/V1/customers/1")["email"].clone();
        let login = json!({ "username": email, "password": password });
        let token = sent(&shop, "POST", "/V1/integration/customer/token", &login).1;
        let own = |method: &str, target: &str, body: &Value| {
            let authorization = format!("Bearer {}", token.as_str().unwrap());
            let headers = [("Authorization", &*authorization), ("Content-Type", "application/json")];
            let answer = shop.answer(
                &HttpRequest {
                    method: method.to_owned(),
                    scheme: "http".to_owned(),
                    host: "127.0.0.1".to_owned(),
                    target: format!("/rest/V1/carts/mine{target}"),
                    headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
                    body: body.to_string().into_bytes(),
                },
                1_800_000_000,
            );
            (answer.status, serde_json::from_slice::<Value>(&answer.body).unwrap())
        };
        let missing = own("GET", "/items", &Value::Null);
        assert_eq!(
            (missing.0, &missing.1["message"]),
            (404, &json!("Current customer does not have an active cart."))
        );
        let missing = own("GET", "", &Value::Null);
        assert_eq!((missing.0, &missing.1["parameters"]["fieldName"]), (404, &json!("customerId")));
        let (status, cart) = own("POST", "", &json!({}));
        assert_eq!(status, 200, "{cart}");
        assert_eq!(own("POST", "", &json!({})).1, cart);
        assert_eq!(own("GET", "", &Value::Null).1["id"], cart);
        let (status, item) =
            own("POST", "/items", &json!({ "cartItem": { "sku": "SKU-0001", "qty": 2, "quote_id": "7" } }));
        assert_eq!((status, &item["quote_id"]), (200, &json!(cart.to_string())), "{item}");
        assert_eq!(own("GET", "/items", &Value::Null).1[0]["qty"], json!(2));
        let item = item["item_id"].to_string();
        assert_eq!(
            own("PUT", &format!("/items/{item}"), &json!({ "cartItem": { "qty": 3 } })).1["qty"],
            json!(3)
        );
        assert_eq!(own("GET", "/totals", &Value::Null).1["items_qty"], json!(3));
        assert_eq!(own("DELETE", &format!("/items/{item}"), &Value::Null), (200, json!(true)));
        // An integration has no cart of its own.
        let (status, answer) = sent(&shop, "GET", "/V1/carts/mine/items", &Value::Null);
        assert_eq!((status, &answer["parameters"]["fieldName"]), (400, &json!("cartId")), "{answer}");
    }
}
