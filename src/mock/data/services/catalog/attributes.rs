//! Attributes and their options.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey, made::ShopAttribute},
    input::text_of,
};

impl ShopData {
    /// Options of an attribute of products.
    pub(in crate::mock::data) fn options(
        &self,
        asked: &ServiceCall<'_>,
        method: &str,
    ) -> Option<Result<Value, ShopRefusal>> {
        let code = text_of(asked.arguments.get("attributeCode"));
        let rows = self.rows(class::PRODUCT_ATTRIBUTE);
        let found = rows.iter().find(|row| row.get("attribute_code").is_some_and(|it| text_of(it) == code));
        let found =
            found.and_then(|row| Some((row.get("attribute_id").and_then(RowKey::of)?, Value::clone(row))));
        let Some((key, mut attribute)) = found else {
            return Some(Err(self.no_attribute(&code)));
        };
        if !attribute.get("options").is_some_and(Value::is_array) {
            attribute["options"] = json!([]);
        }
        let options = attribute.get_mut("options")?.as_array_mut()?;
        let value = |option: &Value| option.get("value").map(text_of).unwrap_or_default();
        let answer = match method {
            "getItems" => return Some(Ok(Value::Array(std::mem::take(options)))),
            "add" => {
                let mut option = asked.arguments.get("option").clone();
                let id = self.next_id("options").to_string();
                option["value"] = json!(id);
                options.push(option);
                if asked.method.returns == "bool" { json!(true) } else { json!(id) }
            }
            "delete" => {
                let id = text_of(asked.arguments.get("optionId"));
                let count = options.len();
                options.retain(|option| value(option) != id);
                if options.len() == count {
                    let text = "The \"%1\" attribute doesn't include an option with \"%2\" ID.";
                    return Some(Err(ShopRefusal::localized(404, text, json!([code, id]))));
                }
                json!(true)
            }
            _ => return None,
        };
        self.put(class::PRODUCT_ATTRIBUTE, &key, attribute);
        Some(Ok(answer))
    }

    /// Attributes of customers or of their addresses.
    pub(in crate::mock::data) fn customer_attributes(
        &self,
        asked: &ServiceCall<'_>,
        entity: &str,
    ) -> Option<Result<Value, ShopRefusal>> {
        let mut all = ShopAttribute::of(entity);
        Some(Ok(match asked.method.name.as_str() {
            "getAttributeMetadata" => {
                let code = text_of(asked.arguments.get("attributeCode"));
                let Some(attribute) = all.find(|it| it.code == code) else {
                    let text = "No such entity with %fieldName = %fieldValue, %field2Name = %field2Value";
                    let named = json!({
                        "fieldName": "entityType", "fieldValue": entity, "field2Name": "attributeCode",
                        "field2Value": code,
                    });
                    return Some(Err(ShopRefusal::localized(404, text, named)));
                };
                attribute.of_customer()
            }
            "getAllAttributesMetadata" | "getAttributes" => all.map(ShopAttribute::of_customer).collect(),
            "getCustomAttributesMetadata" => json!([]),
            _ => return None,
        }))
    }

    /// Codes of the attributes of products that were added to those of a new shop.
    pub(super) fn added_attributes(&self) -> HashSet<String> {
        let memory = self.memory();
        let rows = memory.rows(class::PRODUCT_ATTRIBUTE).filter_map(|(_, row)| row.as_ref());
        rows.filter_map(|row| row.get("attribute_code")?.as_str()).map(str::to_owned).collect()
    }
}
