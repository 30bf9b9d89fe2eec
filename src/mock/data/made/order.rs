//! Orders.

use serde_json::{Map, Value, json};

use super::{
    ORDERS, World,
    catalog::{cents, tenths},
    dice::Dice,
    moment::moment_of,
    person::Person,
};
use crate::{mock::data::sales, names::MagentoVersion};

/// Greatest number of items of a made order.
const MOST_ITEMS: i64 = 3;

/// Things that happened to a made order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::mock::data) enum OrderStage {
    /// Placed.
    Pending,
    /// Cancelled.
    Cancelled,
    /// Invoiced.
    Invoiced,
    /// Invoiced and shipped.
    Shipped,
    /// Invoiced, shipped and refunded.
    Refunded,
}

impl OrderStage {
    /// Stage of an order.
    pub(in crate::mock::data) const fn of(order: i64) -> Self {
        match order % 6 {
            2 => Self::Invoiced,
            3 => Self::Shipped,
            4 => Self::Refunded,
            5 => Self::Cancelled,
            _ => Self::Pending,
        }
    }

    /// Orders that are at a stage or beyond.
    pub(in crate::mock::data) fn reached(self) -> impl Iterator<Item = i64> {
        (1..=ORDERS).filter(move |order| Self::of(*order) >= self && Self::of(*order) != Self::Cancelled)
    }
}

impl World {
    /// Customer of an order; none for a guest.
    pub(super) fn buyer(&self, order: i64) -> Option<i64> {
        let mut dice = Dice::of(self.seed, "buyer", order);
        (dice.below(3) > 0).then(|| dice.below(super::CUSTOMERS) + 1)
    }

    /// Order by id, with all that happened to it.
    pub(super) fn order(&self, id: i64) -> Value {
        let Value::Object(mut order) = self.pending_order(id) else { return Value::Null };
        let lines = sales::open_lines(&order, "qty_invoiced");
        let stage = OrderStage::of(id);
        if stage == OrderStage::Cancelled {
            sales::cancel(&mut order);
        } else {
            if stage >= OrderStage::Invoiced {
                sales::invoice(&mut order, &lines);
            }
            if stage >= OrderStage::Shipped {
                sales::ship(&mut order, &lines);
            }
            if stage >= OrderStage::Refunded {
                let shipping = order.get("shipping_amount").and_then(Value::as_f64).unwrap_or_default();
                sales::refund(
                    &mut order,
                    &lines,
                    &sales::RefundedExtra { shipping, ..sales::RefundedExtra::default() },
                );
            }
        }
        Value::Object(order)
    }

    fn pending_order(&self, id: i64) -> Value {
        let mut dice = Dice::of(self.seed, "order", id);
        let created = moment_of(id);
        let count = 1 + dice.below(MOST_ITEMS);
        let first = dice.below(super::PRODUCTS);
        let lines: Vec<(i64, i64)> =
            (0..count).map(|at| (1 + (first + at * 7) % super::PRODUCTS, 1 + dice.below(3))).collect();
        let items: Vec<Value> = lines
            .iter()
            .zip(1..)
            .map(|(&(product, quantity), at)| {
                self.order_item(id, (id - 1) * MOST_ITEMS + at, product, quantity, &created)
            })
            .collect();
        let pieces: i64 = lines.iter().map(|(_, quantity)| quantity).sum();
        let subtotal: i64 =
            lines.iter().map(|&(product, quantity)| self.product_cents(product) * quantity).sum();
        let weight: i64 =
            lines.iter().map(|&(product, quantity)| self.product_tenths(product) * quantity).sum();
        let buyer = self.buyer(id);
        let person = buyer.map_or_else(|| Person::of(self.seed, "guest", id), |it| self.customer_person(it));
        self.placed_order(&Placed {
            id,
            items,
            pieces,
            subtotal,
            shipping: pieces * 500,
            weight,
            buyer,
            person,
            created,
        })
    }

    pub(super) fn order_item(
        &self,
        order: i64,
        id: i64,
        product: i64,
        quantity: i64,
        created: &str,
    ) -> Value {
        let (price, weight) = (self.product_cents(product), self.product_tenths(product));
        let (row, price) = (cents(price * quantity), cents(price));
        let mut item = joined([
            json!({
                "amount_refunded": 0, "base_amount_refunded": 0, "base_discount_amount": 0, "base_discount_invoiced": 0,
                "base_discount_tax_compensation_amount": 0, "base_original_price": price, "base_price": price,
                "base_price_incl_tax": price, "base_row_invoiced": 0, "base_row_total": row,
                "base_row_total_incl_tax": row, "base_tax_amount": 0, "base_tax_invoiced": 0, "created_at": created,
                "discount_amount": 0, "discount_invoiced": 0, "discount_percent": 0, "free_shipping": 0,
            }),
            json!({
                "discount_tax_compensation_amount": 0, "is_qty_decimal": 0, "is_virtual": 0, "item_id": id,
                "name": self.product_name(product), "no_discount": 0, "order_id": order, "original_price": price,
                "price": price, "price_incl_tax": price, "product_id": product, "product_type": "simple",
                "qty_canceled": 0, "qty_invoiced": 0, "qty_ordered": quantity, "qty_refunded": 0, "qty_shipped": 0,
                "quote_item_id": id, "row_invoiced": 0, "row_total": row, "row_total_incl_tax": row,
                "row_weight": tenths(weight * quantity), "sku": Self::sku(product), "store_id": 1, "tax_amount": 0,
                "tax_invoiced": 0, "tax_percent": 0, "updated_at": created, "weight": tenths(weight),
            }),
        ]);
        if self.version >= MagentoVersion::new(2, 4, 0) {
            item["extension_attributes"] = json!({ "itemized_taxes": [] });
        }
        item
    }

