//! Carts of guests and customers: created, filled, ordered.

use serde_json::{Map, Value, json};

use super::texts::no_such;
use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey, made::moment},
    input::{number, text_of, to_int},
};

type Answer = Result<Value, ShopRefusal>;

/// Greatest quantity of an item, as shops have it unless they change it.
const MOST: f64 = 10_000.0;

/// Flat rate for a piece.
pub(super) const RATE: f64 = 5.0;

impl ShopData {
    pub(super) fn carts(&self, asked: &ServiceCall<'_>, service: &str, method: &str) -> Option<Answer> {
        match (service.strip_prefix("Guest").unwrap_or(service), method) {
            ("CartManagement", "createEmptyCart" | "createEmptyCartForCustomer") => {
                Some(self.new_cart(asked))
            }
            ("CartRepository", "get") => Some(self.cart(asked).map(|(_, cart)| Value::Object(cart))),
            ("CartItemRepository", "getList") => {
                Some(self.cart(asked).map(|(_, cart)| cart.get("items").cloned().unwrap_or_default()))
            }
            ("CartItemRepository", "save") => Some(self.add_item(asked)),
            ("CartItemRepository", "deleteById") => Some(self.remove_item(asked)),
            ("CartTotalRepository", "get") => Some(self.cart(asked).map(|(_, cart)| totals(&cart))),
            _ => self.checkout(asked, service, method),
        }
    }

    fn new_cart(&self, asked: &ServiceCall<'_>) -> Answer {
        let customer = match asked.arguments.get("customerId") {
            Value::Null => json!({ "email": null, "firstname": null, "lastname": null }),
            id => self.existing(class::CUSTOMER, "customerId", id)?,
        };
        let is_active = |cart: &&std::sync::Arc<Value>| {
            cart.get("is_active") == Some(&Value::Bool(true))
                && cart.pointer("/customer/id").is_some_and(|id| Some(id) == customer.get("id"))
        };
        if let Some(cart) = self.rows(class::CART).iter().find(is_active) {
            return Ok(cart.get("id").cloned().unwrap_or_default());
        }
        let id = self.next_id(class::CART);
        let now = moment(asked.now);
        let is_guest = asked.method.class.contains("Guest");
        let cart = json!({
            "id": id, "created_at": now, "updated_at": now, "is_active": true, "is_virtual": false, "items": [],
            "items_count": 0, "items_qty": 0, "customer": customer,
            "billing_address": {
                "id": id, "region": null, "region_id": null, "region_code": null, "country_id": null,
                "street": [""], "telephone": null, "postcode": null, "city": null, "firstname": null,
                "lastname": null, "email": null, "same_as_billing": 0, "save_in_address_book": 0,
            },
            "orig_order_id": 0,
            "currency": {
                "global_currency_code": "USD", "base_currency_code": "USD", "store_currency_code": "USD",
                "quote_currency_code": "USD", "store_to_base_rate": 0, "store_to_quote_rate": 0,
                "base_to_global_rate": 1, "base_to_quote_rate": 1,
            },
            "customer_is_guest": is_guest, "customer_note_notify": true, "customer_tax_class_id": 3, "store_id": 1,
            "extension_attributes": { "shipping_assignments": [] },
        });
        let key = RowKey::number(id);
        self.put(class::CART, &key, cart);
        if !is_guest {
            return Ok(json!(id));
        }
        let mut dice = self.world.dice("masked cart", id);
        let masked = if self.rules.is_old() { dice.hex(32) } else { mixed(&dice.hex(64)) };
        self.memory().name(class::CART, &masked, key);
        Ok(json!(masked))
    }

    /// Key of the cart of a call: by its masked id for a guest.
    fn cart_key(&self, asked: &ServiceCall<'_>, sent: &Value) -> Result<RowKey, ShopRefusal> {
        let found = if asked.method.class.contains("Guest") {
            self.memory().named(class::CART, &text_of(sent))
        } else {
            RowKey::of(sent).filter(|key| self.row(class::CART, key).is_some())
        };
        let shown = if asked.method.class.contains("Guest") { &Value::Null } else { sent };
        found.ok_or_else(|| no_such("cartId", shown))
    }

    pub(super) fn cart(&self, asked: &ServiceCall<'_>) -> Result<(RowKey, Map<String, Value>), ShopRefusal> {
        let sent = asked.arguments.get("cartId");
        let key = self.cart_key(asked, sent)?;
        let row = self.row(class::CART, &key).ok_or_else(|| no_such("cartId", sent))?;
        Ok((key, row.as_object().cloned().unwrap_or_default()))
    }

    fn add_item(&self, asked: &ServiceCall<'_>) -> Answer {
        let sent = asked.arguments.get("cartItem");
        let quote = sent.get("quote_id").cloned().unwrap_or_default();
        let key = self.cart_key(asked, &quote)?;
        let sku = sent.get("sku").map(text_of).unwrap_or_default();
        let product = self.product_key(&sku).and_then(|key| self.row(class::PRODUCT, &key));
        let product = product.ok_or_else(|| self.no_product())?;
        let quantity = sent.get("qty").and_then(Value::as_f64).unwrap_or_default();
        if quantity > MOST {
            let text = "The requested qty exceeds the maximum qty allowed in shopping cart";
            return Err(ShopRefusal::localized(400, text, Value::Null));
        }
        let cart = self.row(class::CART, &key).ok_or_else(|| no_such("cartId", &quote))?;
        let mut cart = cart.as_object().cloned().unwrap_or_default();
        let mut items = cart.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        let known = items.iter().position(|it| it.get("sku") == product.get("sku"));
        let old = known.map(|at| items.remove(at));
        let before = old.as_ref().and_then(|it| it.get("qty")?.as_f64()).unwrap_or_default();
        let id =
            old.and_then(|it| it.get("item_id")?.as_i64()).unwrap_or_else(|| self.next_id(class::CART_ITEM));
        let item = json!({
            "item_id": id, "sku": product.get("sku"), "qty": number(before + quantity), "name": product.get("name"),
            "price": product.get("price"), "product_type": product.get("type_id"),
            "quote_id": text_of(&key.value()),
        });
        items.push(item.clone());
        self.keep_cart(&key, &mut cart, items);
        Ok(item)
    }

