//! Plausible values by the name of a field.

use serde_json::{Value, json};

use super::{Dice, World, catalog::cents, moment::moment_of};
use crate::mock::types::KindBase;

/// Things that an object names: the same in all of its fields, and rows of the shop.
#[derive(Debug, Clone)]
pub(in crate::mock::data) struct Mentioned {
    /// Id of the object.
    pub(super) id: i64,
    product: i64,
    customer: i64,
    order: i64,
    dice: Dice,
}

impl Mentioned {
    /// Chooses what an object names.
    pub(super) fn of(world: &World, class: &str, id: i64) -> Self {
        let mut dice = world.dice(class, id);
        Self {
            id,
            product: dice.below(super::PRODUCTS) + 1,
            customer: dice.below(super::CUSTOMERS) + 1,
            order: dice.below(super::ORDERS) + 1,
            dice,
        }
    }
}

impl World {
    /// Plausible value of a field of a base type.
    pub(super) fn named(&self, field: &str, base: KindBase, it: &mut Mentioned) -> Value {
        match base {
            KindBase::Int => Value::from(self.named_int(field, it)),
            KindBase::Float => match field {
                _ if field.contains("qty") || field.contains("quantity") => json!(it.dice.below(20) + 1),
                _ if field.contains("percent") || field.contains("rate") => json!(it.dice.below(20)),
                _ if field.contains("weight") => super::catalog::tenths(it.dice.below(50) + 1),
                _ => cents(it.dice.below(20_000) + 100),
            },
            KindBase::Bool => {
                Value::Bool(!field.contains("virtual") && !field.contains("deleted") && it.dice.below(4) > 0)
            }
            KindBase::Text => Value::String(self.named_text(field, it)),
            _ => Value::String(format!("{} {}", words(field), it.id)),
        }
    }

    fn named_int(&self, field: &str, it: &mut Mentioned) -> i64 {
        match field {
            "id" | "entity_id" | "item_id" => it.id,
            _ if field.starts_with("is_") || field.starts_with("use_") || field.ends_with("_flag") => {
                it.dice.below(2)
            }
            _ if field.ends_with("product_id") => it.product,
            _ if field.ends_with("customer_id") => it.customer,
            _ if field.ends_with("order_id") => it.order,
            _ if field.ends_with("category_id") => self.category_of(it.product),
            _ if field.ends_with("attribute_set_id") => 4,
            "store_id" | "website_id" | "group_id" | "store_group_id" | "stock_id" | "status" | "state"
            | "customer_group_id" => 1,
            _ if field.ends_with("region_id") => 57,
            _ if field.ends_with("_id") || field.ends_with("_number") => it.id,
            _ => it.dice.below(20) + 1,
        }
    }

    fn named_text(&self, field: &str, it: &mut Mentioned) -> String {
        let person = || self.customer_person(it.customer);
        let ends = |names: &[&str]| names.iter().any(|name| field.ends_with(name));
        if field == "sku" || ends(&["_sku"]) {
            return Self::sku(it.product);
        }
        if ends(&["increment_id"]) {
            return format!("{:09}", it.order);
        }
        if ends(&["_at", "_date", "_time", "date", "_from", "_to"]) {
            return moment_of(it.id);
        }
        if ends(&["email"]) {
            return person().email;
        }
        if ends(&["firstname", "first_name"]) {
            return person().first.to_owned();
        }
        if ends(&["lastname", "last_name"]) {
            return person().last.to_owned();
        }
        if ends(&["uuid"]) {
            return it.dice.uuid();
        }
        if ends(&["token", "secret", "hash", "masked_id", "signature"]) {
            return it.dice.hex(32);
        }
        if ends(&["url", "uri", "link"]) {
            return format!("{}/{}", self.base_url.trim_end_matches('/'), field.replace('_', "-"));
        }
        if field.contains("currency") {
            return "USD".to_owned();
        }
        if ends(&["_id"]) {
            return it.id.to_string();
        }
        match field {
            "country_id" | "country" | "country_code" => "US".to_owned(),
            "region" | "region_name" => person().region.to_owned(),
            "region_code" => person().region_code.to_owned(),
            "city" => person().city.to_owned(),
            "street" => person().street,
            "postcode" => person().postcode.to_owned(),
            "telephone" | "phone" | "fax" => person().telephone,
            "locale" => "en_US".to_owned(),
            "timezone" => "UTC".to_owned(),
            "status" => "enabled".to_owned(),
            "type" | "type_id" | "product_type" => "simple".to_owned(),
            "method" => "checkmo".to_owned(),
            "carrier_code" => "flatrate".to_owned(),
            "attribute_code" => "name".to_owned(),
            "source_code" => "default".to_owned(),
            _ if ends(&["name", "title", "label"]) && field.contains("product") => {
                self.product_name(it.product)
            }
            _ if ends(&["code", "identifier", "key"]) => format!("{}-{}", field.replace('_', "-"), it.id),
            _ => format!("{} {}", words(field), it.id),
        }
    }
}

/// `Label of it` for `label_of_it`.
fn words(field: &str) -> String {
    crate::names::capitalized(&field.replace('_', " "))
}
