//! Orders and their documents.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::reservations::PiecesOf;
use crate::{
    mock::{
        ShopRefusal,
        data::{
            ServiceCall, ShopData, class,
            key::RowKey,
            made::moment,
            sales::{self, OrderLine, RefundedExtra},
        },
        input::{text_of, to_int},
    },
    names::MagentoVersion,
};

type Answer = Result<Value, ShopRefusal>;

/// Release from which a comment does not change the status of its order.
const KEEPS_STATUS: MagentoVersion = MagentoVersion::new(2, 4, 4);

impl ShopData {
    pub(super) fn orders(&self, asked: &ServiceCall<'_>, service: &str, method: &str) -> Option<Answer> {
        let of = match service {
            "OrderRepository" => Some(class::ORDER),
            "InvoiceRepository" => Some(class::INVOICE),
            "ShipmentRepository" => Some(class::SHIPMENT),
            "CreditmemoRepository" => Some(class::CREDIT_MEMO),
            "OrderItemRepository" => Some(class::ORDER_ITEM),
            _ => None,
        };
        if let (Some(class), "get") = (of, method) {
            return Some(self.sales_row(class, asked.arguments.get("id")).map(|(_, row)| Value::clone(&row)));
        }
        let commented = match service {
            "OrderManagement" => Some((class::ORDER, "status_histories")),
            "InvoiceManagement" => Some((class::INVOICE, "comments")),
            "ShipmentManagement" => Some((class::SHIPMENT, "comments")),
            "CreditmemoManagement" => Some((class::CREDIT_MEMO, "comments")),
            _ => None,
        };
        if let (Some((class, field)), "getCommentsList") = (commented, method) {
            return Some(self.comments(asked, class, field));
        }
        if let (Some(class::SHIPMENT | class::INVOICE | class::CREDIT_MEMO), "save") = (of, method) {
            let order = asked.arguments.get("entity").get("order_id").cloned().unwrap_or_default();
            // The rest is kept as it is sent.
            return self.order(&order).err().map(Err);
        }
        if let Some(answer) = self.parts(asked, service, method) {
            return Some(answer);
        }
        match (service, method) {
            ("InvoiceOrder", "execute") => Some(self.invoice_order(asked)),
            ("ShipOrder", "execute") => Some(self.ship_order(asked)),
            ("RefundOrder", "execute") => Some(self.refund_order(asked, "orderId", class::ORDER)),
            ("RefundInvoice", "execute") => Some(self.refund_order(asked, "invoiceId", class::INVOICE)),
            ("OrderManagement", _) => self.manage_order(asked, method),
            _ => None,
        }
    }

    fn sales_row(&self, class: &str, id: &Value) -> Result<(RowKey, Arc<Value>), ShopRefusal> {
        if to_int(id) == 0 {
            return Err(self.no_id());
        }
        let found = RowKey::of(id).and_then(|key| self.row(class, &key).map(|row| (key, row)));
        found.ok_or_else(|| self.no_entity())
    }

    fn order(&self, id: &Value) -> Result<(RowKey, Map<String, Value>), ShopRefusal> {
        let (key, row) = self.sales_row(class::ORDER, id)?;
        Ok((key, row.as_object().cloned().unwrap_or_default()))
    }

    fn keep_order(&self, key: &RowKey, mut order: Map<String, Value>, now: u64) {
        order.insert("updated_at".to_owned(), json!(moment(now)));
        if let Some(Value::Array(items)) = order.get("items") {
            for item in items {
                if let Some(key) = item.get("item_id").and_then(RowKey::of) {
                    self.put(class::ORDER_ITEM, &key, item.clone());
                }
            }
        }
        self.put(class::ORDER, key, Value::Object(order));
    }

    fn comments(&self, asked: &ServiceCall<'_>, class: &str, field: &str) -> Answer {
        let (_, row) = self.sales_row(class, asked.arguments.get("id"))?;
        let comments = row.get(field).and_then(Value::as_array).cloned().unwrap_or_default();
        let count = comments.len();
        let criteria = json!({ "filter_groups": [] });
        Ok(json!({ "items": comments, "search_criteria": criteria, "total_count": count }))
    }

