//! Products of a category, and tier prices of a product: lists in the rows of products that have routes of their own.

use serde_json::{Value, json};

use super::{super::texts::no_such, prices::ALL_GROUPS, products::extend};
use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey},
    input::{text_of, to_float},
};

type Answer = Result<Value, ShopRefusal>;

impl ShopData {
    pub(in crate::mock::data) fn category_links(
        &self,
        asked: &ServiceCall<'_>,
        method: &str,
    ) -> Option<Answer> {
        let link = asked.arguments.get("productLink");
        let of = |name: &str, field: &str| match asked.arguments.get(name) {
            Value::Null => link.get(field).map(text_of).unwrap_or_default(),
            value => text_of(value),
        };
        let (category, sku) = (of("categoryId", "category_id"), of("sku", "sku"));
        Some(match method {
            "getAssignedProducts" => self.category(asked.arguments.get("categoryId")).map(|_| {
                let rows = self.rows(class::PRODUCT);
                let links = rows.iter().flat_map(|row| {
                    let found = links_of(row).into_iter().filter(|link| is_in(link, &category));
                    found.map(|link| json!({ "sku": row.get("sku"), "position": link.get("position"), "category_id": category }))
                });
                links.collect()
            }),
            "save" => {
                let known = self.category(&json!(category));
                known.and_then(|_| self.link(&sku, &category, Some(link.get("position").unwrap_or(&json!(0)))))
            }
            "delete" | "deleteByIds" => self.link(&sku, &category, None),
            _ => return None,
        })
    }

    /// Puts a product into a category; without a position, takes it out.
    fn link(&self, sku: &str, category: &str, position: Option<&Value>) -> Answer {
        let (key, mut row) = self.priced(sku).ok_or_else(|| self.no_product())?;
        let mut links = links_of(&Value::Object(row.clone()));
        let count = links.len();
        links.retain(|link| !is_in(link, category));
        match position {
            Some(position) => links.push(json!({ "position": position, "category_id": category })),
            None if links.len() == count => {
                let text = "The category doesn't contain the specified product.";
                return Err(ShopRefusal::exception(400, text));
            }
            None => {}
        }
        extend(&mut row, json!({ "category_links": links }));
        self.put(class::PRODUCT, &key, Value::Object(row));
        Ok(Value::Bool(true))
    }

    pub(in crate::mock::data) fn tiers(&self, asked: &ServiceCall<'_>, method: &str) -> Option<Answer> {
        let Some((key, mut row)) = self.priced(&text_of(asked.arguments.get("sku"))) else {
            return Some(Err(self.no_product()));
        };
        let group = text_of(asked.arguments.get("customerGroupId"));
        let id = if group == "all" { ALL_GROUPS } else { group.parse().unwrap_or(-1) };
        let mut tiers = row.get("tier_prices").and_then(Value::as_array).cloned().unwrap_or_default();
        let is_of_group = |tier: &Value| tier.get("customer_group_id").and_then(Value::as_i64) == Some(id);
        let quantity = asked.arguments.get("qty");
        let is_it =
            |tier: &Value| is_of_group(tier) && tier.get("qty").map(to_float) == Some(to_float(quantity));
        let refuse =
            |status, text: &str, parameters| Some(Err(ShopRefusal::localized(status, text, parameters)));
        match method {
            "getList" => {
                tiers.retain(|tier| is_of_group(tier));
                for tier in tiers.iter_mut().filter_map(Value::as_object_mut) {
                    tier.remove("extension_attributes");
                }
                return Some(Ok(Value::Array(tiers)));
            }
            "add" => {
                let price = asked.arguments.get("price");
                if to_float(price) <= 0.0 || to_float(quantity) <= 0.0 {
                    return refuse(400, "The data was invalid. Verify the data and try again.", Value::Null);
                }
                if group != "all" && self.row(class::GROUP, &RowKey::number(id)).is_none() {
                    return Some(Err(no_such("id", &json!(group))));
                }
                tiers.retain(|tier| !is_it(tier));
                tiers.push(json!({
                    "customer_group_id": id, "qty": quantity, "value": price, "extension_attributes": { "website_id": 0 },
                }));
            }
            "remove" => {
                let count = tiers.len();
                tiers.retain(|tier| !is_it(tier));
                if tiers.len() == count {
                    let text = "Product hasn't group price with such data: customerGroupId = '%1', website = %2, qty = %3";
                    return refuse(404, text, json!([group, 0, quantity]));
                }
            }
            _ => return None,
        }
        row.insert("tier_prices".to_owned(), Value::Array(tiers));
        self.put(class::PRODUCT, &key, Value::Object(row));
        Some(Ok(Value::Bool(true)))
    }
}

fn links_of(product: &Value) -> Vec<Value> {
    let links = product.pointer("/extension_attributes/category_links").and_then(Value::as_array);
    links.cloned().unwrap_or_default()
}

fn is_in(link: &Value, category: &str) -> bool {
    link.get("category_id").is_some_and(|it| text_of(it) == category)
}
