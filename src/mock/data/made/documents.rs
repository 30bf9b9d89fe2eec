//! Invoices, shipments and credit memos of made orders.

use serde_json::Value;

use super::{OrderStage, World, moment::moment_of};
use crate::mock::data::sales;

impl World {
    /// Order of the document with a number, among the orders that reached a stage.
    fn order_at(stage: OrderStage, id: i64) -> Option<i64> {
        stage.reached().nth(usize::try_from(id - 1).ok()?)
    }

    /// Invoice by id.
    pub(super) fn invoice(&self, id: i64) -> Option<Value> {
        self.document(OrderStage::Invoiced, id, sales::invoice_of)
    }

    /// Shipment by id.
    pub(super) fn shipment(&self, id: i64) -> Option<Value> {
        self.document(OrderStage::Shipped, id, sales::shipment_of)
    }

    /// Credit memo by id.
    pub(super) fn credit_memo(&self, id: i64) -> Option<Value> {
        self.document(OrderStage::Refunded, id, sales::credit_memo_of)
    }

    fn document(
        &self,
        stage: OrderStage,
        id: i64,
        make: fn(&serde_json::Map<String, Value>, &[sales::OrderLine], i64, &str) -> Value,
    ) -> Option<Value> {
        let order = Self::order_at(stage, id)?;
        let Value::Object(order) = self.order(order) else { return None };
        let lines = sales::ordered_lines(&order);
        Some(make(&order, &lines, id, &moment_of(id)))
    }
}