    fn manage_order(&self, asked: &ServiceCall<'_>, method: &str) -> Option<Answer> {
        let found = self.order(asked.arguments.get("id"));
        let (key, mut order) = match found {
            Ok(found) => found,
            Err(refusal) => return Some(Err(refusal)),
        };
        let done = match method {
            "getStatus" => return Some(Ok(order.get("status").cloned().unwrap_or_default())),
            "notify" => return Some(Ok(Value::Bool(true))),
            "cancel" if sales::can_cancel(&order) => {
                let lines = sales::open_lines(&order, "qty_invoiced");
                self.move_stock(&order, &lines, PiecesOf::Cancellation);
                sales::cancel(&mut order);
                true
            }
            "hold" if matches!(sales::state(&order), "new" | "processing") => {
                sales::put_state(&mut order, "holded", "holded");
                true
            }
            "unHold" if sales::state(&order) == "holded" => {
                sales::put_state(&mut order, "new", "pending");
                true
            }
            "cancel" => false,
            "hold" => return Some(Err(ShopRefusal::exception(400, "A hold action is not available."))),
            "unHold" => return Some(Err(ShopRefusal::exception(400, "You cannot remove the hold."))),
            "addComment" => {
                let sent = asked.arguments.get("statusHistory");
                if let Some(status) = sent.get("status").and_then(Value::as_str) {
                    let is_other = !status.is_empty() && order.get("status").is_none_or(|it| it != status);
                    if is_other && self.rules.version >= KEEPS_STATUS {
                        let text = "Unable to add comment: The status \"%1\" is not part of the order\n                 status history.";
                        return Some(Err(ShopRefusal::localized(400, text, json!([status]))));
                    }
                    order.insert("status".to_owned(), json!(status));
                }
                sales::comment(&mut order, &sent.get("comment").map(text_of).unwrap_or_default(), None);
                true
            }
            _ => return None,
        };
        if done {
            self.keep_order(&key, order, asked.now);
        }
        Some(Ok(Value::Bool(done)))
    }

    fn invoice_order(&self, asked: &ServiceCall<'_>) -> Answer {
        let (key, mut order) = self.order(asked.arguments.get("orderId"))?;
        let asked_lines = lines(asked.arguments.get("items"));
        let chosen = sales::chosen_lines(&order, "qty_invoiced", &asked_lines);
        let is_open = !matches!(sales::state(&order), "canceled" | "closed" | "complete" | "holded")
            && !sales::open_lines(&order, "qty_invoiced").is_empty();
        let mut wrong = Vec::new();
        if chosen.is_empty() {
            wrong.push("The invoice can't be created without products. Add products and try again.");
        }
        if !is_open {
            wrong.push("The order does not allow an invoice to be created.");
        }
        validated("Invoice", &wrong)?;
        let id = self.next_id(class::INVOICE);
        let invoice = sales::invoice_of(&order, &chosen, id, &moment(asked.now));
        sales::invoice(&mut order, &chosen);
        let is_notified = asked.arguments.get("notify") == &Value::Bool(true);
        order.insert("customer_note_notify".to_owned(), json!(i64::from(is_notified)));
        self.put(class::INVOICE, &RowKey::number(id), with_comment(invoice, id, asked));
        self.keep_order(&key, order, asked.now);
        Ok(Value::String(id.to_string()))
    }

    fn ship_order(&self, asked: &ServiceCall<'_>) -> Answer {
        let (key, mut order) = self.order(asked.arguments.get("orderId"))?;
        let chosen = sales::chosen_lines(&order, "qty_shipped", &lines(asked.arguments.get("items")));
        let is_open = !matches!(sales::state(&order), "canceled" | "closed" | "complete" | "holded")
            && !sales::open_lines(&order, "qty_shipped").is_empty();
        let mut wrong = Vec::new();
        if !is_open {
            wrong.push("The order does not allow a shipment to be created.");
        }
        if chosen.is_empty() {
            wrong.push("You can't create a shipment without products.");
        }
        validated("Shipment", &wrong)?;
        let id = self.next_id(class::SHIPMENT);
        let now = moment(asked.now);
        let mut tracks = Vec::new();
        for track in asked.arguments.get("tracks").as_array().into_iter().flatten() {
            if track.get("carrier_code").is_none_or(Value::is_null) {
                return Err(ShopRefusal::exception(
                    400,
                    "Could not save a shipment, see error log for details",
                ));
            }
            tracks.push(json!({
                "order_id": key.value(), "created_at": now, "entity_id": self.next_id(class::TRACK),
                "parent_id": id, "updated_at": now, "weight": null, "qty": null, "description": null,
                "track_number": track.get("track_number"), "title": track.get("title"),
                "carrier_code": track.get("carrier_code"),
            }));
        }
        let mut shipment = sales::shipment_of(&order, &chosen, id, &now);
        shipment["tracks"] = Value::Array(tracks);
        self.move_stock(&order, &chosen, PiecesOf::Shipment);
        sales::ship(&mut order, &chosen);
        self.put(class::SHIPMENT, &RowKey::number(id), with_comment(shipment, id, asked));
        self.keep_order(&key, order, asked.now);
        Ok(Value::String(id.to_string()))
    }

