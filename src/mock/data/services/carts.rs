//! Carts of guests and customers: created, filled, ordered.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::texts::no_such;
use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey, made::moment},
    input::{is_empty, number, text_of, to_float, to_int},
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
            ("CartManagement", "getCartForCustomer") => {
                let customer = asked.arguments.get("customerId");
                let cart = self.active_cart_of(customer).map(|cart| Value::clone(&cart));
                Some(cart.ok_or_else(|| no_such("customerId", customer)))
            }
            ("CartRepository", "get") => Some(self.cart(asked).map(|(_, cart)| Value::Object(cart))),
            ("CartItemRepository", "getList") => Some(self.part_of_cart(asked, "items")),
            ("CartItemRepository", "save") => Some(self.save_item(asked)),
            ("CartItemRepository", "deleteById") => Some(self.remove_item(asked)),
            ("CartTotalRepository", "get") => Some(self.active_cart(asked).map(|(_, cart)| totals(&cart))),
            ("BillingAddressManagement", "get") => Some(self.part_of_cart(asked, "billing_address")),
            ("CouponManagement", _) => Some(self.coupon(asked, method)),
            _ => self.checkout(asked, service, method),
        }
    }

    fn new_cart(&self, asked: &ServiceCall<'_>) -> Answer {
        let customer = match asked.arguments.get("customerId") {
            Value::Null => json!({ "email": null, "firstname": null, "lastname": null }),
            id => self.existing(class::CUSTOMER, "customerId", id)?,
        };
        if let Some(cart) = customer.get("id").and_then(|id| self.active_cart_of(id)) {
            return Ok(cart.get("id").cloned().unwrap_or_default());
        }
        let id = self.next_id(class::CART);
        let now = moment(asked.now);
        let is_guest = is_of_guest(asked);
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
        self.memory().name(class::CART, "masked_id", &masked, &key);
        Ok(json!(masked))
    }

    /// Cart of a customer that is not ordered.
    fn active_cart_of(&self, customer: &Value) -> Option<Arc<Value>> {
        let is_active = |cart: &Arc<Value>| {
            cart.get("is_active") == Some(&Value::Bool(true))
                && cart.pointer("/customer/id") == Some(customer)
        };
        self.rows(class::CART).into_iter().find(is_active)
    }

    /// Id of the cart of a customer (`module-quote/Model/Webapi/ParamOverriderCartId.php`).
    pub(in crate::mock::data) fn id_of_active_cart(&self, customer: &Value) -> Answer {
        let cart = self.active_cart_of(customer);
        let missing = || ShopRefusal::exception(404, "Current customer does not have an active cart.");
        cart.and_then(|cart| cart.get("id").cloned()).ok_or_else(missing)
    }

    /// Key of the cart of a call: by its masked id for a guest.
    fn cart_key(&self, asked: &ServiceCall<'_>, sent: &Value) -> Result<RowKey, ShopRefusal> {
        if is_of_guest(asked) {
            let found = self.memory().named(class::CART, "masked_id", &text_of(sent));
            let is_number = asked.method.class.ends_with("EstimationInterface")
                || asked.method.name.starts_with("estimate");
            let shown = if is_number { json!(0) } else { Value::Null };
            return found.ok_or_else(|| no_such("cartId", &shown));
        }
        let found = RowKey::of(sent).filter(|key| self.row(class::CART, key).is_some());
        found.ok_or_else(|| no_such("cartId", sent))
    }

    pub(super) fn cart(&self, asked: &ServiceCall<'_>) -> Result<(RowKey, Map<String, Value>), ShopRefusal> {
        self.cart_of(asked, asked.arguments.get("cartId"))
    }

    fn cart_of(
        &self,
        asked: &ServiceCall<'_>,
        sent: &Value,
    ) -> Result<(RowKey, Map<String, Value>), ShopRefusal> {
        let key = self.cart_key(asked, sent)?;
        let row = self.row(class::CART, &key).ok_or_else(|| no_such("cartId", sent))?;
        Ok((key, row.as_object().cloned().unwrap_or_default()))
    }

    /// Cart of a call, unless it was ordered.
    pub(super) fn active_cart(
        &self,
        asked: &ServiceCall<'_>,
    ) -> Result<(RowKey, Map<String, Value>), ShopRefusal> {
        let sent = asked.arguments.get("cartId");
        active(asked, sent, self.cart_of(asked, sent)?)
    }

    fn part_of_cart(&self, asked: &ServiceCall<'_>, name: &str) -> Answer {
        self.active_cart(asked).map(|(_, mut cart)| cart.remove(name).unwrap_or_default())
    }

    /// Coupons of a cart: the shop has none.
    fn coupon(&self, asked: &ServiceCall<'_>, method: &str) -> Answer {
        let (key, cart) = self.active_cart(asked)?;
        if method == "get" {
            return Ok(Value::Null);
        }
        let is_old = self.rules.is_old();
        if pieces(&cart) == 0.0 {
            let text = if is_old {
                "Cart %1 doesn't contain products"
            } else {
                "The \"%1\" Cart doesn't contain products."
            };
            let id = if is_of_guest(asked) { json!(text_of(&key.value())) } else { key.value() };
            return Err(ShopRefusal::localized(404, text, json!([id])));
        }
        if method == "remove" {
            return Ok(Value::Bool(true));
        }
        let text = if is_old {
            "Coupon code is not valid"
        } else {
            "The coupon code isn't valid. Verify the code and try again."
        };
        Err(ShopRefusal::exception(404, text))
    }

    /// Adds an item, or writes the quantity of the one that the path names.
    fn save_item(&self, asked: &ServiceCall<'_>) -> Answer {
        let sent = asked.arguments.get("cartItem");
        let quote = sent.get("quote_id").cloned().unwrap_or_default();
        let has_cart =
            if is_of_guest(asked) { self.cart_key(asked, &quote).is_ok() } else { !is_empty(&quote) };
        if !has_cart && !self.rules.is_old() {
            return Err(self.rules.required("quoteId"));
        }
        let (key, mut cart) = active(asked, &quote, self.cart_of(asked, &quote)?)?;
        let Some(quantity) = sent.get("qty").and_then(Value::as_f64) else {
            let text = "Invalid value of \"%value\" provided for the %fieldName field.";
            let named = json!({ "fieldName": "qty", "value": null });
            return Err(ShopRefusal::localized(400, text, named));
        };
        // The setter makes one piece of none and of less.
        let quantity = if quantity > 0.0 { quantity } else { 1.0 };
        let mut items = cart.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        let id = sent.get("item_id").filter(|it| !it.is_null());
        let known = match id {
            Some(id) => {
                let known = items.iter().position(|it| is_item(it, id));
                Some(known.ok_or_else(|| self.no_item(json!(text_of(&key.value())), id))?)
            }
            None => {
                let sku = sent.get("sku").map(text_of).unwrap_or_default();
                items
                    .iter()
                    .position(|it| it.get("sku").is_some_and(|it| text_of(it).eq_ignore_ascii_case(&sku)))
            }
        };
        let old = known.map(|at| items.remove(at)).unwrap_or_default();
        let sku = old.get("sku").or_else(|| sent.get("sku")).map(text_of).unwrap_or_default();
        let product_key = self.product_key(&sku).ok_or_else(|| self.no_product())?;
        let product = self.row(class::PRODUCT, &product_key).ok_or_else(|| self.no_product())?;
        let product = self.product_view(product, asked.store);
        let before = old.get("qty").and_then(Value::as_f64).filter(|_| id.is_none()).unwrap_or_default();
        let quantity = before + quantity;
        self.check_quantity(&product_key, &product, quantity)?;
        let id = old.get("item_id").and_then(Value::as_i64).unwrap_or_else(|| self.next_id(class::CART_ITEM));
        let item = json!({
            "item_id": id, "sku": product.get("sku"), "qty": number(quantity), "name": product.get("name"),
            "price": product.get("price"), "product_type": product.get("type_id"),
            "quote_id": text_of(&key.value()),
        });
        items.push(item.clone());
        self.keep_cart(&key, &mut cart, items);
        Ok(item)
    }

    /// Refuses a product that is not sold, and more of it than there is.
    fn check_quantity(&self, key: &RowKey, product: &Value, quantity: f64) -> Result<(), ShopRefusal> {
        let refuse = |text: &str| Err(ShopRefusal::exception(400, text));
        let stock = self.row(class::STOCK_ITEM, key).unwrap_or_default();
        let flag = |name: &str| stock.get(name).and_then(Value::as_bool).unwrap_or_default();
        let amount = |name: &str| stock.get(name).map(to_float).unwrap_or_default();
        let is_managed = flag("manage_stock");
        if product.get("status").map(to_int) != Some(1) || is_managed && !flag("is_in_stock") {
            return refuse("Product that you are trying to add is not available.");
        }
        if quantity > MOST {
            return refuse("The requested qty exceeds the maximum qty allowed in shopping cart");
        }
        let kind = product.get("type_id").map(text_of).unwrap_or_default();
        let is_counted = !matches!(kind.as_str(), "bundle" | "configurable" | "grouped");
        let left = self.salable_quantity(key) - amount("min_qty");
        if is_managed && is_counted && amount("backorders") == 0.0 && quantity > left {
            if self.rules.is_old() {
                let name = product.get("name").map(text_of).unwrap_or_default();
                return refuse(&format!("We don't have as many \"{name}\" as you requested."));
            }
            return refuse("The requested qty is not available");
        }
        Ok(())
    }

    /// Error of an item that a cart does not have.
    fn no_item(&self, cart: Value, id: &Value) -> ShopRefusal {
        let text = if self.rules.is_old() {
            "Cart %1 does not contain item %2"
        } else {
            "The %1 Cart doesn't contain the %2 item."
        };
        ShopRefusal::localized(404, text, json!([cart, id]))
    }

    fn remove_item(&self, asked: &ServiceCall<'_>) -> Answer {
        let (key, mut cart) = self.active_cart(asked)?;
        let id = asked.arguments.get("itemId");
        let mut items = cart.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        let before = items.len();
        items.retain(|it| !is_item(it, id));
        if items.len() == before {
            return Err(self.no_item(key.value(), id));
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

fn is_of_guest(asked: &ServiceCall<'_>) -> bool {
    asked.method.class.contains("Guest")
}

fn is_item(item: &Value, id: &Value) -> bool {
    item.get("item_id").map(to_int) == Some(to_int(id))
}

/// Refuses a cart that was ordered.
fn active(
    asked: &ServiceCall<'_>,
    sent: &Value,
    (key, cart): (RowKey, Map<String, Value>),
) -> Result<(RowKey, Map<String, Value>), ShopRefusal> {
    if cart.get("is_active") == Some(&Value::Bool(false)) {
        let shown = if is_of_guest(asked) { json!(text_of(&key.value())) } else { sent.clone() };
        return Err(no_such("cartId", &shown));
    }
    Ok((key, cart))
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
