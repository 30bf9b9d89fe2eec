//! Orders of carts.

use serde_json::{Map, Value, json};

use super::{World, person::Person};
use crate::mock::{
    data::sales::{self, amount, put, rounded},
    input::number,
};

/// Cart that becomes an order.
#[derive(Debug)]
pub(in crate::mock::data) struct OrderedCart<'a> {
    /// Id of the order.
    pub(in crate::mock::data) id: i64,
    /// Id of the cart.
    pub(in crate::mock::data) quote: Value,
    /// Ids of the order's items, with the items of the cart and their products.
    pub(in crate::mock::data) lines: Vec<(i64, &'a Value, Value)>,
    /// Customer; none for a guest.
    pub(in crate::mock::data) buyer: Option<&'a Value>,
    /// E-mail address that was given.
    pub(in crate::mock::data) email: Option<String>,
    /// Addresses that were given: of the bill and of the parcel.
    pub(in crate::mock::data) addresses: [Option<&'a Value>; 2],
    /// Amount for shipping.
    pub(in crate::mock::data) shipping: f64,
    /// Time at which it is placed.
    pub(in crate::mock::data) created: String,
}

impl World {
    /// Order of a cart.
    pub(in crate::mock::data) fn order_of_cart(&self, cart: &OrderedCart<'_>) -> Map<String, Value> {
        let person = Person::of(self.seed, "guest", cart.id);
        let buyer = cart.buyer.and_then(|buyer| buyer.get("id")?.as_i64());
        let Value::Object(mut order) = self.order_without_items(cart.id, buyer, person, &cart.created) else {
            return Map::new();
        };
        let (mut subtotal, mut pieces, mut weight, mut items) = (0.0, 0.0, 0.0, Vec::new());
        let none = Map::new();
        for (id, line, product) in &cart.lines {
            let [line, product] = [*line, product].map(|it| it.as_object().unwrap_or(&none));
            let (price, quantity) = (amount(line, "price"), amount(line, "qty"));
            let row = rounded(price * quantity);
            let row_weight = rounded(amount(product, "weight") * quantity);
            (subtotal, pieces, weight) = (subtotal + row, pieces + quantity, weight + row_weight);
            let mut item = self.order_item(cart.id, *id, 1, 1, &cart.created);
            if let Value::Object(item) = &mut item {
                for (names, value) in [
                    (&ITEM_PRICES[..], number(price)),
                    (&ITEM_ROWS[..], number(row)),
                    (&["qty_ordered"], number(quantity)),
                    (&["row_weight"], number(row_weight)),
                    (&["weight"], number(amount(product, "weight"))),
                    (&["product_id"], product.get("id").cloned().unwrap_or_default()),
                    (&["product_type"], product.get("type_id").cloned().unwrap_or_default()),
                    (&["name"], line.get("name").cloned().unwrap_or_default()),
                    (&["sku"], line.get("sku").cloned().unwrap_or_default()),
                    (&["quote_item_id"], line.get("item_id").cloned().unwrap_or_default()),
                ] {
                    put(item, names, &value);
                }
            }
            items.push(item);
        }
        let total = subtotal + cart.shipping;
        for (names, value) in [
            (&TOTALS[..], number(total)),
            (&SUBTOTALS[..], number(subtotal)),
            (&SHIPPING[..], number(cart.shipping)),
            (&["weight"], number(weight)),
            (&["total_qty_ordered"], number(pieces)),
            (&["total_item_count"], json!(items.len())),
            (&["quote_id"], cart.quote.clone()),
        ] {
            put(&mut order, names, &value);
        }
        if let Some(Value::Object(payment)) = order.get_mut("payment") {
            put(payment, &["amount_ordered", "base_amount_ordered"], &number(total));
            put(payment, &["base_shipping_amount", "shipping_amount"], &number(cart.shipping));
        }
        order.insert("items".to_owned(), Value::Array(items));
        let [billing, parcel] = cart.addresses;
        if let Some(email) = &cart.email {
            put(&mut order, &["customer_email"], &json!(email));
        }
        if let Some(Value::Object(address)) = cart.buyer.or(billing) {
            for (from, to) in [("firstname", "customer_firstname"), ("lastname", "customer_lastname")] {
                if order.contains_key(to) {
                    put(&mut order, &[to], address.get(from).unwrap_or(&Value::Null));
                }
            }
        }
        let email = order.get("customer_email").cloned().unwrap_or_default();
        write_address(order.get_mut("billing_address"), billing, &email);
        let shipped = order.get_mut("extension_attributes");
        let shipped = shipped.and_then(|it| it.pointer_mut("/shipping_assignments/0/shipping/address"));
        write_address(shipped, parcel, &email);
        sales::refresh(&mut order);
        order
    }
}

const ITEM_PRICES: [&str; 6] =
    ["base_original_price", "base_price", "base_price_incl_tax", "original_price", "price", "price_incl_tax"];
const ITEM_ROWS: [&str; 4] = ["base_row_total", "base_row_total_incl_tax", "row_total", "row_total_incl_tax"];
const TOTALS: [&str; 4] = ["base_grand_total", "base_total_due", "grand_total", "total_due"];
const SUBTOTALS: [&str; 4] = ["base_subtotal", "base_subtotal_incl_tax", "subtotal", "subtotal_incl_tax"];
const SHIPPING: [&str; 4] =
    ["base_shipping_amount", "base_shipping_incl_tax", "shipping_amount", "shipping_incl_tax"];

/// Writes what was given over a made address.
fn write_address(made: Option<&mut Value>, given: Option<&Value>, email: &Value) {
    let Some(Value::Object(made)) = made else { return };
    put(made, &["email"], email);
    let Some(Value::Object(given)) = given else { return };
    for (name, value) in given {
        if made.contains_key(name) && !value.is_null() && name != "email" {
            made.insert(name.clone(), value.clone());
        }
    }
}