    fn refund_order(&self, asked: &ServiceCall<'_>, parameter: &str, of: &str) -> Answer {
        let (_, row) = self.sales_row(of, asked.arguments.get(parameter))?;
        let id = if of == class::ORDER { row.get("entity_id") } else { row.get("order_id") };
        let (key, mut order) = self.order(id.unwrap_or(&Value::Null))?;
        let chosen = sales::chosen_lines(&order, "qty_refunded", &lines(asked.arguments.get("items")));
        let sent = |name: &str| asked.arguments.get("arguments").get(name).and_then(Value::as_f64);
        let amount = |name: &str| order.get(name).and_then(Value::as_f64).unwrap_or_default();
        let allowed = amount("shipping_invoiced") - amount("shipping_refunded");
        let extra = RefundedExtra {
            shipping: sent("shipping_amount").unwrap_or(allowed),
            positive: sent("adjustment_positive").unwrap_or_default(),
            negative: sent("adjustment_negative").unwrap_or_default(),
        };
        let allowed = allowed.max(0.0);
        if extra.shipping > allowed + 0.0001 {
            let text = "Maximum shipping amount allowed to refund is: %1";
            return Err(ShopRefusal::localized(400, text, json!([format!("${allowed:.2}")])));
        }
        let mut wrong = Vec::new();
        let state = sales::state(&order);
        let closed = format!("A creditmemo can not be created when an order has a status of {state}");
        if matches!(state, "payment_review" | "holded" | "canceled" | "closed") {
            wrong.push(closed.as_str());
        } else if (amount("total_paid") - amount("total_refunded")).abs() < 0.0001 {
            wrong.push("The order does not allow a creditmemo to be created.");
        }
        if sales::sum_of_lines(&order, &chosen) + extra.total() <= 0.0 {
            wrong.push("The credit memo's total must be positive.");
        }
        validated("Creditmemo", &wrong)?;
        let id = self.next_id(class::CREDIT_MEMO);
        let memo = sales::credit_memo(&order, &chosen, id, &moment(asked.now), &extra);
        sales::refund(&mut order, &chosen, &extra);
        self.put(class::CREDIT_MEMO, &RowKey::number(id), with_comment(memo, id, asked));
        self.keep_order(&key, order, asked.now);
        Ok(Value::String(id.to_string()))
    }
}

/// Refuses a document with all that is wrong with it.
fn validated(document: &str, wrong: &[&str]) -> Result<(), ShopRefusal> {
    if wrong.is_empty() {
        return Ok(());
    }
    Err(ShopRefusal::exception(
        400,
        format!("{document} Document Validation Error(s):\n{}", wrong.join("\n")),
    ))
}

fn lines(items: &Value) -> Vec<OrderLine> {
    let line = |item: &Value| OrderLine {
        item: item.get("order_item_id").map(to_int).unwrap_or_default(),
        quantity: item.get("qty").and_then(Value::as_f64).unwrap_or_default(),
    };
    items.as_array().into_iter().flatten().map(line).collect()
}

/// Adds the comment of a request to its document.
fn with_comment(mut document: Value, id: i64, asked: &ServiceCall<'_>) -> Value {
    let comment = asked.arguments.get("comment");
    if comment.is_object() {
        document["comments"] = json!([{
            "is_customer_notified": 0, "parent_id": id, "comment": comment.get("comment"),
            "is_visible_on_front": comment.get("is_visible_on_front").map(to_int).unwrap_or_default(),
            "created_at": moment(asked.now), "entity_id": id,
        }]);
    }
    document
}
