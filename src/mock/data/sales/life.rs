//! Actions on an order.

use serde_json::{Value, json};

use super::{Fields, OrderLine, RefundedExtra, add, add_both, amount, change, items, open_lines};

/// Invoices lines: the order is paid by as much.
pub(in crate::mock::data) fn invoice(order: &mut Fields, lines: &[OrderLine]) {
    let is_first = !order.contains_key("shipping_invoiced");
    let subtotal = change(order, lines, |item, quantity, row| {
        add(item, "qty_invoiced", quantity);
        add_both(item, "row_invoiced", row);
        add_both(item, "discount_tax_compensation_invoiced", 0.0);
        item.insert("weee_tax_applied".to_owned(), json!("[]"));
    });
    let shipping = if is_first { amount(order, "shipping_amount") } else { 0.0 };
    let total = subtotal + shipping;
    for name in ["discount_invoiced", "discount_tax_compensation_invoiced", "tax_invoiced"] {
        add_both(order, name, 0.0);
    }
    add_both(order, "shipping_invoiced", shipping);
    add_both(order, "subtotal_invoiced", subtotal);
    for name in ["total_invoiced", "total_paid"] {
        add_both(order, name, total);
    }
    add(order, "base_total_invoiced_cost", 0.0);
    add_both(order, "total_due", -total);
    if let Some(Value::Object(payment)) = order.get_mut("payment") {
        add_both(payment, "amount_paid", total);
        add_both(payment, "shipping_captured", shipping);
    }
    finish(order);
}

/// Ships lines.
pub(in crate::mock::data) fn ship(order: &mut Fields, lines: &[OrderLine]) {
    change(order, lines, |item, quantity, _| add(item, "qty_shipped", quantity));
    finish(order);
}

/// Refunds lines and amounts.
pub(in crate::mock::data) fn refund(order: &mut Fields, lines: &[OrderLine], extra: &RefundedExtra) {
    let subtotal = change(order, lines, |item, quantity, row| {
        add(item, "qty_refunded", quantity);
        add_both(item, "amount_refunded", row);
        for name in ["discount_refunded", "discount_tax_compensation_refunded", "tax_refunded"] {
            add_both(item, name, 0.0);
        }
        item.insert("weee_tax_applied".to_owned(), json!("[]"));
    });
    let shipping = extra.shipping;
    let total = subtotal + extra.total();
    add_both(order, "adjustment_negative", extra.negative);
    add_both(order, "adjustment_positive", extra.positive);
    for name in
        ["discount_refunded", "discount_tax_compensation_refunded", "shipping_tax_refunded", "tax_refunded"]
    {
        add_both(order, name, 0.0);
    }
    add_both(order, "shipping_refunded", shipping);
    add_both(order, "subtotal_refunded", subtotal);
    for name in ["total_offline_refunded", "total_refunded"] {
        add_both(order, name, total);
    }
    if let Some(Value::Object(payment)) = order.get_mut("payment") {
        add_both(payment, "amount_refunded", total);
        add_both(payment, "shipping_refunded", shipping);
    }
    finish(order);
    comment(order, &format!("We refunded ${total:.2} offline."), Some("creditmemo"));
}

/// Cancels what is not invoiced. What is invoiced goes on: then the order is not cancelled.
pub(in crate::mock::data) fn cancel(order: &mut Fields) {
    let is_invoiced = !open_lines(order, "qty_refunded").is_empty();
    let lines = open_lines(order, "qty_invoiced");
    let subtotal = change(order, &lines, |item, quantity, _| {
        add(item, "qty_canceled", quantity);
        for name in ["tax_canceled", "discount_tax_compensation_canceled"] {
            add(item, name, 0.0);
        }
    });
    let shipping = amount(order, "shipping_amount") - amount(order, "shipping_invoiced");
    for name in ["discount_canceled", "tax_canceled"] {
        add_both(order, name, 0.0);
    }
    add_both(order, "shipping_canceled", shipping);
    add_both(order, "subtotal_canceled", subtotal);
    add_both(order, "total_canceled", subtotal + shipping);
    if is_invoiced {
        return finish(order);
    }
    put_state(order, "canceled", "canceled");
    refresh(order);
}

