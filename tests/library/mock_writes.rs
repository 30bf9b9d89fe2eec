//! Writes to a mock shop, and what is read afterwards.

use std::{sync::Barrier, thread};

use magespec::mock::MockShop;
use serde_json::{Value, json};

use crate::{
    mock::{get, shop},
    mock_kept::sent,
};

fn address(street: &str) -> Value {
    json!({
        "firstname": "Ann", "lastname": "Bell", "street": [street], "city": "City", "country_id": "US",
        "region_id": 12, "postcode": "90210", "telephone": "555", "email": "ann@example.com",
    })
}

/// Cart with an item and an address, by its path.
fn filled_cart(shop: &MockShop, create: &str, carts: &str) -> String {
    let id = sent(shop, "POST", create, &Value::Null).1;
    let cart = format!("{carts}/{}", id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let item = json!({ "cartItem": { "sku": "SKU-0001", "qty": 1, "quote_id": id } });
    assert_eq!(sent(shop, "POST", &format!("{cart}/items"), &item).0, 200);
    let information = json!({ "addressInformation": {
        "shipping_address": address("Way 1"), "billing_address": address("Way 1"),
        "shipping_carrier_code": "flatrate", "shipping_method_code": "flatrate",
    } });
    let (status, answer) = sent(shop, "POST", &format!("{cart}/shipping-information"), &information);
    assert_eq!(status, 200, "{answer}");
    cart
}

#[test]
fn payment_information_goes_into_the_order() {
    let shop = shop("2.4.7-p3");
    let cart = filled_cart(&shop, "/V1/guest-carts", "/V1/guest-carts");
    let payment = |method: &str| {
        json!({
            "email": "real@example.com", "billingAddress": address("Other Way 2"), "paymentMethod": { "method": method },
        })
    };
    let pay =
        |method: &str| sent(&shop, "POST", &format!("{cart}/set-payment-information"), &payment(method));
    assert_eq!(pay("nonsense").1["message"], json!("The requested Payment Method is not available."));
    assert_eq!(pay("checkmo"), (200, json!(true)));
    let id = sent(&shop, "PUT", &format!("{cart}/order"), &json!({})).1;
    let order = get(&shop, &format!("/V1/orders/{id}"));
    assert_eq!(order["customer_email"], json!("real@example.com"));
    assert_eq!(order["billing_address"]["street"], json!(["Other Way 2"]));
}

#[test]
fn an_order_is_that_of_the_customer_of_its_cart() {
    let shop = shop("2.4.7-p3");
    let new = json!({ "customer": { "email": "new@example.com", "firstname": "New", "lastname": "One" } });
    let new = sent(&shop, "POST", "/V1/customers", &new).1;
    for id in [&json!(5), &new["id"]] {
        let customer = get(&shop, &format!("/V1/customers/{id}"));
        let create = format!("/V1/customers/{id}/carts");
        let cart = filled_cart(&shop, &create, "/V1/carts");
        assert_eq!(
            sent(&shop, "POST", &create, &Value::Null).1,
            get(&shop, &cart)["id"],
            "it is the same cart"
        );
        let order = sent(&shop, "PUT", &format!("{cart}/order"), &json!({})).1;
        let order = get(&shop, &format!("/V1/orders/{order}"));
        for (field, of_customer) in [("id", "id"), ("email", "email"), ("firstname", "firstname")] {
            assert_eq!(order[format!("customer_{field}")], customer[of_customer], "{field}");
        }
    }
    assert_eq!(sent(&shop, "POST", "/V1/customers/999/carts", &Value::Null).0, 404);
    let cart = filled_cart(&shop, "/V1/carts", "/V1/carts");
    let order = sent(&shop, "PUT", &format!("{cart}/order"), &json!({})).1;
    let order = get(&shop, &format!("/V1/orders/{order}"));
    assert_eq!((&order["customer_id"], &order["customer_firstname"]), (&Value::Null, &json!("Ann")));
}

#[test]
fn calls_at_the_same_time_do_not_do_a_thing_twice() {
    const CLIENTS: usize = 8;
    let shop = shop("2.4.7-p3");
    let at_once = |method: &str, target: &str| {
        let start = Barrier::new(CLIENTS);
        thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS)
                .map(|_| {
                    scope.spawn(|| {
                        start.wait();
                        sent(&shop, method, target, &json!({})).0
                    })
                })
                .collect();
            clients.into_iter().map(|it| it.join().unwrap()).filter(|it| *it == 200).count()
        })
    };
    for order in (1..=60).filter(|order| order % 6 == 1) {
        assert_eq!(at_once("POST", &format!("/V1/order/{order}/ship")), 1, "order {order}");
        let cart = filled_cart(&shop, "/V1/guest-carts", "/V1/guest-carts");
        assert_eq!(at_once("PUT", &format!("{cart}/order")), 1, "{cart}");
    }
}

#[test]
fn a_cart_becomes_an_order_that_can_be_read() {
    let shop = shop("2.4.7-p3");
    let sent = |method: &str, target: &str, body: Value| sent(&shop, method, target, &body);
    let cart = sent("POST", "/V1/guest-carts", Value::Null).1;
    let cart = format!("/V1/guest-carts/{}", cart.as_str().unwrap());
    let id = cart.rsplit('/').next().unwrap();
    let order = |method: &str| {
        sent("PUT", &format!("{cart}/order"), json!({ "paymentMethod": { "method": method } }))
    };
    assert_eq!(order("checkmo").0, 400, "the cart is empty");
    let item = json!({ "cartItem": { "sku": "SKU-0001", "qty": 2, "quote_id": id } });
    let item = sent("POST", &format!("{cart}/items"), item).1;
    assert_eq!(order("checkmo").1["parameters"], json!([""]), "it has no address");
    let address = address("Way 1");
    let rates = sent("POST", &format!("{cart}/estimate-shipping-methods"), json!({ "address": address })).1;
    assert_eq!((&rates[0]["method_code"], &rates[0]["amount"]), (&json!("flatrate"), &json!(10)));
    let information = json!({ "addressInformation": {
        "shipping_address": address, "billing_address": address,
        "shipping_carrier_code": "flatrate", "shipping_method_code": "flatrate",
    } });
    let totals = sent("POST", &format!("{cart}/shipping-information"), information).1;
    assert_eq!(totals["payment_methods"][0]["code"], json!("checkmo"));
    assert_eq!(totals["totals"]["shipping_amount"], json!(10));
    assert_eq!(order("other").1["message"], json!("The requested Payment Method is not available."));
    let (status, id) = order("checkmo");
    assert_eq!(status, 200, "{id}");
    let made = get(&shop, &format!("/V1/orders/{id}"));
    assert_eq!(made["grand_total"], totals["totals"]["grand_total"]);
    assert_eq!((&made["customer_email"], &made["status"]), (&json!("ann@example.com"), &json!("pending")));
    assert_eq!((&made["items"][0]["sku"], &made["items"][0]["qty_ordered"]), (&json!("SKU-0001"), &json!(2)));
    assert_eq!(made["items"][0]["quote_item_id"], item["item_id"]);
    assert_eq!(made["billing_address"]["street"], json!(["Way 1"]));
    assert_eq!(order("checkmo").0, 404, "it is ordered once");
    assert_eq!(get(&shop, &cart)["is_active"], json!(false));
    let shipped = sent("POST", &format!("/V1/order/{id}/ship"), json!({}));
    assert_eq!(shipped.0, 200, "{}", shipped.1);
}
