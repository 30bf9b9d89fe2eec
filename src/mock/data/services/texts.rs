//! Messages of services by release.

use serde_json::{Value, json};

use crate::mock::{ShopRefusal, data::ShopData, input::text_of};

impl ShopData {
    /// Error of a sales entity that does not exist.
    pub(super) fn no_entity(&self) -> ShopRefusal {
        let text = if self.rules.is_old() {
            "Requested entity doesn't exist"
        } else {
            "The entity that was requested doesn't exist. Verify the entity and try again."
        };
        ShopRefusal::exception(404, text)
    }

    /// Error of a product that does not exist.
    pub(super) fn no_product(&self) -> ShopRefusal {
        let text = if self.rules.is_old() {
            "Requested product doesn't exist"
        } else {
            "The product that was requested doesn't exist. Verify the product and try again."
        };
        ShopRefusal::exception(404, text)
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
        ShopRefusal::exception(400, text)
    }
}

impl ShopData {
    /// Error of an attribute of the catalog that does not exist.
    pub(super) fn no_attribute(&self, code: &str) -> ShopRefusal {
        let text = if self.rules.is_old() {
            "Attribute with attributeCode \"%1\" does not exist."
        } else {
            "The attribute with a \"%1\" attributeCode doesn't exist. Verify the attribute and try again."
        };
        ShopRefusal::localized(404, text, json!([code]))
    }

    /// Error of a row of a class that does not exist, which a variable names.
    pub(super) fn missing(&self, class: &str, variable: &str, value: &Value) -> ShopRefusal {
        let Some((module, name)) =
            class.strip_prefix(r"Magento\").and_then(|it| it.split_once(r"\Api\Data\"))
        else {
            return no_such(variable, value);
        };
        let (page, block) = if self.rules.is_old() {
            ("CMS Page with id \"%1\" does not exist.", "CMS Block with id \"%1\" does not exist.")
        } else {
            (
                "The CMS page with the \"%1\" ID doesn't exist.",
                "The CMS block with the \"%1\" ID doesn't exist.",
            )
        };
        match (module, name) {
            ("Sales", _) => self.no_entity(),
            ("Catalog", "ProductInterface") => self.no_product(),
            (
                "Catalog" | "Eav",
                "ProductAttributeInterface" | "CategoryAttributeInterface" | "AttributeInterface",
            ) => self.no_attribute(&text_of(value)),
            ("Catalog" | "Eav", "AttributeSetInterface" | "CategoryInterface") => no_such("id", value),
            ("InventoryApi", "SourceInterface") => {
                ShopRefusal::named(404, "Source with code \"%value\" does not exist.", "value", value.clone())
            }
            ("InventoryApi", "StockInterface") => {
                ShopRefusal::named(404, "Stock with id \"%value\" does not exist.", "value", value.clone())
            }
            ("Cms", "PageInterface") => ShopRefusal::localized(404, page, json!([value])),
            ("Cms", "BlockInterface") => ShopRefusal::localized(404, block, json!([value])),
            ("SalesRule", _) => ShopRefusal::exception(404, "No such entity."),
            ("Tax", "TaxClassInterface") => no_such("class_id", value),
            _ => no_such(variable, value),
        }
    }
}

/// Error of any other entity that does not exist.
pub(super) fn no_such(field: &str, value: &Value) -> ShopRefusal {
    let text = "No such entity with %fieldName = %fieldValue";
    ShopRefusal::localized(404, text, json!({ "fieldName": field, "fieldValue": value }))
}