    fn remove_item(&self, asked: &ServiceCall<'_>) -> Answer {
        let (key, mut cart) = self.cart(asked)?;
        let id = asked.arguments.get("itemId");
        let mut items = cart.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        let before = items.len();
        items.retain(|it| it.get("item_id").map(to_int) != Some(to_int(id)));
        if items.len() == before {
            let text = "The %1 Cart doesn't contain the %2 item.";
            return Err(ShopRefusal::localized(404, text, json!([key.value(), id])));
        }
        self.keep_cart(&key, &mut cart, items);
        Ok(Value::Bool(true))
    }

    fn keep_cart(&self, key: &RowKey, cart: &mut Map<String, Value>, items: Vec<Value>) {
        let quantity: f64 = items.iter().filter_map(|it| it.get("qty")?.as_f64()).sum();
        cart.insert("items_count".to_owned(), json!(items.len()));
        cart.insert("items_qty".to_owned(), number(quantity));
        cart.insert("items".to_owned(), Value::Array(items));
        self.put(class::CART, key, Value::Object(cart.clone()));
    }
}

/// Letters of both cases and digits from hexadecimal digits.
fn mixed(hex: &str) -> String {
    const LETTERS: &[u8; 62] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let pairs = (0..hex.len() / 2).filter_map(|at| u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok());
    pairs.map(|byte| char::from(LETTERS.get(usize::from(byte) % 62).copied().unwrap_or(b'a'))).collect()
}

/// Number of pieces in a cart.
pub(super) fn pieces(cart: &Map<String, Value>) -> f64 {
    let items = cart.get("items").and_then(Value::as_array).into_iter().flatten();
    items.filter_map(|it| it.get("qty")?.as_f64()).sum()
}

/// Amount for shipping, once it is chosen.
fn shipping(cart: &Map<String, Value>) -> f64 {
    let chosen = cart.get("extension_attributes").and_then(|it| it.pointer("/shipping_assignments/0"));
    if chosen.is_some() { RATE * pieces(cart) } else { 0.0 }
}

/// Totals of a cart, without tax.
pub(super) fn totals(cart: &Map<String, Value>) -> Value {
    let items = cart.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut subtotal = 0.0;
    let lines: Vec<Value> = items
        .iter()
        .map(|item| {
            let amount = |name: &str| item.get(name).and_then(Value::as_f64).unwrap_or_default();
            let (price, quantity) = (amount("price"), amount("qty"));
            let row = (price * quantity * 10_000.0).round() / 10_000.0;
            subtotal += row;
            let (price, row) = (number(price), number(row));
            json!({
                "item_id": item.get("item_id"), "price": price, "base_price": price, "qty": number(quantity),
                "row_total": row, "base_row_total": row, "row_total_with_discount": 0, "tax_amount": 0,
                "base_tax_amount": 0, "tax_percent": 0, "discount_amount": 0, "base_discount_amount": 0,
                "discount_percent": 0, "price_incl_tax": price, "base_price_incl_tax": price,
                "row_total_incl_tax": row, "base_row_total_incl_tax": row, "options": "[]",
                "weee_tax_applied_amount": null, "weee_tax_applied": null, "name": item.get("name"),
            })
        })
        .collect();
    let shipping = shipping(cart);
    let (sum, total, title) = (
        number(subtotal),
        number(subtotal + shipping),
        if shipping > 0.0 { "Shipping & Handling (Flat Rate - Fixed)" } else { "Shipping & Handling" },
    );
    let shipping = number(shipping);
    json!({
        "grand_total": total, "base_grand_total": total, "subtotal": sum, "base_subtotal": sum, "discount_amount": 0,
        "base_discount_amount": 0, "subtotal_with_discount": sum, "base_subtotal_with_discount": sum,
        "shipping_amount": shipping, "base_shipping_amount": shipping, "shipping_discount_amount": 0,
        "base_shipping_discount_amount": 0, "tax_amount": 0, "base_tax_amount": 0, "weee_tax_applied_amount": null,
        "shipping_tax_amount": 0, "base_shipping_tax_amount": 0, "subtotal_incl_tax": sum, "shipping_incl_tax": shipping,
        "base_shipping_incl_tax": shipping, "base_currency_code": "USD", "quote_currency_code": "USD",
        "items_qty": cart.get("items_qty"), "items": lines,
        "total_segments": [
            { "code": "subtotal", "title": "Subtotal", "value": sum },
            { "code": "shipping", "title": title, "value": shipping },
            { "code": "tax", "title": "Tax", "value": 0, "extension_attributes": { "tax_grandtotal_details": [] } },
            { "code": "grand_total", "title": "Grand Total", "value": total, "area": "footer" },
        ],
    })
}
