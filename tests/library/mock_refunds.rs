//! Refunds and cancellations in a mock shop, and the states of orders after them.

use serde_json::{Value, json};

use crate::{
    mock::{get, shop},
    mock_kept::sent,
};

#[test]
fn refunds_have_amounts_of_their_own() {
    let shop = shop("2.4.7-p3");
    let order =
        (1..=60).map(|id| get(&shop, &format!("/V1/orders/{id}"))).find(|it| it["state"] == "new").unwrap();
    let id = &order["entity_id"];
    assert_eq!(sent(&shop, "POST", &format!("/V1/order/{id}/invoice"), &json!({})).0, 200);
    let refund = |amounts: Value| {
        sent(&shop, "POST", &format!("/V1/order/{id}/refund"), &json!({ "arguments": amounts }))
    };
    let (status, answer) = refund(json!({ "shipping_amount": 10000 }));
    assert_eq!(
        (status, &answer["message"]),
        (400, &json!("Maximum shipping amount allowed to refund is: %1"))
    );
    let (status, answer) = refund(json!({ "adjustment_negative": 100000 }));
    assert!(answer["message"].as_str().unwrap().contains("total must be positive"), "{status} {answer}");
    let (status, memo) =
        refund(json!({ "shipping_amount": 0, "adjustment_negative": 0.5, "adjustment_positive": 0.25 }));
    assert_eq!(status, 200, "{memo}");
    let memo = get(&shop, &format!("/V1/creditmemo/{}", memo.as_str().unwrap()));
    let total = order["subtotal"].as_f64().unwrap() - 0.25;
    let is_same = |value: &Value, expected: f64| (value.as_f64().unwrap() - expected).abs() < 0.001;
    assert!(is_same(&memo["grand_total"], total) && is_same(&memo["adjustment"], -0.25), "{memo}");
    let order = get(&shop, &format!("/V1/orders/{id}"));
    assert!(is_same(&order["total_refunded"], total), "{order}");
    // Nothing is left to ship, but the shipping can still be refunded.
    assert_eq!(order["state"], json!("complete"));
}

#[test]
fn a_cancelled_order_that_is_partly_invoiced_goes_on() {
    let shop = shop("2.4.7-p3");
    let is_several =
        |it: &Value| it["state"] == "new" && it["items"].as_array().is_some_and(|items| items.len() > 1);
    let order = (1..=60).map(|id| get(&shop, &format!("/V1/orders/{id}"))).find(is_several).unwrap();
    let id = &order["entity_id"];
    let line = json!({ "items": [{ "order_item_id": order["items"][0]["item_id"], "qty": 1 }] });
    assert_eq!(sent(&shop, "POST", &format!("/V1/order/{id}/invoice"), &line).0, 200);
    assert_eq!(sent(&shop, "POST", &format!("/V1/orders/{id}/cancel"), &json!({})), (200, json!(true)));
    assert_eq!(get(&shop, &format!("/V1/orders/{id}"))["state"], json!("processing"));
}
