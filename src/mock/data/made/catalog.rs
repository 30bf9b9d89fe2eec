//! Products, categories and stock.

use serde_json::{Value, json};

use super::{World, dice::Dice, moment::moment_of};
use crate::mock::input::number;

const KINDS: [&str; 12] = [
    "Backpack",
    "Bottle",
    "Chair",
    "Desk Lamp",
    "Jacket",
    "Kettle",
    "Mug",
    "Notebook",
    "Pen",
    "Shirt",
    "Socks",
    "Towel",
];
const LOOKS: [&str; 8] = ["Black", "Blue", "Classic", "Green", "Large", "Light", "Red", "Small"];
const CATEGORIES: [&str; 6] = ["Home", "Kitchen", "Office", "Outdoor", "Clothing", "Gifts"];

impl World {
    /// SKU of a product.
    pub(in crate::mock::data) fn sku(id: i64) -> String {
        format!("SKU-{id:04}")
    }

    /// Id of the product with a SKU.
    pub(in crate::mock::data) fn product_of_sku(sku: &str) -> Option<i64> {
        let start = sku.get(..4).filter(|start| start.eq_ignore_ascii_case("SKU-"))?;
        let id: i64 = sku.get(start.len()..)?.parse().ok()?;
        (Self::sku(id).len() == sku.len()).then_some(id)
    }

    /// Name of a product.
    pub(in crate::mock::data) fn product_name(&self, id: i64) -> String {
        let mut dice = Dice::of(self.seed, "product", id);
        format!("{} {}", dice.pick(&LOOKS), dice.pick(&KINDS))
    }

    /// Price of a product in cents.
    pub(super) fn product_cents(&self, id: i64) -> i64 {
        Dice::of(self.seed, "price", id).below(9_900) + 99
    }

    /// Weight of a product in tenths.
    pub(super) fn product_tenths(&self, id: i64) -> i64 {
        Dice::of(self.seed, "weight", id).below(40) + 1
    }

    /// Category of a product.
    pub(super) fn category_of(&self, id: i64) -> i64 {
        3 + Dice::of(self.seed, "category", id).below(6)
    }

    /// Product by id.
    pub(super) fn product(&self, id: i64) -> Value {
        let (name, category, created) =
            (self.product_name(id), self.category_of(id).to_string(), moment_of(id));
        let key = format!("{}-{id}", name.to_lowercase().replace(' ', "-"));
        let mut extension = json!({
            "website_ids": [1], "category_links": [{ "position": 0, "category_id": category }],
        });
        if self.shows_stock() {
            extension["stock_item"] = self.stock_item(id);
        }
        json!({
            "id": id, "sku": Self::sku(id), "name": name, "attribute_set_id": 4,
            "price": cents(self.product_cents(id)), "status": 1, "visibility": 4, "type_id": "simple",
            "created_at": created, "updated_at": created, "weight": tenths(self.product_tenths(id)),
            "extension_attributes": extension, "product_links": [], "options": [],
            "media_gallery_entries": [], "tier_prices": [],
            "custom_attributes": [
                { "attribute_code": "options_container", "value": "container2" },
                { "attribute_code": "url_key", "value": key },
                { "attribute_code": "msrp_display_actual_price_type", "value": "0" },
                { "attribute_code": "required_options", "value": "0" },
                { "attribute_code": "has_options", "value": "0" },
                { "attribute_code": "tax_class_id", "value": "2" },
                { "attribute_code": "category_ids", "value": [category] },
                { "attribute_code": "description", "value": format!("<p>{name}</p>") },
            ],
        })
    }

    /// Stock item of a product, with the same id.
    pub(in crate::mock::data) fn stock_item(&self, id: i64) -> Value {
        let quantity = Dice::of(self.seed, "stock", id).below(200) + 20;
        let mut item = Self::empty_stock_item(id);
        item["qty"] = json!(quantity);
        item["is_in_stock"] = json!(true);
        item
    }

    /// Stock item of a product that is new.
    pub(in crate::mock::data) fn empty_stock_item(id: i64) -> Value {
        json!({
            "item_id": id, "product_id": id, "stock_id": 1, "qty": null, "is_in_stock": false,
            "is_qty_decimal": false, "show_default_notification_message": false, "use_config_min_qty": true,
            "min_qty": 0, "use_config_min_sale_qty": 1, "min_sale_qty": 1, "use_config_max_sale_qty": true,
            "max_sale_qty": 10000, "use_config_backorders": true, "backorders": 0,
            "use_config_notify_stock_qty": true, "notify_stock_qty": 1, "use_config_qty_increments": true,
            "qty_increments": 0, "use_config_enable_qty_inc": true, "enable_qty_increments": false,
            "use_config_manage_stock": true, "manage_stock": true, "low_stock_date": null,
            "is_decimal_divided": false, "stock_status_changed_auto": 0,
        })
    }

    /// Category by id: the root, the default category, and those below it.
    pub(super) fn category(&self, id: i64) -> Value {
        let created = moment_of(id);
        let (parent, level, path, position) = match id {
            1 => (0, 0, "1".to_owned(), 0),
            2 => (1, 1, "1/2".to_owned(), 1),
            _ => (2, 2, format!("1/2/{id}"), id - 2),
        };
        let name = match id {
            1 => "Root Catalog",
            2 => "Default Category",
            _ => usize::try_from(id - 3).ok().and_then(|at| CATEGORIES.get(at)).copied().unwrap_or("More"),
        };
        let children = match id {
            1 => "2".to_owned(),
            2 => (3..=super::CATEGORIES).map(|id| id.to_string()).collect::<Vec<_>>().join(","),
            _ => String::new(),
        };
        let count = if id == 1 {
            super::CATEGORIES - 1
        } else if id == 2 {
            super::CATEGORIES - 2
        } else {
            0
        };
        let mut attributes = vec![];
        if id > 2 {
            attributes.push(json!({ "attribute_code": "is_anchor", "value": "1" }));
        }
        if id == 2 {
            attributes.push(json!({ "attribute_code": "display_mode", "value": "PRODUCTS" }));
        }
        attributes.push(json!({ "attribute_code": "path", "value": path }));
        attributes.push(json!({ "attribute_code": "children_count", "value": count.to_string() }));
        if id > 2 {
            let key = name.to_lowercase();
            attributes.push(json!({ "attribute_code": "url_key", "value": key }));
            attributes.push(json!({ "attribute_code": "url_path", "value": key }));
        }
        let mut category = json!({
            "id": id, "parent_id": parent, "name": name, "position": position, "level": level, "children": children,
            "created_at": created, "updated_at": created, "path": path, "include_in_menu": true,
            "custom_attributes": attributes,
        });
        if id > 1 {
            category["is_active"] = json!(true);
        }
        category
    }
}

/// Amount of cents.
pub(super) fn cents(cents: i64) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "amounts are small")]
    number(cents as f64 / 100.0)
}

/// Amount of tenths.
pub(super) fn tenths(tenths: i64) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "amounts are small")]
    number(tenths as f64 / 10.0)
}