/// Returns true if an order can be cancelled: nothing of it is invoiced or ended.
pub(in crate::mock::data) fn can_cancel(order: &Fields) -> bool {
    !matches!(state(order), "canceled" | "closed" | "complete" | "holded")
        && !open_lines(order, "qty_invoiced").is_empty()
}

/// State of an order.
pub(in crate::mock::data) fn state(order: &Fields) -> &str {
    order.get("state").and_then(Value::as_str).unwrap_or_default()
}

/// Writes state and status.
pub(in crate::mock::data) fn put_state(order: &mut Fields, state: &str, status: &str) {
    order.insert("state".to_owned(), json!(state));
    order.insert("status".to_owned(), json!(status));
}

/// Adds a comment in front of the others.
pub(in crate::mock::data) fn comment(order: &mut Fields, text: &str, entity: Option<&str>) -> i64 {
    let order_id = order.get("entity_id").cloned().unwrap_or_default();
    let status = order.get("status").cloned().unwrap_or_default();
    let created = order.get("updated_at").cloned().unwrap_or_default();
    let Some(Value::Array(comments)) = order.get_mut("status_histories") else { return 0 };
    let id =
        order_id.as_i64().unwrap_or_default() * 10 + i64::try_from(comments.len()).unwrap_or_default() + 1;
    let mut added = json!({
        "comment": text, "created_at": created, "entity_id": id, "is_customer_notified": 0,
        "is_visible_on_front": 0, "parent_id": order_id, "status": status,
    });
    if let Some(entity) = entity {
        added["entity_name"] = json!(entity);
    }
    comments.insert(0, added);
    id
}

/// Writes the state of an order that something happened to (`Model/ResourceModel/Order/Handler/State.php`).
fn finish(order: &mut Fields) {
    if !matches!(state(order), "closed" | "canceled") {
        let left = amount(order, "total_paid") - amount(order, "total_refunded");
        let is_nothing = |amount: f64| amount.abs() < 0.0001;
        let is_refunded = amount(order, "grand_total") > 0.0
            && (is_nothing(left) || is_nothing(left - amount(order, "adjustment_negative")));
        let sum = |name: &str| items(order).map(|item| amount(item, name)).sum::<f64>();
        let is_shipped = open_lines(order, "qty_shipped").is_empty();
        let has_left =
            sum("qty_shipped") > 0.0 && sum("qty_ordered") <= sum("qty_refunded") + sum("qty_shipped");
        let state = if !open_lines(order, "qty_invoiced").is_empty() {
            "processing"
        } else if is_refunded && is_shipped {
            "closed"
        } else if is_shipped || has_left {
            "complete"
        } else {
            "processing"
        };
        put_state(order, state, state);
    }
    refresh(order);
}

/// Copies items and totals of shipping to where extension attributes repeat them.
pub(in crate::mock::data) fn refresh(order: &mut Fields) {
    const TOTALS: [&str; 22] = [
        "base_shipping_amount",
        "base_shipping_canceled",
        "base_shipping_discount_amount",
        "base_shipping_discount_tax_compensation_amnt",
        "base_shipping_incl_tax",
        "base_shipping_invoiced",
        "base_shipping_refunded",
        "base_shipping_tax_amount",
        "base_shipping_tax_refunded",
        "shipping_amount",
        "shipping_canceled",
        "shipping_discount_amount",
        "shipping_discount_tax_compensation_amount",
        "shipping_incl_tax",
        "shipping_invoiced",
        "shipping_refunded",
        "shipping_tax_amount",
        "shipping_tax_refunded",
        "base_shipping_method",
        "shipping_method",
        "base_shipping_rate",
        "shipping_rate",
    ];
    let items = order.get("items").cloned().unwrap_or_default();
    let totals: Fields =
        TOTALS.iter().filter_map(|name| Some(((*name).to_owned(), order.get(*name)?.clone()))).collect();
    let assignment = order.get_mut("extension_attributes").and_then(|it| it.get_mut("shipping_assignments"));
    if let Some(assignment) = assignment.and_then(|it| it.get_mut(0)).and_then(Value::as_object_mut) {
        assignment.insert("items".to_owned(), items);
        if let Some(Value::Object(shipping)) = assignment.get_mut("shipping") {
            shipping.insert("total".to_owned(), Value::Object(totals));
        }
    }
}
