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
pub(crate) fn filled_cart(shop: &MockShop, create: &str, carts: &str) -> String {
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

#[test]
fn an_item_of_a_cart_is_written_by_its_path() {
    let shop = shop("2.4.7-p3");
    let id = sent(&shop, "POST", "/V1/carts", &Value::Null).1;
    assert_eq!(id, json!(61), "the orders were carts before");
    let put = |item: &str, body: Value| {
        sent(&shop, "PUT", &format!("/V1/carts/{id}/items/{item}"), &json!({ "cartItem": body }))
    };
    let add =
        |body: Value| sent(&shop, "POST", &format!("/V1/carts/{id}/items"), &json!({ "cartItem": body }));
    let quote = id.to_string();
    let item = add(json!({ "sku": "SKU-0001", "qty": 2, "quote_id": quote })).1["item_id"].to_string();
    let (status, answer) = put(&item, json!({ "qty": 3, "quote_id": quote }));
    assert_eq!((status, &answer["qty"], &answer["sku"]), (200, &json!(3), &json!("SKU-0001")));
    let (status, answer) = put(&item, json!({ "sku": "SKU-0001", "qty": 4, "quote_id": quote }));
    assert_eq!((status, &answer["qty"]), (200, &json!(4)), "it is not added");
    let (status, answer) = put("999", json!({ "qty": 1, "quote_id": quote }));
    assert_eq!((status, &answer["message"]), (404, &json!("The %1 Cart doesn't contain the %2 item.")));
    assert_eq!(answer["parameters"], json!([quote, 999]));
    assert_eq!(
        put(&item, json!({ "qty": 0, "quote_id": quote })).1["qty"],
        json!(1),
        "the setter makes one of it"
    );
    let missing = add(json!({ "sku": "SKU-0001", "quote_id": quote }));
    assert_eq!((missing.0, &missing.1["parameters"]), (400, &json!({ "fieldName": "qty", "value": null })));
    let without = add(json!({ "sku": "SKU-0001", "qty": 1 }));
    assert_eq!((without.0, &without.1["parameters"]["fieldName"]), (400, &json!("quoteId")));
    let many = put(&item, json!({ "qty": 5000, "quote_id": quote }));
    assert_eq!((many.0, &many.1["message"]), (400, &json!("The requested qty is not available")));
    let disabled = json!({ "product": { "status": 2 } });
    assert_eq!(sent(&shop, "PUT", "/V1/products/SKU-0002", &disabled).0, 200);
    let (status, answer) = add(json!({ "sku": "SKU-0002", "qty": 1, "quote_id": quote }));
    assert_eq!(
        (status, &answer["message"]),
        (400, &json!("Product that you are trying to add is not available."))
    );
}

#[test]
fn carts_that_are_not_there_are_refused_below_their_paths_too() {
    let shop = shop("2.4.7-p3");
    let item = json!({ "cartItem": { "sku": "SKU-0001", "qty": 1, "quote_id": "abc" } });
    let (status, answer) = sent(&shop, "POST", "/V1/guest-carts/abc/items", &item);
    assert_eq!((status, &answer["parameters"]["fieldName"]), (400, &json!("quoteId")));
    for (method, target) in [
        ("DELETE", "/V1/guest-carts/abc/coupons"),
        ("GET", "/V1/guest-carts/abc/billing-address"),
        ("PUT", "/V1/guest-carts/abc/coupons/x"),
        ("GET", "/V1/guest-carts/abc/selected-payment-method"),
    ] {
        let (status, answer) = sent(&shop, method, target, &json!({}));
        let parameters = json!({ "fieldName": "cartId", "fieldValue": null });
        assert_eq!((status, &answer["parameters"]), (404, &parameters), "{method} {target}");
    }
    let address = json!({ "address": { "country_id": "US" } });
    let (_, answer) = sent(&shop, "POST", "/V1/guest-carts/abc/estimate-shipping-methods", &address);
    assert_eq!(answer["parameters"]["fieldValue"], json!(0));
    let cart = filled_cart(&shop, "/V1/carts", "/V1/carts");
    assert_eq!(sent(&shop, "PUT", &format!("{cart}/coupons/x"), &json!({})).0, 404);
    assert_eq!(sent(&shop, "PUT", &format!("{cart}/order"), &json!({})).0, 200);
    let quote = cart.rsplit('/').next().unwrap();
    let item = json!({ "cartItem": { "sku": "SKU-0001", "qty": 1, "quote_id": quote } });
    assert_eq!(sent(&shop, "POST", &format!("{cart}/items"), &item).0, 404, "it was ordered");
}

#[test]
fn a_bulk_deletes_by_its_body() {
    let shop = shop("2.4.7-p3");
    let (status, answer) =
        sent(&shop, "DELETE", "/async/bulk/V1/products/bySku", &json!([{ "sku": "SKU-0003" }]));
    assert_eq!((status, answer["request_items"].as_array().map(Vec::len)), (202, Some(1)), "{answer}");
}

#[test]
fn a_comment_does_not_change_the_status_of_its_order() {
    let shop = shop("2.4.7-p3");
    let comment = |status: &Value| {
        let body = json!({ "statusHistory": {
            "comment": "x", "status": status, "is_customer_notified": 0, "is_visible_on_front": 0, "parent_id": 7,
        } });
        sent(&shop, "POST", "/V1/orders/7/comments", &body).0
    };
    let before = get(&shop, "/V1/orders/7")["status"].clone();
    assert_eq!((comment(&json!("bogus")), comment(&before)), (400, 200));
    assert_eq!(get(&shop, "/V1/orders/7")["status"], before);
}

#[test]
fn products_are_found_by_several_categories_and_in_every_store() {
    let shop = shop("2.4.7-p3");
    let total = |field: &str, kind: &str, value: &str| {
        let filter = "searchCriteria[filter_groups][0][filters][0]";
        let query =
            format!("{filter}[field]={field}&{filter}[condition_type]={kind}&{filter}[value]={value}");
        get(&shop, &format!("/V1/products?{query}"))["total_count"].as_i64().unwrap()
    };
    let (third, fourth) = (total("category_id", "eq", "3"), total("category_id", "eq", "4"));
    assert!(third > 0 && fourth > 0);
    assert_eq!(total("category_id", "in", "3,4"), third + fourth);
    assert_eq!(total("category_id", "nin", "3,4"), 48 - third - fourth);
    assert_eq!(total("store_id", "eq", "1"), 48);
    assert_eq!(get(&shop, "/V1/configurable-products/SKU-0024/children"), json!([]));
}

#[test]
fn products_with_bad_values_are_refused() {
    let shop = shop("2.4.7-p3");
    let save = |sku: &str, name: &str, price: f64| {
        let product = json!({ "sku": sku, "name": name, "price": price, "attribute_set_id": 4 });
        sent(&shop, "POST", "/V1/products", &json!({ "product": product }))
    };
    let message = |(status, answer): (u16, Value)| {
        assert_eq!(status, 400, "{answer}");
        answer["message"].as_str().unwrap().to_owned()
    };
    assert_eq!(message(save("A", "Kind", -1.0)), "Please enter a number 0 or greater in this field.");
    let (_, product) = save("  TRIM ", "Ünï Straße", 1.0);
    assert_eq!(product["sku"], json!("TRIM"));
    let mut attributes = product["custom_attributes"].as_array().unwrap().iter();
    assert!(attributes.any(|it| it["value"] == "uni-strasse"), "{product}");
    assert_eq!(message(save("B", "Uni Strasse", 1.0)), "URL key for specified store already exists.");
    assert_eq!(sent(&shop, "GET", "/V1/products/B", &Value::Null).0, 404, "nothing of it is kept");
    assert_eq!(save("TRIM", "Ünï Straße", 2.0).0, 200, "its own URL is free for it");
    let nameless = json!({ "product": { "name": "" } });
    assert!(message(sent(&shop, "PUT", "/V1/products/TRIM", &nameless)).contains("Product Name"));
}

#[test]
fn addresses_of_a_new_customer_are_found_by_their_routes() {
    let shop = shop("2.4.7-p3");
    let mut address = address("Way 1");
    address.as_object_mut().unwrap().remove("email");
    address["default_billing"] = json!(true);
    let create = |email: &str, address: &Value| {
        let customer = json!({ "email": email, "firstname": "A", "lastname": "B", "addresses": [address] });
        sent(&shop, "POST", "/V1/customers", &json!({ "customer": customer }))
    };
    let (status, customer) = create("a@example.com", &address);
    assert_eq!(status, 200, "{customer}");
    let id = customer["addresses"][0]["id"].clone();
    assert_eq!(customer["default_billing"], json!(id.to_string()));
    assert_eq!(customer["addresses"][0]["region"]["region_code"], json!("CA"));
    let of_customer = format!("/V1/customers/{}", customer["id"]);
    assert_eq!(get(&shop, &format!("{of_customer}/billingAddress"))["id"], id);
    assert_eq!(get(&shop, &format!("{of_customer}/shippingAddress")), json!([]));
    assert_eq!(get(&shop, &format!("/V1/customers/addresses/{id}"))["city"], json!("City"));
    assert_eq!(sent(&shop, "DELETE", &format!("/V1/addresses/{id}"), &Value::Null).0, 200);
    assert_eq!(get(&shop, &of_customer)["addresses"], json!([]));
    let (status, answer) = create("b@example.com", &json!({ "firstname": "A" }));
    assert_eq!((status, answer["errors"].as_array().map(Vec::len)), (400, Some(6)), "{answer}");
}

#[test]
fn groups_of_customers_have_codes_of_their_own() {
    let shop = shop("2.4.7-p3");
    let save = || {
        sent(&shop, "POST", "/V1/customerGroups", &json!({ "group": { "code": "VIP", "tax_class_id": 3 } }))
    };
    assert_eq!(
        save(),
        (200, json!({ "id": 4, "code": "VIP", "tax_class_id": 3, "tax_class_name": "Retail Customer" }))
    );
    assert_eq!(save().1["message"], json!("Customer Group already exists."));
}

#[test]
fn categories_leave_their_parents_when_they_are_deleted() {
    let shop = shop("2.4.7-p3");
    let (status, answer) = sent(&shop, "DELETE", "/V1/categories/2", &Value::Null);
    assert_eq!((status, &answer["message"]), (400, &json!("Cannot delete category with id %1")));
    let body = json!({ "category": { "name": "Deep", "parent_id": 3, "is_active": true } });
    let child = sent(&shop, "POST", "/V1/categories", &body).1["id"].clone();
    assert_eq!(sent(&shop, "DELETE", "/V1/categories/3", &Value::Null), (200, json!(true)));
    assert_eq!(get(&shop, "/V1/categories/2")["children"], json!("4,5,6,7,8"));
    assert_eq!(sent(&shop, "GET", &format!("/V1/categories/{child}"), &Value::Null).0, 404);
    let nameless = sent(&shop, "PUT", "/V1/categories/4", &json!({ "category": { "name": "" } }));
    assert_eq!(nameless.0, 400);
}