    /// Order with nothing in it.
    pub(super) fn order_without_items(
        &self,
        id: i64,
        buyer: Option<i64>,
        person: Person,
        created: &str,
    ) -> Value {
        let created = created.to_owned();
        self.placed_order(&Placed {
            id,
            items: Vec::new(),
            pieces: 0,
            subtotal: 0,
            shipping: 0,
            weight: 0,
            buyer,
            person,
            created,
        })
    }

    fn placed_order(&self, placed: &Placed) -> Value {
        let Placed { id, created, person, .. } = placed;
        let (subtotal, shipping) = (cents(placed.subtotal), cents(placed.shipping));
        let total = cents(placed.subtotal + placed.shipping);
        let payment = json!({
            "account_status": null, "additional_information": ["Check / Money order"], "amount_ordered": total,
            "base_amount_ordered": total, "base_shipping_amount": shipping, "cc_last4": null, "entity_id": id,
            "method": "checkmo", "parent_id": id, "shipping_amount": shipping,
        });
        let mut order = joined([
            json!({
                "base_currency_code": "USD", "base_discount_amount": 0, "base_grand_total": total,
                "base_discount_tax_compensation_amount": 0, "base_shipping_amount": shipping,
                "base_shipping_discount_amount": 0, "base_shipping_discount_tax_compensation_amnt": 0,
                "base_shipping_incl_tax": shipping, "base_shipping_tax_amount": 0, "base_subtotal": subtotal,
                "base_subtotal_incl_tax": subtotal, "base_tax_amount": 0, "base_total_due": total,
                "base_to_global_rate": 1, "base_to_order_rate": 1, "billing_address_id": 2 * id, "created_at": created,
                "customer_email": person.email, "customer_group_id": i64::from(placed.buyer.is_some()),
                "customer_is_guest": i64::from(placed.buyer.is_none()), "customer_note_notify": 1, "discount_amount": 0,
            }),
            json!({
                "entity_id": id, "global_currency_code": "USD", "grand_total": total,
                "discount_tax_compensation_amount": 0, "increment_id": format!("{id:09}"), "is_virtual": 0,
                "order_currency_code": "USD", "protect_code": Dice::of(self.seed, "protect", *id).hex(32),
                "quote_id": id, "shipping_amount": shipping, "shipping_description": "Flat Rate - Fixed",
                "shipping_discount_amount": 0, "shipping_discount_tax_compensation_amount": 0,
                "shipping_incl_tax": shipping, "shipping_tax_amount": 0, "state": "new", "status": "pending",
                "store_currency_code": "USD", "store_id": 1,
                "store_name": format!("Main Website\nMain Website Store\n{}", self.view_name()),
                "store_to_base_rate": 0, "store_to_order_rate": 0, "subtotal": subtotal, "subtotal_incl_tax": subtotal,
                "tax_amount": 0, "total_due": total, "total_item_count": placed.items.len(),
                "total_qty_ordered": placed.pieces, "updated_at": created, "weight": tenths(placed.weight),
                "items": placed.items, "billing_address": person.order_address(*id, 2 * id, "billing"),
                "payment": payment, "status_histories": [],
            }),
        ]);
        if let Some(buyer) = placed.buyer {
            order["customer_id"] = json!(buyer);
        }
        let is_recent = self.version >= MagentoVersion::new(2, 3, 0);
        if is_recent {
            order["remote_ip"] = json!("127.0.0.1");
        }
        if is_recent || placed.buyer.is_some() {
            order["customer_firstname"] = json!(person.first);
            order["customer_lastname"] = json!(person.last);
        }
        let address = person.order_address(*id, 2 * id - 1, "shipping");
        let mut extension = Map::new();
        let assignment = json!([{
            "shipping": { "address": address, "method": "flatrate_flatrate", "total": {} }, "items": [],
        }]);
        extension.insert("shipping_assignments".to_owned(), assignment);
        if is_recent {
            let title = json!([{ "key": "method_title", "value": "Check / Money order" }]);
            extension.insert("payment_additional_info".to_owned(), title);
            extension.insert("applied_taxes".to_owned(), json!([]));
            extension.insert("item_applied_taxes".to_owned(), json!([]));
        }
        if self.version >= MagentoVersion::new(2, 4, 0) {
            extension.insert("converting_from_quote".to_owned(), json!(false));
            extension.insert("taxes".to_owned(), json!([]));
            extension.insert("additional_itemized_taxes".to_owned(), json!([]));
        }
        order["extension_attributes"] = Value::Object(extension);
        if let Value::Object(order) = &mut order {
            sales::refresh(order);
        }
        order
    }

    /// Item of an order by its id.
    pub(super) fn order_item_by_id(&self, id: i64) -> Option<Value> {
        let order = self.order((id - 1) / MOST_ITEMS + 1);
        let mut items = order.get("items")?.as_array()?.iter();
        items.find(|item| item.get("item_id").and_then(Value::as_i64) == Some(id)).cloned()
    }
}

/// Object of the fields of two.
fn joined(parts: [Value; 2]) -> Value {
    let fields =
        parts.into_iter().filter_map(|part| if let Value::Object(part) = part { Some(part) } else { None });
    Value::Object(fields.flatten().collect())
}

struct Placed {
    id: i64,
    items: Vec<Value>,
    pieces: i64,
    subtotal: i64,
    shipping: i64,
    weight: i64,
    buyer: Option<i64>,
    person: Person,
    created: String,
}
