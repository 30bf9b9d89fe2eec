//! Objects that only the model has, not its data interface.

use crate::catalog::DocType;

/// Object that the model behind a data interface has in every release, with a getter of its own
/// (docs/magento/events.md#related-objects).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Data interface of the model.
    pub interface: &'static str,
    /// Name, such as `shipping_address` for `getShippingAddress()`.
    pub name: &'static str,
    /// Data interface of the object.
    pub php_type: DocType,
}

const ORDER: &str = r"Magento\Sales\Api\Data\OrderInterface";
const ORDER_ADDRESS: &str = r"Magento\Sales\Api\Data\OrderAddressInterface";
const INVOICE: &str = r"Magento\Sales\Api\Data\InvoiceInterface";
const SHIPMENT: &str = r"Magento\Sales\Api\Data\ShipmentInterface";
const CREDITMEMO: &str = r"Magento\Sales\Api\Data\CreditmemoInterface";

const RELATIONS: [(&str, &str, &str); 10] = [
    (ORDER, "shipping_address", ORDER_ADDRESS),
    (INVOICE, "order", ORDER),
    (INVOICE, "billing_address", ORDER_ADDRESS),
    (INVOICE, "shipping_address", ORDER_ADDRESS),
    (SHIPMENT, "order", ORDER),
    (SHIPMENT, "billing_address", ORDER_ADDRESS),
    (SHIPMENT, "shipping_address", ORDER_ADDRESS),
    (CREDITMEMO, "order", ORDER),
    (CREDITMEMO, "billing_address", ORDER_ADDRESS),
    (CREDITMEMO, "shipping_address", ORDER_ADDRESS),
];

pub(in crate::catalog) fn relations() -> Vec<Relation> {
    let relation = |(interface, name, to)| Relation { interface, name, php_type: DocType::new(to) };
    RELATIONS.into_iter().map(relation).collect()
}
