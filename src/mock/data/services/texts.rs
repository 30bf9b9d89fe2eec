//! Messages of services by release.

use serde_json::{Value, json};

use crate::mock::{ShopRefusal, data::ShopData};

impl ShopData {
    /// Error of a sales entity that does not exist.
    pub(super) fn no_entity(&self) -> ShopRefusal {
        let text = if self.rules.is_old() {
            "Requested entity doesn't exist"
        } else {
            "The entity that was requested doesn't exist. Verify the entity and try again."
        };
        ShopRefusal::localized(404, text, Value::Null)
    }

    /// Error of a product that does not exist.
    pub(super) fn no_product(&self) -> ShopRefusal {
        let text = if self.rules.is_old() {
            "Requested product doesn't exist"
        } else {
            "The product that was requested doesn't exist. Verify the product and try again."
        };
        ShopRefusal::localized(404, text, Value::Null)
    }

    /// Error of stock for a SKU that does not exist.
    pub(super) fn no_sku(&self, sku: &str) -> ShopRefusal {
        let text = if self.rules.is_old() {
            "Product with SKU \"%1\" does not exist"
        } else {
            "The Product with the \"%1\" SKU doesn't exist."
        };
        ShopRefusal::localized(404, text, json!([sku]))
    }

    /// Error of a sales entity without an id.
    pub(super) fn no_id(&self) -> ShopRefusal {
        let text =
            if self.rules.is_old() { "Id required" } else { "An ID is needed. Set the ID and try again." };
        ShopRefusal::localized(400, text, Value::Null)
    }
}

/// Error of any other entity that does not exist.
pub(super) fn no_such(field: &str, value: &Value) -> ShopRefusal {
    let text = "No such entity with %fieldName = %fieldValue";
    ShopRefusal::localized(404, text, json!({ "fieldName": field, "fieldValue": value }))
}
