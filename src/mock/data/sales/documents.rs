//! Documents of an order.

use serde_json::{Value, json};

use super::{
    Fields, OrderLine, RefundedExtra, add_both, amount, id_of, items, ordered_lines, quantities, set,
};
use crate::mock::input::number;

/// Fields of a document that its order has, too.
fn head(order: &Fields, id: i64, now: &str, names: &[&str]) -> Fields {
    let mut head: Fields =
        names.iter().filter_map(|name| Some(((*name).to_owned(), order.get(*name)?.clone()))).collect();
    let shipping = order
        .get("extension_attributes")
        .and_then(|it| it.pointer("/shipping_assignments/0/shipping/address/entity_id"));
    for (name, value) in [
        ("created_at", json!(now)),
        ("updated_at", json!(now)),
        ("entity_id", json!(id)),
        ("increment_id", json!(format!("{id:09}"))),
        ("order_id", order.get("entity_id").cloned().unwrap_or_default()),
        ("shipping_address_id", shipping.cloned().unwrap_or_default()),
    ] {
        head.insert(name.to_owned(), value);
    }
    head
}

const HEAD: [&str; 8] = [
    "base_currency_code",
    "base_to_global_rate",
    "base_to_order_rate",
    "billing_address_id",
    "global_currency_code",
    "order_currency_code",
    "store_currency_code",
    "store_id",
];

/// Items of a document: a line of the order with the fields of `extra`.
fn lines_of(
    order: &Fields,
    lines: &[OrderLine],
    id: i64,
    names: &[&str],
    extra: impl Fn(&mut Fields, f64),
) -> Vec<Value> {
    let (mut made, quantities) = (Vec::new(), quantities(lines));
    for item in items(order) {
        let Some(quantity) = quantities.get(&id_of(item)) else { continue };
        let mut fields: Fields =
            names.iter().filter_map(|name| Some(((*name).to_owned(), item.get(*name)?.clone()))).collect();
        fields.insert("entity_id".to_owned(), json!(id_of(item)));
        fields.insert("order_item_id".to_owned(), json!(id_of(item)));
        fields.insert("parent_id".to_owned(), json!(id));
        fields.insert("qty".to_owned(), number(*quantity));
        extra(&mut fields, amount(item, "price") * quantity);
        made.push(Value::Object(fields));
    }
    made
}

fn priced(fields: &mut Fields, row: f64) {
    for name in ["row_total", "row_total_incl_tax", "base_row_total", "base_row_total_incl_tax"] {
        set(fields, name, row);
    }
    for name in ["discount_tax_compensation_amount", "tax_amount"] {
        add_both(fields, name, 0.0);
    }
}

const PRICED: [&str; 8] = [
    "base_price",
    "base_price_incl_tax",
    "name",
    "price",
    "price_incl_tax",
    "product_id",
    "sku",
    "store_to_base_rate",
];

fn sum_of(items: &[Value], name: &str) -> f64 {
    items.iter().filter_map(|item| item.get(name)?.as_f64()).sum()
}

fn totals(fields: &mut Fields, subtotal: f64, shipping: f64) {
    for (name, value) in [
        ("discount_amount", 0.0),
        ("discount_tax_compensation_amount", 0.0),
        ("grand_total", subtotal + shipping),
        ("shipping_amount", shipping),
        ("shipping_incl_tax", shipping),
        ("shipping_tax_amount", 0.0),
        ("subtotal", subtotal),
        ("subtotal_incl_tax", subtotal),
        ("tax_amount", 0.0),
    ] {
        set(fields, name, value);
        set(fields, &format!("base_{name}"), value);
    }
    for name in ["store_to_base_rate", "store_to_order_rate"] {
        set(fields, name, 0.0);
    }
    fields.insert("state".to_owned(), json!(2));
}

/// Invoice of lines.
pub(in crate::mock::data) fn invoice_of(order: &Fields, lines: &[OrderLine], id: i64, now: &str) -> Value {
    let items = lines_of(order, lines, id, &PRICED, priced);
    let is_first =
        ordered_lines(order).first().is_some_and(|first| lines.iter().any(|it| it.item == first.item));
    let shipping = if is_first { amount(order, "shipping_amount") } else { 0.0 };
    let mut invoice = head(order, id, now, &HEAD);
    totals(&mut invoice, sum_of(&items, "row_total"), shipping);
    set(&mut invoice, "shipping_discount_tax_compensation_amount", 0.0);
    set(&mut invoice, "base_shipping_discount_tax_compensation_amnt", 0.0);
    invoice.insert("can_void_flag".to_owned(), json!(0));
    set(&mut invoice, "total_qty", lines.iter().map(|line| line.quantity).sum());
    invoice.insert("items".to_owned(), Value::Array(items));
    invoice.insert("comments".to_owned(), json!([]));
    Value::Object(invoice)
}

/// Shipment of lines.
pub(in crate::mock::data) fn shipment_of(order: &Fields, lines: &[OrderLine], id: i64, now: &str) -> Value {
    let names = ["name", "price", "product_id", "sku", "weight"];
    let items = lines_of(order, lines, id, &names, |_, _| {});
    let mut shipment = head(order, id, now, &["billing_address_id", "customer_id", "store_id"]);
    set(&mut shipment, "total_qty", lines.iter().map(|line| line.quantity).sum());
    for (name, value) in [
        ("packages", json!([])),
        ("items", Value::Array(items)),
        ("tracks", json!([])),
        ("comments", json!([])),
        ("extension_attributes", json!({ "source_code": "default" })),
    ] {
        shipment.insert(name.to_owned(), value);
    }
    Value::Object(shipment)
}

/// Credit memo of lines and the whole shipping.
pub(in crate::mock::data) fn credit_memo_of(
    order: &Fields,
    lines: &[OrderLine],
    id: i64,
    now: &str,
) -> Value {
    let shipping = amount(order, "shipping_refunded");
    credit_memo(order, lines, id, now, &RefundedExtra { shipping, ..RefundedExtra::default() })
}

/// Credit memo of lines and amounts.
pub(in crate::mock::data) fn credit_memo(
    order: &Fields,
    lines: &[OrderLine],
    id: i64,
    now: &str,
    extra: &RefundedExtra,
) -> Value {
    let items = lines_of(order, lines, id, &PRICED, |fields, row| {
        priced(fields, row);
        fields.insert("base_cost".to_owned(), Value::Null);
        fields.insert("weee_tax_applied".to_owned(), json!("[]"));
        for name in
            ["base_weee_tax_row_disposition", "weee_tax_applied_row_amount", "weee_tax_row_disposition"]
        {
            set(fields, name, 0.0);
        }
    });
    let mut memo = head(order, id, now, &HEAD);
    let subtotal = sum_of(&items, "row_total");
    totals(&mut memo, subtotal, extra.shipping);
    let mut both = |name: &str, value: f64| {
        set(&mut memo, name, value);
        set(&mut memo, &format!("base_{name}"), value);
    };
    both("adjustment", extra.positive - extra.negative);
    both("grand_total", subtotal + extra.total());
    for (name, value) in [("adjustment_positive", extra.positive), ("adjustment_negative", extra.negative)] {
        if value != 0.0 {
            both(name, value);
        }
    }
    memo.insert("items".to_owned(), Value::Array(items));
    memo.insert("comments".to_owned(), json!([]));
    Value::Object(memo)
}
