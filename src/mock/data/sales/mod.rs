//! Orders: what invoices, shipments, refunds and cancellation change in them, and the documents they make.

mod documents;
mod life;

use std::collections::HashMap;

use serde_json::{Map, Value};

pub(super) use self::{
    documents::{credit_memo, credit_memo_of, invoice_of, shipment_of},
    life::{can_cancel, cancel, comment, invoice, put_state, refresh, refund, ship, state},
};

use crate::mock::input::{number, text_of};

/// Quantity of an item of an order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct OrderLine {
    pub(super) item: i64,
    pub(super) quantity: f64,
}

/// Amounts of a refund beside its lines.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct RefundedExtra {
    pub(super) shipping: f64,
    /// Refunded on top.
    pub(super) positive: f64,
    /// Fee that is kept.
    pub(super) negative: f64,
}

impl RefundedExtra {
    /// Sum of them.
    pub(super) fn total(&self) -> f64 {
        self.shipping + self.positive - self.negative
    }
}

type Fields = Map<String, Value>;

/// Amount in a field.
pub(super) fn amount(fields: &Fields, name: &str) -> f64 {
    fields.get(name).and_then(Value::as_f64).unwrap_or_default()
}

/// Rounds to four digits, as the columns do.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

fn set(fields: &mut Fields, name: &str, value: f64) {
    fields.insert(name.to_owned(), number(rounded(value)));
}

/// Writes the same value into several fields.
pub(super) fn put(fields: &mut Fields, names: &[&str], value: &Value) {
    for name in names {
        fields.insert((*name).to_owned(), value.clone());
    }
}

fn add(fields: &mut Fields, name: &str, value: f64) {
    let sum = amount(fields, name) + value;
    set(fields, name, sum);
}

/// Adds an amount in the currency of the order and in that of the shop.
fn add_both(fields: &mut Fields, name: &str, value: f64) {
    add(fields, name, value);
    add(fields, &format!("base_{name}"), value);
}

fn items(order: &Fields) -> impl Iterator<Item = &Fields> {
    order.get("items").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

fn id_of(item: &Fields) -> i64 {
    item.get("item_id").and_then(Value::as_i64).unwrap_or_default()
}

/// All lines of an order.
pub(super) fn ordered_lines(order: &Fields) -> Vec<OrderLine> {
    items(order).map(|item| OrderLine { item: id_of(item), quantity: amount(item, "qty_ordered") }).collect()
}

/// Lines that an action has not yet reached, such as `qty_invoiced`.
pub(super) fn open_lines(order: &Fields, done: &str) -> Vec<OrderLine> {
    let open = |item: &Fields| {
        let limit =
            if done == "qty_refunded" { amount(item, "qty_invoiced") } else { amount(item, "qty_ordered") };
        let gone = match done {
            "qty_refunded" => amount(item, done),
            // What was refunded before is not shipped any longer.
            "qty_shipped" => {
                amount(item, done).max(amount(item, "qty_refunded")) + amount(item, "qty_canceled")
            }
            _ => amount(item, done) + amount(item, "qty_canceled"),
        };
        limit - gone
    };
    let lines = items(order).map(|item| OrderLine { item: id_of(item), quantity: open(item) });
    lines.filter(|line| line.quantity > 0.0).collect()
}

/// SKUs of the items of an order by their ids.
pub(super) fn skus(order: &Fields) -> HashMap<i64, String> {
    values_of(order, |item| item.get("sku").map(text_of).unwrap_or_default())
}

/// Value of each item of an order by its id.
fn values_of<T>(order: &Fields, value: impl Fn(&Fields) -> T) -> HashMap<i64, T> {
    let mut values = HashMap::new();
    for item in items(order) {
        values.entry(id_of(item)).or_insert_with(|| value(item));
    }
    values
}

/// Quantities of lines by the ids of their items.
fn quantities(lines: &[OrderLine]) -> HashMap<i64, f64> {
    lines.iter().rev().map(|line| (line.item, line.quantity)).collect()
}

/// Lines of a request, cut down to what is open; all open ones if it has none.
pub(super) fn chosen_lines(order: &Fields, done: &str, asked: &[OrderLine]) -> Vec<OrderLine> {
    let open = open_lines(order, done);
    if asked.is_empty() {
        return open;
    }
    let asked = quantities(asked);
    let chosen = open.iter().filter_map(|line| {
        let asked = asked.get(&line.item)?;
        Some(OrderLine { item: line.item, quantity: asked.min(line.quantity) })
    });
    chosen.filter(|line| line.quantity > 0.0).collect()
}

/// Sum of the prices of lines.
pub(super) fn sum_of_lines(order: &Fields, lines: &[OrderLine]) -> f64 {
    let prices = values_of(order, |item| amount(item, "price"));
    lines.iter().filter_map(|line| Some(prices.get(&line.item)? * line.quantity)).sum()
}

/// Changes the items of lines; returns the sum of their prices.
fn change(order: &mut Fields, lines: &[OrderLine], mut with: impl FnMut(&mut Fields, f64, f64)) -> f64 {
    let (mut sum, quantities) = (0.0, quantities(lines));
    let Some(Value::Array(items)) = order.get_mut("items") else { return sum };
    for item in items.iter_mut().filter_map(Value::as_object_mut) {
        let Some(quantity) = quantities.get(&id_of(item)) else { continue };
        let row = amount(item, "price") * quantity;
        sum += row;
        with(item, *quantity, row);
    }
    sum
}
