//! Stock that orders take: from 2.3.0 on it is reserved, and subtracted when it is shipped; before, it is subtracted at once.

use serde_json::{Map, Value, json};

use crate::mock::{
    data::{
        ShopData, class,
        key::RowKey,
        sales::{self, OrderLine},
    },
    input::{number, text_of, to_float},
};

/// Event in the life of pieces of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PiecesOf {
    Order,
    Shipment,
    Cancellation,
}

impl ShopData {
    /// Pieces of a product in stock that no open order has reserved.
    pub(super) fn salable_quantity(&self, key: &RowKey) -> f64 {
        let of = |class: &str, field: &str| self.row(class, key)?.get(field).cloned();
        let there = of(class::STOCK_ITEM, "qty").map(|it| to_float(&it)).unwrap_or_default();
        let sku = of(class::PRODUCT, "sku").map(|it| text_of(&it)).unwrap_or_default();
        there - self.reserved(&sku)
    }

    fn reserved(&self, sku: &str) -> f64 {
        if self.rules.is_old() {
            return 0.0;
        }
        let orders = self.rows(class::ORDER);
        let is_open =
            |order: &&Map<String, Value>| !matches!(sales::state(order), "canceled" | "closed" | "complete");
        let open = orders.iter().filter_map(|order| order.as_object()).filter(is_open);
        let reserved = open.map(|order| {
            let (lines, skus) = (sales::open_lines(order, "qty_shipped").into_iter(), sales::skus(order));
            let of_sku = lines.filter(|line| skus.get(&line.item).is_some_and(|it| it == sku));
            of_sku.map(|line| line.quantity).sum::<f64>()
        });
        reserved.sum()
    }

    /// Changes the stock of the default source by pieces of an order.
    pub(super) fn move_stock(&self, order: &Map<String, Value>, lines: &[OrderLine], what: PiecesOf) {
        let sign = match (what, self.rules.is_old()) {
            (PiecesOf::Order, true) | (PiecesOf::Shipment, false) => -1.0,
            (PiecesOf::Cancellation, true) => 1.0,
            _ => return,
        };
        let skus = sales::skus(order);
        for line in lines {
            let Some(sku) = skus.get(&line.item) else { continue };
            let Some(key) = self.product_key(sku) else { continue };
            let stock = self.row(class::STOCK_ITEM, &key).map(|row| Value::clone(&row));
            let is_managed = |stock: &Value| stock.get("manage_stock") == Some(&Value::Bool(true));
            let Some(mut stock) = stock.filter(is_managed) else { continue };
            let amount = |name: &str| stock.get(name).map(to_float).unwrap_or_default();
            let left = amount("qty") + sign * line.quantity;
            let is_there = left > amount("min_qty") || amount("backorders") > 0.0;
            stock["qty"] = number(left);
            stock["is_in_stock"] = json!(is_there);
            self.put(class::STOCK_ITEM, &key, stock);
            let Some(source) = RowKey::of(&json!(sku)) else { continue };
            if let Some(item) = self.row(class::SOURCE_ITEM, &source) {
                let mut item = Value::clone(&item);
                item["quantity"] = number(left);
                item["status"] = json!(i64::from(is_there));
                self.put(class::SOURCE_ITEM, &source, item);
            }
        }
    }
}
